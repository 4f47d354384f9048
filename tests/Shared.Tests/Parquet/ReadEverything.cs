using Pipeline.Parquet;

namespace Pipeline.Tests.Parquet;

/// <summary>Reads all that a file holds, in every way: what may be thrown is a <see cref="ParquetException"/>.</summary>
internal static class ReadEverything
{
    /// <summary>A few bytes may well stand for a great many rows, which are then all there: no more than so many are asked for.</summary>
    private const int MostRows = 100_000;

    /// <summary>The faults found: one for opening or the records, and one for each column.</summary>
    public static List<ParquetException> Of(string path)
    {
        var faults = new List<ParquetException>();
        ParquetFile? file = Try(faults, () => ParquetFile.Open(path));
        if (file is null)
        {
            return faults;
        }

        using (file)
        {
            Describe(file);
            Try(faults, () => file.ReadRecords().Take(MostRows).Count());
            foreach (ColumnDescriptor column in file.Schema.Columns)
            {
                Try(faults, () => Batches(file, column));
            }
        }

        return faults;
    }

    private static int Batches(ParquetFile file, ColumnDescriptor column)
    {
        using RowBatches batches = file.Read(column.Path);
        int rows = 0;
        while (rows < MostRows && batches.Next())
        {
            rows += batches.Count;
            ColumnBatch batch = batches[0];
            for (int slot = 0; slot < batch.Slots; slot++)
            {
                bool isNull = batch.IsList ? batch.IsNullElement(slot) : batch.IsNull(slot);
                if (!isNull && batch.GetValue(slot) is not byte[] and { } value)
                {
                    _ = value.ToString();
                }
            }
        }

        return rows;
    }

    private static void Describe(ParquetFile file)
    {
        foreach (SchemaNode field in file.Schema.Fields)
        {
            _ = field.TypeName;
        }

        _ = file.Metadata["key"];
    }

    private static T? Try<T>(List<ParquetException> faults, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ParquetException e)
        {
            faults.Add(e);
            return default;
        }
    }
}
