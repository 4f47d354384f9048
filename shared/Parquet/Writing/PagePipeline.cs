using System.Collections.Concurrent;

namespace Pipeline.Parquet.Writing;

/// <summary>
/// Encodes the pages of all columns, on other threads where they are worth it. What a page becomes depends on the page
/// alone and pages are taken in their order, so that the file does not depend on the number of threads.
/// </summary>
internal sealed class PagePipeline : IDisposable
{
    /// <summary>Waking another thread for fewer bytes takes longer than encoding them.</summary>
    private const int WorthAThread = 32 << 10;

    private readonly ParquetWriterOptions options;
    private readonly ConcurrentBag<PageEncoder> encoders = [];
    private readonly Stack<PageDraft> free = [];
    private readonly Queue<PageDraft> inWork = [];

    public PagePipeline(ParquetWriterOptions options)
    {
        this.options = options;
        encoders.Add(new PageEncoder(options)); // refuses options that cannot be
    }

    /// <summary>Memory for finished pages.</summary>
    public BlockPool Blocks { get; } = new();

    /// <summary>Bytes of values, before compression, that are in no row group of the file yet.</summary>
    public long BufferedBytes { get; set; }

    /// <summary>An empty draft.</summary>
    public PageDraft NewDraft() => free.TryPop(out PageDraft? draft) ? draft : new PageDraft();

    /// <summary>Has a page encoded, now or soon.</summary>
    public void Submit(PageDraft draft)
    {
        if (options.Threads == 1 || draft.Values.Length + draft.Definition.Length < WorthAThread)
        {
            Encode(draft);
            return;
        }

        // The oldest first: what waits here is what keeps memory, and the number of threads, in bounds.
        while (inWork.Count >= options.Threads)
        {
            inWork.Dequeue().Wait();
        }

        draft.Start(Encode);
        inWork.Enqueue(draft);
    }

    /// <summary>Takes a draft back whose output has been used.</summary>
    public void Recycle(PageDraft draft)
    {
        draft.Clear();
        free.Push(draft);
    }

    /// <inheritdoc cref="PageEncoder.WriteDictionary"/>
    public (int Size, int UncompressedSize) WriteDictionary(Stream output, ReadOnlySpan<byte> values, int count)
    {
        PageEncoder encoder = TakeEncoder();
        (int Size, int UncompressedSize) sizes = encoder.WriteDictionary(output, values, count);
        encoders.Add(encoder);
        return sizes;
    }

    public void Dispose()
    {
        while (inWork.TryDequeue(out PageDraft? draft))
        {
            draft.WaitForEnd();
        }

        foreach (PageEncoder encoder in encoders)
        {
            encoder.Dispose();
        }
    }

    private void Encode(PageDraft draft)
    {
        PageEncoder encoder = TakeEncoder();
        encoder.Encode(draft);
        encoders.Add(encoder);
    }

    private PageEncoder TakeEncoder() => encoders.TryTake(out PageEncoder? encoder) ? encoder : new PageEncoder(options);
}
