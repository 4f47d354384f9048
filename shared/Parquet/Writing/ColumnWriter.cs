using Pipeline.Parquet.Encodings;
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

    /// <summary>The largest page that may be asked for: within it, everything is counted with 32 bits.</summary>
    internal const int LargestPage = 1 << 28;

    private readonly PagePipeline pipeline;
    private readonly bool isList;
    private readonly int maxDefinition;
    private readonly int definitionWidth;
    private readonly Queue<PageDraft> inWork = [];     // closed pages that may not be encoded yet, in order
    private readonly BlockBuffer pages;                // pages that are
    private readonly SortedSet<ValueEncoding> encodings = [];
    private long chunkEntries;
    private long chunkNulls;
    private long uncompressed;
    private bool listIsOpen;
    private int pendingBytes;

    private protected ColumnWriter(ParquetColumn column, ParquetWriterOptions options, PagePipeline pipeline)
    {
        Column = column;
        Options = options;
        this.pipeline = pipeline;
        isList = column.IsList;
        maxDefinition = column.MaxDefinition;
        definitionWidth = LevelDecoder.BitWidth(maxDefinition);
        MaxPageBytes = (int)Math.Min((long)options.PageBytes * PagesPerList, LargestPage);
        Draft = pipeline.NewDraft();
        pages = new BlockBuffer(pipeline.Blocks);
    }

    /// <summary>The column.</summary>
    public ParquetColumn Column { get; }

    /// <summary>Rows that the column has been given.</summary>
    internal long Rows { get; private set; }

    private protected ParquetWriterOptions Options { get; }

    /// <summary>The page that is being filled.</summary>
    private protected PageDraft Draft { get; private set; }

    /// <summary>Bytes of values after which a page is closed even within a list.</summary>
    private protected int MaxPageBytes { get; }

    /// <summary>Entries after which a page is closed even within a list.</summary>
    private protected static int MaxEntriesInList => MaxPageEntries * PagesPerList;

    /// <summary>Bytes that the values of the page will take, about.</summary>
    private protected int PendingBytes
    {
        get => pendingBytes;
        set
        {
            pipeline.BufferedBytes += value - pendingBytes;
            pendingBytes = value;
        }
    }

    /// <summary>Whether the page has to be closed before the next value, however small it is.</summary>
    private protected bool PageIsFull { get; set; }

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

    /// <summary>Closes the last page of a row group, so that the pages of all columns are encoded side by side.</summary>
    internal void FinishPages()
    {
        if (Draft.Entries > 0)
        {
            ClosePage();
        }
    }

    /// <summary>Writes the pages to the file and tells what they are.</summary>
    internal WrittenChunk Drain(Stream output, long offset)
    {
        Collect(waits: true);
        FinishChunk(out ReadOnlySpan<byte> dictionary, out int dictionaryCount, out ReadOnlyMemory<byte>? min, out ReadOnlyMemory<byte>? max);
        long dictionaryOffset = 0, start = offset;
        if (dictionaryCount > 0)
        {
            (int size, int uncompressedSize) = pipeline.WriteDictionary(output, dictionary, dictionaryCount);
            dictionaryOffset = offset;
            offset += size;
            uncompressed += uncompressedSize;
            encodings.Add(ValueEncoding.Plain);
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

    /// <summary>Says how the draft's values are to be stored, and forgets that they are there.</summary>
    private protected abstract void CloseValues(PageDraft draft);

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

    /// <summary>Refuses nulls in a list that cannot hold them, before the row has begun.</summary>
    private protected void CheckElements(bool holdNull)
    {
        if (holdNull && !Column.HasOptionalElements)
        {
            throw new InvalidOperationException($"column '{Column.Name}' is {Column.TypeName}: its lists cannot hold null");
        }
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
        if (count == 0)
        {
            return;
        }

        if (PageIsFull || pendingBytes >= MaxPageBytes || Draft.Entries >= MaxEntriesInList)
        {
            ClosePage();
        }

        Span<byte> repetition = Draft.Repetition.Room(count);
        repetition.Fill(1);
        repetition[0] = (byte)(listIsOpen ? 1 : 0);
        listIsOpen = true;
        Draft.Definition.Room(count).Fill((byte)(areNull ? maxDefinition - 1 : maxDefinition));
        Draft.Entries += count;
        chunkNulls += areNull ? count : 0;
    }

    private void BeginRow()
    {
        Rows++;
        if (PageIsFull || pendingBytes >= Options.PageBytes || Draft.Entries >= MaxPageEntries)
        {
            ClosePage();
        }
    }

    private void AddEntry(int level)
    {
        PageDraft draft = Draft;
        if (isList)
        {
            draft.Repetition.Put((byte)0);
        }

        if (maxDefinition > 0)
        {
            draft.Definition.Put((byte)level);
        }

        draft.Entries++;
    }

    /// <summary>Closes the page: also within a long list.</summary>
    private void ClosePage()
    {
        PageDraft page = Draft;
        CloseValues(page);
        page.DefinitionWidth = definitionWidth;
        encodings.Add(page.Encoding);
        chunkEntries += page.Entries;
        pendingBytes = 0; // what they took stays counted until the row group is written
        PageIsFull = false;
        pipeline.Submit(page);
        inWork.Enqueue(page);
        Collect(waits: false);
        Draft = pipeline.NewDraft();
    }

    /// <summary>Takes over the pages that are encoded, in order; with <paramref name="waits"/> all of them.</summary>
    private void Collect(bool waits)
    {
        while (inWork.TryPeek(out PageDraft? page) && (waits || page.IsDone))
        {
            page.Wait();
            pages.Write(page.Output.Written);
            uncompressed += page.UncompressedSize;
            pipeline.Recycle(inWork.Dequeue());
        }
    }
}
