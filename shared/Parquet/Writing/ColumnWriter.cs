using System.Buffers.Binary;
using Pipeline.Parquet.Codecs;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Metadata;
using Pipeline.Parquet.Writing;

namespace Pipeline.Parquet;

/// <summary>
/// Takes the values of one column, one row after the other. Every row needs exactly one call before
/// <see cref="ParquetWriter.EndRow"/>: a value, a list, or null.
/// </summary>
public abstract class ColumnWriter
{
    /// <summary>Entries after which a page is closed, however few bytes they take: a million nulls take ten.</summary>
    private const int MaxPageEntries = 1 << 20;

    /// <summary>A list of more pages than this is divided between pages.</summary>
    private const int PagesPerList = 16;

    private readonly ParquetWriterOptions options;
    private readonly bool isList;
    private readonly int maxDefinition;
    private readonly PageCompressor compressor;
    private readonly ThriftWriter header = new();
    private readonly ByteBuffer body = new();
    private readonly ByteBuffer repetitionBytes = new();
    private readonly ByteBuffer definitionBytes = new();
    private readonly RleEncoder repetition;
    private readonly RleEncoder definition;
    private readonly BlockBuffer pages;
    private readonly SortedSet<ValueEncoding> encodings = [];
    private int pageEntries;
    private long chunkEntries;
    private long chunkNulls;
    private long uncompressed;
    private long rows;
    private bool listIsOpen;

    private protected ColumnWriter(ParquetColumn column, ParquetWriterOptions options, PageCompressor compressor, BlockPool blocks)
    {
        Column = column;
        this.options = options;
        isList = column.IsList;
        maxDefinition = column.MaxDefinition;
        MaxPageBytes = (int)Math.Min((long)options.PageBytes * PagesPerList, 1 << 28);
        this.compressor = compressor;
        repetition = new RleEncoder(repetitionBytes, 1);
        definition = new RleEncoder(definitionBytes, LevelDecoder.BitWidth(column.MaxDefinition));
        pages = new BlockBuffer(blocks);
    }

    /// <summary>The column.</summary>
    public ParquetColumn Column { get; }

    /// <summary>Rows that the column has been given.</summary>
    internal long Rows => rows;

    private protected ParquetWriterOptions Options => options;

    /// <summary>Bytes of values after which a page is closed even within a list.</summary>
    private protected int MaxPageBytes { get; }

    /// <summary>Bytes of values that are in no page yet.</summary>
    private protected int PendingBytes { get; set; }

    /// <summary>A row without a value, or without a list.</summary>
    public void AppendNull()
    {
        if (!Column.IsOptional)
        {
            throw new InvalidOperationException($"column '{Column.Name}' is {Column.TypeName}: it cannot hold null");
        }

        BeginRow();
        AddEntry(0);
        chunkNulls++;
    }

    /// <summary>Writes the pages to the file and tells what they are.</summary>
    internal WrittenChunk Drain(Stream output, long offset)
    {
        if (pageEntries > 0)
        {
            FlushPage();
        }

        FinishChunk(out ReadOnlySpan<byte> dictionary, out int dictionaryCount, out ReadOnlyMemory<byte>? min, out ReadOnlyMemory<byte>? max);
        long dictionaryOffset = 0, start = offset;
        if (dictionaryCount > 0)
        {
            dictionaryOffset = offset;
            offset += WriteDictionary(output, dictionary, dictionaryCount);
        }

        if (maxDefinition > 0 || isList)
        {
            encodings.Add(ValueEncoding.Rle);
        }

        var chunk = new WrittenChunk(
            Column, [.. encodings], chunkEntries, uncompressed, offset - start + pages.Length, offset, dictionaryOffset,
            new ColumnStatistics(chunkNulls, null, min, max));
        pages.Drain(output);
        encodings.Clear();
        chunkEntries = chunkNulls = uncompressed = 0;
        return chunk;
    }

    /// <summary>Appends the page's values in their encoding.</summary>
    private protected abstract ValueEncoding EncodePage(ByteBuffer to);

    /// <summary>Gives the dictionary and the bounds of the chunk, and forgets them.</summary>
    private protected abstract void FinishChunk(
        out ReadOnlySpan<byte> dictionary, out int dictionaryCount, out ReadOnlyMemory<byte>? min, out ReadOnlyMemory<byte>? max);

