using System.Runtime.InteropServices;
using System.Text.Unicode;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Writing;

namespace Pipeline.Parquet;

/// <summary>Takes the values of a column of text or bytes. Repetitive values are stored once, in a dictionary for each row group.</summary>
public sealed class ByteColumnWriter : ColumnWriter
{
    private const int MaxDictionaryBytes = 1 << 20;
    private const int MaxIndicesPerPage = 1 << 17;
    private const int RecentTexts = 64;
    private const int MaxRecentLength = 64;

    /// <summary>Longer bounds are left out: they would make the footer, which everybody reads, larger than they are worth.</summary>
    private const int MaxBoundBytes = 1024;

    private readonly ByteBuffer text = new();
    private readonly BytePool dictionary = new();
    private readonly RecentText[] recent = new RecentText[RecentTexts]; // that have a number, each where Place puts it
    private bool usesDictionary;                        // the page's values are numbers of entries, not the values themselves
    private int indices;                                // of the page
    private int lastIndex;
    private bool hasDictionaryPage;
    private long plainBytes;                            // that the chunk's values would take without a dictionary
    private long indexBytes;                            // that they take with it, at most
    private readonly ByteBuffer min = new();
    private readonly ByteBuffer max = new();
    private bool hasBounds;

    internal ByteColumnWriter(ParquetColumn column, ParquetWriterOptions options, PagePipeline pipeline)
        : base(column, options, pipeline) => usesDictionary = options.UseDictionaries;

    /// <summary>A row with text, or null. Half a surrogate pair becomes U+FFFD.</summary>
    public void Append(string? value)
    {
        if (value is null)
        {
            AppendNull();
            return;
        }

        CheckTakesText();
        BeginScalar();
        Put(value);
    }

    /// <summary>A row with bytes, or null.</summary>
    public void Append(byte[]? value)
    {
        if (value is null)
        {
            AppendNull();
        }
        else
        {
            Append(value.AsSpan());
        }
    }

