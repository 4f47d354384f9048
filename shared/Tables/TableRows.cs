using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>Goes through a file's rows under a contract.</summary>
public static class TableRows
{
    /// <summary>A reader that stands on one row after the other; it is the same object for all rows.</summary>
    /// <remarks>The file's columns must have passed <see cref="TableContract.CompareColumns"/>.</remarks>
    public static IEnumerable<RowReader> Of(TableContract contract, string path, CancellationToken cancel = default)
    {
        using ParquetFile file = ParquetFile.Open(path);
        var present = contract.Columns.Where(c => file.Schema.Fields.Any(f => f.Name == c.Name)).ToList();
        using RowBatches batches = file.Read([.. present.Select(c => c.Name)]);
        var columns = new ColumnBatch?[contract.Columns.Count];
        for (int i = 0; i < columns.Length; i++)
        {
            int at = present.IndexOf(contract.Columns[i]);
            columns[i] = at < 0 ? null : batches[at];
        }

        var row = new RowReader(contract, columns, path);
        for (long first = 0; batches.Next(); first += batches.Count)
        {
            cancel.ThrowIfCancellationRequested();
            for (int i = 0; i < batches.Count; i++)
            {
                row.MoveTo(first, i);
                yield return row;
            }
        }
    }
}
