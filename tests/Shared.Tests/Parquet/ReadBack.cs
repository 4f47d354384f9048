using Pipeline.Parquet;

namespace Pipeline.Tests.Parquet;

/// <summary>A file's rows as objects, by the two ways in which they can be read.</summary>
internal static class ReadBack
{
    public static List<object?[]> Records(ParquetFile file) => [.. file.ReadRecords()];

    /// <summary>Rows out of batches, <paramref name="size"/> of them at most; it is asked before each.</summary>
    public static List<object?[]> Batches(ParquetFile file, Func<int> size, params IReadOnlyList<string> columns)
    {
        var rows = new List<object?[]>();
        using RowBatches batches = file.Read(columns);
        while (true)
        {
            int most = size();
            if (!batches.Next(most))
            {
                return rows;
            }

            if (batches.Count < 1 || (most > 0 && batches.Count > most))
            {
                throw new InvalidOperationException($"a batch of {batches.Count} rows, {most} were asked for");
            }

            for (int i = 0; i < batches.Count; i++)
            {
                rows.Add([.. Enumerable.Range(0, columns.Count).Select(c => Cell(batches[c], i))]);
            }
        }
    }

    private static object? Cell(ColumnBatch batch, int row)
    {
        if (batch.IsNull(row))
        {
            return batch.IsList && batch.Offsets[row] != batch.Offsets[row + 1]
                ? throw new InvalidOperationException("a list is null and has elements")
                : null;
        }

        if (!batch.IsList)
        {
            return batch.GetValue(row);
        }

        var list = new object?[batch.Offsets[row + 1] - batch.Offsets[row]];
        for (int i = 0; i < list.Length; i++)
        {
            int slot = batch.Offsets[row] + i;
            list[i] = batch.IsNullElement(slot) ? null : batch.GetValue(slot);
        }

        return list;
    }
}
