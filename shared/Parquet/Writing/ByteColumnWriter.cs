using System.Runtime.InteropServices;
using Pipeline.Parquet.Codecs;
using Pipeline.Parquet.Encodings;
using Pipeline.Parquet.Writing;

namespace Pipeline.Parquet;

/// <summary>Takes the values of a column of text or bytes. Repetitive values are stored once, in a dictionary for each row group.</summary>
public sealed class ByteColumnWriter : ColumnWriter
{
    private const int MaxDictionaryBytes = 1 << 20;
    private const int MaxIndicesPerPage = 1 << 17;

    /// <summary>Longer bounds are left out: they would make the footer, which everybody reads, larger than they are worth.</summary>
    private const int MaxBoundBytes = 1024;

    private readonly ByteBuffer plain = new();          // values of the page, PLAIN, once the chunk does without a dictionary
    private readonly ByteBuffer text = new();
    private readonly List<int> indices = [];            // values of the page, as entries of the dictionary
    private readonly BytePool dictionary = new();
    private readonly RleEncoder encoder;
    private readonly ByteBuffer encoded = new();
    private bool usesDictionary;
    private bool hasDictionaryPage;
    private long plainBytes;                            // that the chunk's values would take without a dictionary
    private long indexBytes;                            // that they take with it
    private byte[]? min;
    private byte[]? max;

    internal ByteColumnWriter(ParquetColumn column, ParquetWriterOptions options, PageCompressor compressor, Stack<byte[]> blocks)
        : base(column, options, compressor, blocks)
    {
        encoder = new RleEncoder(encoded, 0);
        usesDictionary = options.UseDictionaries;
    }

    private protected override int PendingBytes => usesDictionary
        ? indices.Count >= MaxIndicesPerPage || dictionary.Bytes >= MaxDictionaryBytes ? Options.PageBytes : indices.Count * 2
        : plain.Length;

    /// <summary>A row with text, or null.</summary>
    public void Append(string? value)
    {
        if (value is null)
        {
            AppendNull();
            return;
        }

        BeginScalar();
        Put(value);
    }

    /// <summary>A row with bytes.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        BeginScalar();
        Put(value);
    }

    /// <summary>A row with a list of text, whose elements may be null.</summary>
    public void AppendList(IReadOnlyList<string?> elements)
    {
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
        BeginList(elements.Count == 0);
        foreach (byte[]? element in elements)
        {
            AddElements(1, element is null);
            if (element is not null)
            {
                Put(element);
            }
        }
    }

    private protected override ValueEncoding EncodePage(ByteBuffer to)
    {
        // A page of nulls only says nothing about whether a dictionary pays.
        if (usesDictionary && indices.Count > 0)
        {
            int width = Math.Max(1, LevelDecoder.BitWidth(Math.Max(0, dictionary.Count - 1)));
            encoded.Clear();
            encoder.Start(width);
            foreach (int index in CollectionsMarshal.AsSpan(indices))
            {
                encoder.Add((uint)index);
            }

            encoder.Finish();
            indexBytes += 1 + encoded.Length;
            bool pays = dictionary.Bytes + indexBytes < plainBytes;
            if (hasDictionaryPage || pays)
            {
                hasDictionaryPage = true;
                to.Put((byte)width);
                to.Put(encoded.Written);
                indices.Clear();

                // Pages so far keep the dictionary; those to come do without one that has grown too large.
                usesDictionary = dictionary.Bytes < MaxDictionaryBytes;
                return ValueEncoding.RleDictionary;
            }

            usesDictionary = false;
            foreach (int index in CollectionsMarshal.AsSpan(indices))
            {
                PutPlain(dictionary[index]);
            }

            indices.Clear();
        }

        to.Put(plain.Written);
        plain.Clear();
        return ValueEncoding.Plain;
    }

    private protected override void FinishChunk(
        out ReadOnlySpan<byte> dictionaryPage, out int dictionaryCount, out ReadOnlyMemory<byte>? min, out ReadOnlyMemory<byte>? max)
    {
        dictionaryPage = hasDictionaryPage ? dictionary.Plain : default;
        dictionaryCount = hasDictionaryPage ? dictionary.Count : 0;
        min = Short(this.min);
        max = Short(this.max);
        this.min = this.max = null;
        plainBytes = indexBytes = 0;
        hasDictionaryPage = false;
        usesDictionary = Options.UseDictionaries;
        dictionary.ForgetLater();
    }

    private void Put(string value)
    {
        if (Column.Type != ColumnType.String)
        {
            throw new InvalidOperationException($"column '{Column.Name}' is {Column.TypeName}: it takes no text");
        }

        text.Clear();
        Span<byte> room = text.Room(System.Text.Encoding.UTF8.GetMaxByteCount(value.Length));
        Put(room[..System.Text.Encoding.UTF8.GetBytes(value, room)]);
    }

    private void Put(ReadOnlySpan<byte> value)
    {
        bool isNew = true;
        if (usesDictionary)
        {
            indices.Add(dictionary.Add(value, out isNew));
            plainBytes += 4 + value.Length;
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

    private void PutPlain(ReadOnlySpan<byte> value)
    {
        plain.Put(value.Length);
        plain.Put(value);
    }

    // Not by conversion, which makes a null array an empty bound.
    private static ReadOnlyMemory<byte>? Short(byte[]? bound) => bound is { Length: <= MaxBoundBytes } ? new(bound) : null;

    private void Bound(ReadOnlySpan<byte> value)
    {
        if (min is null || value.SequenceCompareTo(min) < 0)
        {
            min = value.ToArray();
        }

        if (max is null || value.SequenceCompareTo(max) > 0)
        {
            max = value.ToArray();
        }
    }
}
