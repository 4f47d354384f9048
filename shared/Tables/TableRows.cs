using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>Goes through a file's rows under a contract.</summary>
public static class TableRows
{
    /// <summary>A reader that stands on one row after the other; it is the same object for all rows.</summary>
    /// <remarks>The file's columns must have passed <see cref="TableContract.CompareColumns"/>.</remarks>
    public static IEnumerable<RowReader> Of(TableContract contract, string path, CancellationToken cancel = default) => Of(contract, path, 0, null, cancel);

    /// <summary>The same from a row on; row groups that end before it are not read.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="path">The file.</param>
    /// <param name="start">The first row.</param>
    /// <param name="optional">Of the columns that may be missing, those to read: the others are as if they were; null for all.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static IEnumerable<RowReader> Of(TableContract contract, string path, long start, IReadOnlyCollection<string>? optional, CancellationToken cancel)
    {
        using ParquetFile file = ParquetFile.Open(path);
        (int group, long first) = (0, 0);
        while (group < file.Metadata.RowGroups.Count && first + file.Metadata.RowGroups[group].RowCount <= start)
        {
            first += file.Metadata.RowGroups[group++].RowCount;
        }

        var present = contract.Columns
            .Where(c => !c.IsOptional || optional is null || optional.Contains(c.Name))
            .Where(c => file.Schema.Fields.Any(f => f.Name == c.Name)).ToList();
        using RowBatches batches = file.Read([.. present.Select(c => c.Name)], group..);
        var columns = new ColumnBatch?[contract.Columns.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            int at = present.IndexOf(contract.Columns[i]);
            columns[i] = at < 0 ? null : batches[at];
        }

        var row = new RowReader(contract, columns, path);
        for (; batches.Next(); first += batches.Count)
        {
            cancel.ThrowIfCancellationRequested();
            for (int i = (int)Math.Clamp(start - first, 0, batches.Count); i < batches.Count; i++)
            {
                row.MoveTo(first, i);
                yield return row;
            }
        }
    }
}