    private protected void BeginScalar()
    {
        if (isList)
        {
            throw new InvalidOperationException($"column '{Column.Name}' is {Column.TypeName}: it takes lists");
        }

        BeginRow();
        AddEntry(maxDefinition);
    }

    /// <summary>Starts a row's list, empty until <see cref="AddElements"/>.</summary>
    private protected void BeginList(bool isEmpty)
    {
        if (!isList)
        {
            throw new InvalidOperationException($"column '{Column.Name}' is {Column.TypeName}: it takes no lists");
        }

        BeginRow();
        listIsOpen = false;
        if (isEmpty)
        {
            AddEntry(Column.ElementDefinition - 1);
            chunkNulls++;
        }
    }

    /// <summary>Adds entries of elements, all there or all null, to the list begun.</summary>
    private protected void AddElements(int count, bool areNull = false)
    {
        if (areNull && !Column.HasOptionalElements)
        {
            throw new InvalidOperationException($"column '{Column.Name}' is {Column.TypeName}: its lists cannot hold null");
        }

        if (count == 0)
        {
            return;
        }

        if (PendingBytes >= MaxPageBytes)
        {
            FlushPage();
        }

        repetition.Add(listIsOpen ? 1u : 0u);
        repetition.Add(1, count - 1);
        listIsOpen = true;
        definition.Add((uint)(areNull ? maxDefinition - 1 : maxDefinition), count);
        pageEntries += count;
        if (areNull)
        {
            chunkNulls += count;
        }
    }

    /// <summary>Closes the page: also within a long list.</summary>
    private void FlushPage()
    {
        body.Clear();
        PutLevels(isList, repetition, repetitionBytes);
        PutLevels(maxDefinition > 0, definition, definitionBytes);
        ValueEncoding encoding = EncodePage(body);
        PendingBytes = 0;
        encodings.Add(encoding);
        ReadOnlySpan<byte> compressed = compressor.Compress(body.Written);
        BeginHeader(PageType.Data, body.Length, compressed);
        int outer = header.BeginStruct(5);
        header.Int32(1, pageEntries);
        header.Int32(2, (int)encoding);
        header.Int32(3, (int)ValueEncoding.Rle);
        header.Int32(4, (int)ValueEncoding.Rle);
        header.EndStruct(outer);
        header.EndStruct(0);
        pages.Write(header.Written);
        pages.Write(compressed);
        uncompressed += header.Written.Length + body.Length;
        chunkEntries += pageEntries;
        pageEntries = 0;
    }

    private void BeginRow()
    {
        rows++;
        if (PendingBytes >= options.PageBytes || pageEntries >= MaxPageEntries)
        {
            FlushPage();
        }
    }

    private void AddEntry(int level)
    {
        if (isList)
        {
            repetition.Add(0);
        }

        if (maxDefinition > 0)
        {
            definition.Add((uint)level);
        }

        pageEntries++;
    }

    private void PutLevels(bool areThere, RleEncoder encoder, ByteBuffer bytes)
    {
        encoder.Finish();
        if (areThere)
        {
            BinaryPrimitives.WriteInt32LittleEndian(body.Room(4), bytes.Length);
            body.Put(bytes.Written);
        }

        bytes.Clear();
    }

    private int WriteDictionary(Stream output, ReadOnlySpan<byte> values, int count)
    {
        ReadOnlySpan<byte> compressed = compressor.Compress(values);
        BeginHeader(PageType.Dictionary, values.Length, compressed);
        int outer = header.BeginStruct(7);
        header.Int32(1, count);
        header.Int32(2, (int)ValueEncoding.Plain);
        header.EndStruct(outer);
        header.EndStruct(0);
        output.Write(header.Written);
        output.Write(compressed);
        uncompressed += header.Written.Length + values.Length;
        encodings.Add(ValueEncoding.Plain);
        return header.Written.Length + compressed.Length;
    }

    private void BeginHeader(PageType type, int uncompressedSize, ReadOnlySpan<byte> compressed)
    {
        header.Clear();
        header.Int32(1, (int)type);
        header.Int32(2, uncompressedSize);
        header.Int32(3, compressed.Length);
        if (options.Checksums)
        {
            header.Int32(4, (int)Crc32.Compute(compressed));
        }
    }
}
