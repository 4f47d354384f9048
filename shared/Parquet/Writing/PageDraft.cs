namespace Pipeline.Parquet.Writing;

/// <summary>A page as a column fills it: levels and values as they come. A <see cref="PageEncoder"/> makes bytes of the file of it.</summary>
internal sealed class PageDraft
{
    private Task? work;

    /// <summary>Repetition level of each entry, one byte each; empty for a column without lists.</summary>
    public ByteBuffer Repetition { get; } = new();

    /// <summary>Definition level of each entry, one byte each; empty for a column that is always there.</summary>
    public ByteBuffer Definition { get; } = new();

    /// <summary>Values in PLAIN form, or as 32-bit numbers of dictionary entries.</summary>
    public ByteBuffer Values { get; } = new();

    /// <summary>Number of values, nulls and empty lists.</summary>
    public int Entries { get; set; }

    /// <summary>How the values are to be stored.</summary>
    public ValueEncoding Encoding { get; set; }

    /// <summary>Bytes of one value, where values are split.</summary>
    public int ValueWidth { get; set; }

    /// <summary>Bits of a dictionary index.</summary>
    public int IndexWidth { get; set; }

    /// <summary>Bits of a definition level.</summary>
    public int DefinitionWidth { get; set; }

    /// <summary>Header and compressed page: what the encoder has made.</summary>
    public ByteBuffer Output { get; } = new();

    /// <summary>Bytes of header and page before compression.</summary>
    public int UncompressedSize { get; set; }

    /// <summary>Whether the encoder is done.</summary>
    public bool IsDone => work is null || work.IsCompleted;

    /// <summary>Has another thread do the encoding.</summary>
    public void Start(Action<PageDraft> encode) => work = Task.Run(() => encode(this));

    /// <summary>Waits until the encoder is done, and passes on what it threw.</summary>
    public void Wait() => work?.GetAwaiter().GetResult();

    /// <summary>Waits until the encoder is done, whatever came of it.</summary>
    public void WaitForEnd()
    {
        // On the task itself: a thread that waits for it then runs it where no other is free.
        try
        {
            work?.Wait();
        }
        catch (AggregateException)
        {
            // the page is thrown away anyway
        }
    }

    /// <summary>Makes an empty draft of it.</summary>
    public void Clear()
    {
        Repetition.Clear();
        Definition.Clear();
        Values.Clear();
        Output.Clear();
        Entries = 0;
        work = null;
    }
}