    /// <summary>A row with bytes; of a column of text, they must be UTF-8.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        CheckText(value);
        BeginScalar();
        Put(value);
    }

    /// <summary>A row with a list of text, whose elements may be null.</summary>
    public void AppendList(IReadOnlyList<string?> elements)
    {
        CheckTakesText();
        CheckElements(holdNull: elements.Contains(null));
        BeginList(elements.Count == 0);
        foreach (string? element in elements)
        {
            AddElements(1, element is null);
            if (element is not null)
            {
                Put(element);
            }
        }
    }

    /// <summary>A row with a list of bytes, whose elements may be null.</summary>
    public void AppendList(IReadOnlyList<byte[]?> elements)
    {
        CheckElements(holdNull: elements.Contains(null));
        foreach (byte[]? element in elements)
        {
            CheckText(element);
        }

        BeginList(elements.Count == 0);
        foreach (byte[]? element in elements)
        {
            AddElements(1, element is null);
            if (element is not null)
            {
                Put(element.AsSpan());
            }
        }
    }

    private protected override void CloseValues(PageDraft draft)
    {
        draft.Encoding = ValueEncoding.Plain;

        // A page of nulls only says nothing about whether a dictionary pays.
        if (!usesDictionary || indices == 0)
        {
            return;
        }

        int width = Math.Max(1, LevelDecoder.BitWidth(dictionary.Count - 1));
        indexBytes += 1 + ((long)indices * width + 7) / 8;
        if (hasDictionaryPage || dictionary.Bytes + indexBytes < plainBytes)
        {
            hasDictionaryPage = true;
            draft.Encoding = ValueEncoding.RleDictionary;
            draft.IndexWidth = width;

            // Pages so far keep the dictionary; those to come do without one that has grown too large.
            usesDictionary = dictionary.Bytes < MaxDictionaryBytes;
        }
        else
        {
            usesDictionary = false;
            LookUp(draft.Values);
        }

        indices = 0;
    }

    private protected override void FinishChunk(
        out ReadOnlySpan<byte> dictionaryPage, out int dictionaryCount, out ReadOnlyMemory<byte>? min, out ReadOnlyMemory<byte>? max)
    {
        dictionaryPage = hasDictionaryPage ? dictionary.Plain : default;
        dictionaryCount = hasDictionaryPage ? dictionary.Count : 0;
        min = Short(this.min);
        max = Short(this.max);
        hasBounds = false;
        plainBytes = indexBytes = 0;
        hasDictionaryPage = false;
        usesDictionary = Options.UseDictionaries;
        dictionary.ForgetLater();
        Array.Clear(recent);
    }

    private void CheckText(ReadOnlySpan<byte> value)
    {
        if (Column.Type == ColumnType.String && !Utf8.IsValid(value))
        {
            throw new InvalidOperationException($"column '{Column.Name}' is {Column.TypeName}: it takes UTF-8, and was given other bytes");
        }
    }

    private void CheckTakesText()
    {
        if (Column.Type != ColumnType.String)
        {
            throw new InvalidOperationException($"column '{Column.Name}' is {Column.TypeName}: it takes no text");
        }
    }

    private void Put(string value)
    {
        if (usesDictionary && value.Length is > 0 and <= MaxRecentLength)
        {
            PutRecent(value);
        }
        else
        {
            Put(Encode(value));
        }
    }

    /// <summary>Repetitive text is mostly text that has just been: then it need not be encoded and looked up.</summary>
    private void PutRecent(string value)
    {
        ref RecentText known = ref recent[Place(value)];
        if (value == known.Text)
        {
            AddIndex(known.Index, known.Length);
            return;
        }

        ReadOnlySpan<byte> bytes = Encode(value);
        Put(bytes);
        known = new RecentText(value, lastIndex, bytes.Length);
    }

    private static int Place(string value) =>
        (value.Length + value[0] * 5 + value[value.Length >> 1] * 11 + value[^1] * 31) & (RecentTexts - 1);

    private ReadOnlySpan<byte> Encode(string value)
    {
        text.Clear();
        Span<byte> room = text.Room(System.Text.Encoding.UTF8.GetMaxByteCount(value.Length));
        return room[..System.Text.Encoding.UTF8.GetBytes(value, room)];
    }

    private void Put(ReadOnlySpan<byte> value)
    {
        bool isNew = true;
        if (usesDictionary)
        {
            AddIndex(dictionary.Add(value, out isNew), value.Length);
        }
        else
        {
            PutPlain(value);
        }

        if (isNew)
        {
            Bound(value);
        }
    }

    private void AddIndex(int index, int length)
    {
        lastIndex = index;
        Draft.Values.Put<int>(index);
        indices++;
        plainBytes += 4 + length;
        PendingBytes = indices * 2;
        PageIsFull = indices >= MaxIndicesPerPage || dictionary.Bytes >= MaxDictionaryBytes;
    }

    /// <summary>Puts the values themselves in the place of their numbers.</summary>
    private void LookUp(ByteBuffer values)
    {
        text.Clear();
        text.Put(values.Written);
        values.Clear();
        foreach (int index in MemoryMarshal.Cast<byte, int>(text.Written))
        {
            values.PutWithLength(dictionary[index]);
        }
    }

    private void PutPlain(ReadOnlySpan<byte> value)
    {
        Draft.Values.PutWithLength(value);
        PendingBytes = Draft.Values.Length;
    }

    private ReadOnlyMemory<byte>? Short(ByteBuffer bound) =>
        hasBounds && bound.Length <= MaxBoundBytes ? bound.Written.ToArray() : (ReadOnlyMemory<byte>?)null;

    private void Bound(ReadOnlySpan<byte> value)
    {
        if (!hasBounds || value.SequenceCompareTo(min.Written) < 0)
        {
            min.Clear();
            min.Put(value);
        }

        if (!hasBounds || value.SequenceCompareTo(max.Written) > 0)
        {
            max.Clear();
            max.Put(value);
        }

        hasBounds = true;
    }

    private readonly record struct RecentText(string? Text, int Index, int Length);
}
