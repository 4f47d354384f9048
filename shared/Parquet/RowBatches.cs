using Pipeline.Parquet.Reading;

namespace Pipeline.Parquet;

/// <summary>
/// Reads some columns of a file, a batch of rows at a time. Batches do not cross row groups; the buffers are reused.
/// </summary>
public sealed class RowBatches : IDisposable
{
    /// <summary>Values of a batch where the caller does not say how many rows it wants: enough to amortise a call, few enough for a cache.</summary>
    private const long TargetBytes = 1 << 20;

    /// <summary>A batch of more rows gains nothing, and room for rows is made on the word of the footer.</summary>
    private const int MaxRows = 1 << 20;

    private readonly ParquetFile file;
    private readonly ColumnReader[] readers;
    private readonly int firstGroup;
    private readonly int endGroup;
    private int group;    // whose rows are read; one before the first at the start
    private long left;

    internal RowBatches(ParquetFile file, FileSource source, ColumnDescriptor[] columns, Range rowGroups)
    {
        this.file = file;
        (firstGroup, int count) = rowGroups.GetOffsetAndLength(file.Metadata.RowGroups.Count);
        endGroup = firstGroup + count;
        group = firstGroup - 1;
        readers = Array.ConvertAll(columns, c => ColumnReader.Create(source, c));
    }

    /// <summary>Number of rows in the current batch.</summary>
    public int Count { get; private set; }

    /// <summary>The batches, in the order in which the columns were asked for.</summary>
    public ColumnBatch this[int column] => readers[column].Batch;

    /// <summary>The batch of a column of fixed-size values. The object stays the same for all batches.</summary>
    /// <typeparam name="T">bool, int, long, float, double or <see cref="Int96"/>, as the column is stored.</typeparam>
    /// <exception cref="ParquetException">The column holds another type.</exception>
    public ColumnBatch<T> Column<T>(string column) where T : unmanaged =>
        Reader(column).Batch as ColumnBatch<T>
        ?? throw new ParquetException($"it holds {Reader(column).Column.Type}, {typeof(T).Name} was expected", file.Path, column);

    /// <summary>The batch of a column of byte arrays or text. The object stays the same for all batches.</summary>
    /// <exception cref="ParquetException">The column holds another type.</exception>
    public ByteColumnBatch Bytes(string column) =>
        Reader(column).Batch as ByteColumnBatch
        ?? throw new ParquetException($"it holds {Reader(column).Column.Type}, bytes or text were expected", file.Path, column);

    /// <summary>Reads the next rows; false after the last.</summary>
    /// <param name="maxRows">How many at most, and never more than a million; 0 leaves it to the size of a row.</param>
    /// <exception cref="ParquetException">The file is damaged.</exception>
    public bool Next(int maxRows = 0)
    {
        while (left == 0)
        {
            FinishGroup();
            if (++group >= endGroup)
            {
                group = endGroup;
                Count = 0;
                return false;
            }

            StartGroup();
        }

        int rows = (int)Math.Min(left, maxRows > 0 ? Math.Min(maxRows, MaxRows) : FittingRows());
        foreach (ColumnReader reader in readers)
        {
            Guard(reader, rows, static (r, n) => r.ReadRows(n));
        }

        left -= rows;
        Count = rows;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ColumnReader reader in readers)
        {
            reader.Dispose();
        }
    }

    private ColumnReader Reader(string column)
    {
        ColumnDescriptor? found = file.Schema.Find(column);
        return Array.Find(readers, r => r.Column == found)
            ?? throw new ArgumentException($"column '{column}' was not asked for", nameof(column));
    }

    private void StartGroup()
    {
        RowGroupMetadata metadata = file.Metadata.RowGroups[group];
        left = metadata.RowCount;
        if (left == 0)
        {
            return;
        }

        foreach (ColumnReader reader in readers)
        {
            Guard(reader, metadata, static (r, m) => r.Start(m.Columns[r.Column.Index]));
        }
    }

    private void FinishGroup()
    {
        if (group < firstGroup || group >= endGroup || file.Metadata.RowGroups[group].RowCount == 0)
        {
            return;
        }

        foreach (ColumnReader reader in readers)
        {
            Guard(reader, 0, static (r, _) => r.ExpectEnd());
        }
    }

    private long FittingRows()
    {
        RowGroupMetadata metadata = file.Metadata.RowGroups[group];
        long bytes = 0;
        foreach (ColumnReader reader in readers)
        {
            bytes += Math.Max(0, metadata.Columns[reader.Column.Index].UncompressedSize);
        }

        return Math.Clamp(TargetBytes / Math.Max(1, bytes / metadata.RowCount), 1, 8192);
    }

    private void Guard<TState>(ColumnReader reader, TState state, Action<ColumnReader, TState> action)
    {
        try
        {
            action(reader, state);
        }
        catch (ParquetException e)
        {
            throw e.At(file.Path, reader.Column.Path);
        }
    }
}
