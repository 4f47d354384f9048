using System.Buffers.Binary;
using Pipeline.Parquet.Codecs;
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
    private readonly PageCompressor compressor;
    private readonly ColumnWriter[] columns;
    private readonly List<(WrittenChunk[] Chunks, long Rows)> groups = [];
    private readonly List<KeyValuePair<string, string>> keyValues = [];
    private long position;
    private long groupRows;
    private bool isFinished;

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
        compressor = new PageCompressor(this.options.Codec, this.options.Level);
        var blocks = new Stack<byte[]>();
        this.columns = [.. columns.Select(c => Create(c, this.options, compressor, blocks))];
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

        RowCount++;
        groupRows++;
        long buffered = 0;
        foreach (ColumnWriter column in columns)
        {
            if (column.Rows != RowCount)
            {
                throw new InvalidOperationException(
                    $"column '{column.Column.Name}' has been given {column.Rows} values for {RowCount} rows");
            }

            buffered += column.BufferedBytes;
        }

        if (buffered >= options.RowGroupBytes || groupRows >= options.RowGroupRows)
        {
            FlushGroup();
        }
    }

    /// <summary>Leaves text for readers in the footer; a key set again gets the new text.</summary>
    public void SetKeyValue(string key, string value)
    {
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

        FlushGroup();
        var footer = new ThriftWriter();
        WriteFooter(footer);
        Put(footer.Written);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Written.Length);
        Put(length);
        Put(Magic);
        output.Flush();
        isFinished = true;
    }

    /// <inheritdoc/>
    public void Dispose() => compressor.Dispose();

    private static ColumnWriter Create(ParquetColumn column, ParquetWriterOptions options, PageCompressor compressor, Stack<byte[]> blocks) =>
        column.Type switch
        {
            ColumnType.Bool => new ColumnWriter<bool>(column, options, compressor, blocks),
            ColumnType.Int32 => new ColumnWriter<int>(column, options, compressor, blocks),
            ColumnType.Int64 => new ColumnWriter<long>(column, options, compressor, blocks),
            ColumnType.Float => new ColumnWriter<float>(column, options, compressor, blocks),
            ColumnType.Double => new ColumnWriter<double>(column, options, compressor, blocks),
            _ => new ByteColumnWriter(column, options, compressor, blocks),
        };

    private ColumnWriter Find(string name) =>
        Array.Find(columns, c => c.Column.Name == name) ?? throw new ArgumentException($"there is no column '{name}'", nameof(name));

    private void FlushGroup()
    {
        if (groupRows == 0)
        {
            return;
        }

        var chunks = new WrittenChunk[columns.Length];
        for (int i = 0; i < chunks.Length; i++)
        {
            chunks[i] = columns[i].Drain(output, position);
            position += chunks[i].CompressedSize;
        }

        groups.Add((chunks, groupRows));
        groupRows = 0;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        output.Write(bytes);
        position += bytes.Length;
    }

    private void WriteFooter(ThriftWriter footer)
    {
        footer.Int32(1, 1); // format version
        footer.BeginList(2, ThriftType.Struct, 1 + columns.Sum(c => c.Column.IsList ? 3 : 1));
        WriteSchemaRoot(footer);
        foreach (ColumnWriter column in columns)
        {
            WriteSchema(footer, column.Column);
        }

        footer.Int64(3, RowCount);
        footer.BeginList(4, ThriftType.Struct, groups.Count);
        for (int i = 0; i < groups.Count; i++)
        {
            WriteGroup(footer, groups[i].Chunks, groups[i].Rows, i);
        }

        if (keyValues.Count > 0)
        {
            footer.BeginList(5, ThriftType.Struct, keyValues.Count);
            foreach ((string key, string value) in keyValues)
            {
                int outer = footer.BeginElement();
                footer.Text(1, key);
                footer.Text(2, value);
                footer.EndStruct(outer);
            }
        }

        footer.Text(6, options.CreatedBy);

        // Column orders: bounds compare by the order that the type defines.
        footer.BeginList(7, ThriftType.Struct, columns.Length);
        foreach (ColumnWriter _ in columns)
        {
            int outer = footer.BeginElement();
            footer.Case(1);
            footer.EndStruct(outer);
        }

        footer.EndStruct(0);
    }

    private void WriteSchemaRoot(ThriftWriter footer)
    {
        int outer = footer.BeginElement();
        footer.Text(4, "schema");
        footer.Int32(5, columns.Length);
        footer.EndStruct(outer);
    }

    private static void WriteSchema(ThriftWriter footer, ParquetColumn column)
    {
        Repetition outermost = column.IsOptional ? Repetition.Optional : Repetition.Required;
        if (!column.IsList)
        {
            WriteLeaf(footer, column, column.Name, outermost);
            return;
        }

        int outer = footer.BeginElement();
        footer.Int32(3, (int)outermost);
        footer.Text(4, column.Name);
        footer.Int32(5, 1);
        footer.Int32(6, 3); // converted type LIST
        int logical = footer.BeginStruct(10);
        footer.Case(3);     // logical type LIST
        footer.EndStruct(logical);
        footer.EndStruct(outer);

        outer = footer.BeginElement();
        footer.Int32(3, (int)Repetition.Repeated);
        footer.Text(4, "list");
        footer.Int32(5, 1);
        footer.EndStruct(outer);

        WriteLeaf(footer, column, "element", column.HasOptionalElements ? Repetition.Optional : Repetition.Required);
    }

    private static void WriteLeaf(ThriftWriter footer, ParquetColumn column, string name, Repetition repetition)
    {
        int outer = footer.BeginElement();
        footer.Int32(1, (int)column.PhysicalType);
        footer.Int32(3, (int)repetition);
        footer.Text(4, name);
        if (column.Type == ColumnType.String)
        {
            footer.Int32(6, 0); // converted type UTF8
            int logical = footer.BeginStruct(10);
            footer.Case(1);     // logical type STRING
            footer.EndStruct(logical);
        }

        footer.EndStruct(outer);
    }

    private void WriteGroup(ThriftWriter footer, WrittenChunk[] chunks, long rows, int ordinal)
    {
        int outer = footer.BeginElement();
        footer.BeginList(1, ThriftType.Struct, chunks.Length);
        foreach (WrittenChunk chunk in chunks)
        {
            WriteChunk(footer, chunk);
        }

        footer.Int64(2, chunks.Sum(c => c.UncompressedSize));
        footer.Int64(3, rows);
        footer.Int64(5, FirstOffset(chunks[0]));
        footer.Int64(6, chunks.Sum(c => c.CompressedSize));
        if (ordinal <= short.MaxValue)
        {
            footer.Int16(7, (short)ordinal);
        }

        footer.EndStruct(outer);
    }

    private void WriteChunk(ThriftWriter footer, WrittenChunk chunk)
    {
        ParquetColumn column = chunk.Column;
        int outer = footer.BeginElement();
        footer.Int64(2, 0); // file_offset: deprecated, 0 as the format asks
        int metadata = footer.BeginStruct(3);
        footer.Int32(1, (int)column.PhysicalType);
        footer.BeginList(2, ThriftType.I32, chunk.Encodings.Count);
        foreach (ValueEncoding encoding in chunk.Encodings)
        {
            footer.Element((int)encoding);
        }

        footer.BeginList(3, ThriftType.Binary, column.IsList ? 3 : 1);
        footer.Element(System.Text.Encoding.UTF8.GetBytes(column.Name));
        if (column.IsList)
        {
            footer.Element("list"u8);
            footer.Element("element"u8);
        }

        footer.Int32(4, (int)options.Codec);
        footer.Int64(5, chunk.ValueCount);
        footer.Int64(6, chunk.UncompressedSize);
        footer.Int64(7, chunk.CompressedSize);
        footer.Int64(9, chunk.DataPageOffset);
        if (chunk.DictionaryPageOffset > 0)
        {
            footer.Int64(11, chunk.DictionaryPageOffset);
        }

        int statistics = footer.BeginStruct(12);
        footer.Int64(3, chunk.Statistics.NullCount ?? 0);
        if (chunk.Statistics.Max is { } max && chunk.Statistics.Min is { } min)
        {
            footer.Binary(5, max.Span);
            footer.Binary(6, min.Span);
            footer.Boolean(7, true); // both bounds are values that occur
            footer.Boolean(8, true);
        }

        footer.EndStruct(statistics);
        footer.EndStruct(metadata);
        footer.EndStruct(outer);
    }

    private static long FirstOffset(WrittenChunk chunk) =>
        chunk.DictionaryPageOffset > 0 ? chunk.DictionaryPageOffset : chunk.DataPageOffset;
}
