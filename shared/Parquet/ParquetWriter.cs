using System.Buffers.Binary;
using Pipeline.Parquet.Metadata;
using Pipeline.Parquet.Writing;

namespace Pipeline.Parquet;

/// <summary>
/// Writes a Parquet file to a stream, row by row. Memory is bounded by one row group; the same rows and options give
/// the same bytes. A file is complete only after <see cref="Finish"/>: disposing alone leaves it without a footer.
/// </summary>
/// <example>
/// <code>
/// using var writer = new ParquetWriter(stream, [new("genre", ColumnType.String), new("values", ColumnType.Float, IsList: true)]);
/// ByteColumnWriter genre = writer.Bytes("genre");
/// ColumnWriter&lt;float&gt; values = writer.Column&lt;float&gt;("values");
/// foreach (var row in rows)
/// {
///     genre.Append(row.Genre);
///     values.AppendList(row.Values);
///     writer.EndRow();
/// }
/// writer.Finish();
/// </code>
/// </example>
public sealed class ParquetWriter : IDisposable
{
    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    private readonly Stream output;
    private readonly ParquetWriterOptions options;
    private readonly PagePipeline pipeline;
    private readonly ColumnWriter[] columns;
    private readonly List<WrittenGroup> groups = [];
    private readonly List<KeyValuePair<string, string>> keyValues = [];
    private long position;
    private long groupRows;
    private bool isFinished;
    private bool isDisposed;
    private bool isBroken; // a write has failed, or is under way: what is in the file is not known

    /// <summary>Starts a file. The stream is not disposed.</summary>
    /// <exception cref="ArgumentException">There are no columns, or two of one name.</exception>
    public ParquetWriter(Stream output, IReadOnlyList<ParquetColumn> columns, ParquetWriterOptions? options = null)
    {
        if (columns.Count == 0)
        {
            throw new ArgumentException("a table needs at least one column", nameof(columns));
        }

        if (columns.GroupBy(c => c.Name).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"two columns are named '{twice.Key}'", nameof(columns));
        }

        this.output = output;
        this.options = options ?? new ParquetWriterOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.PageBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.options.PageBytes, ColumnWriter.LargestPage);
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.RowGroupBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.RowGroupRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.Threads, 1);
        pipeline = new PagePipeline(this.options);
        this.columns = [.. columns.Select(c => Create(c, this.options, pipeline))];
        Put(Magic);
    }

    /// <summary>Rows written so far.</summary>
    public long RowCount { get; private set; }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<ColumnWriter> Columns => columns;

    /// <summary>The writer of a column of bool, int, long, float or double.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it has another type.</exception>
    public ColumnWriter<T> Column<T>(string name) where T : unmanaged =>
        Find(name) as ColumnWriter<T> ?? throw new ArgumentException($"column '{name}' is {Find(name).Column.TypeName}, not {typeof(T).Name}", nameof(name));

    /// <summary>The writer of a column of text or bytes.</summary>
    /// <exception cref="ArgumentException">There is no such column, or it has another type.</exception>
    public ByteColumnWriter Bytes(string name) =>
        Find(name) as ByteColumnWriter ?? throw new ArgumentException($"column '{name}' is {Find(name).Column.TypeName}, not text or bytes", nameof(name));

    /// <summary>Ends a row: every column has been given its value.</summary>
    /// <exception cref="InvalidOperationException">A column has got no value for the row, or more than one; or the file is finished.</exception>
    public void EndRow()
    {
        if (isFinished)
        {
            throw new InvalidOperationException("the file is finished: it takes no more rows");
        }

        CheckUsable();
        foreach (ColumnWriter column in columns)
        {
            if (column.Rows != RowCount + 1)
            {
                throw new InvalidOperationException(
                    $"column '{column.Column.Name}' has been given {column.Rows} values for {RowCount + 1} rows");
            }
        }

        RowCount++;
        groupRows++;

        if (pipeline.BufferedBytes >= options.RowGroupBytes || groupRows >= options.RowGroupRows)
        {
            FlushGroup();
        }
    }

    /// <summary>Leaves text for readers in the footer; a key set again gets the new text.</summary>
    public void SetKeyValue(string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        if (isFinished)
        {
            throw new InvalidOperationException("the file is finished: its footer is written");
        }

        keyValues.RemoveAll(kv => kv.Key == key);
        keyValues.Add(new(key, value));
    }

    /// <summary>Writes what is pending and the footer.</summary>
    public void Finish()
    {
        if (isFinished)
        {
            return;
        }

        if (columns.FirstOrDefault(c => c.Rows != RowCount) is { } open)
        {
            throw new InvalidOperationException($"column '{open.Column.Name}' has been given a value for a row that was not ended");
        }

        CheckUsable();
        FlushGroup();
        isBroken = true;
        ReadOnlySpan<byte> footer = new FooterWriter(options, [.. columns.Select(c => c.Column)]).Write(RowCount, groups, keyValues);
        Put(footer);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        Put(length);
        Put(Magic);
        output.Flush();
        isBroken = false;
        isFinished = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        isDisposed = true;
        pipeline.Dispose();
    }

    // After a failed write nobody knows what stands in the file: finishing it would give it a footer that lies.
    private void CheckUsable()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (isBroken)
        {
            throw new InvalidOperationException("an earlier write has failed: the file cannot be completed");
        }
    }

    private static ColumnWriter Create(ParquetColumn column, ParquetWriterOptions options, PagePipeline pipeline) =>
        column.Type switch
        {
            ColumnType.Bool => new ColumnWriter<bool>(column, options, pipeline),
            ColumnType.Int32 => new ColumnWriter<int>(column, options, pipeline),
            ColumnType.Int64 => new ColumnWriter<long>(column, options, pipeline),
            ColumnType.Float => new ColumnWriter<float>(column, options, pipeline),
            ColumnType.Double => new ColumnWriter<double>(column, options, pipeline),
            _ => new ByteColumnWriter(column, options, pipeline),
        };

    private ColumnWriter Find(string name) =>
        Array.Find(columns, c => c.Column.Name == name) ?? throw new ArgumentException($"there is no column '{name}'", nameof(name));

    private void FlushGroup()
    {
        if (groupRows == 0)
        {
            return;
        }

        isBroken = true;
        foreach (ColumnWriter column in columns)
        {
            column.FinishPages();
        }

        var chunks = new WrittenChunk[columns.Length];
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = columns[i].Drain(output, position);
            position += chunks[i].CompressedSize;
        }

        pipeline.BufferedBytes = 0;
        groups.Add(new WrittenGroup(chunks, groupRows));
        groupRows = 0;
        isBroken = false;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        position += bytes.Length;
    }
}
