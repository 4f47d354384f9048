namespace Pipeline.Parquet.Encodings;

/// <summary>
/// The bytes of a column's values: first those of the chunk's dictionary, which stay for the whole chunk, then those of
/// the current batch. Values are ranges of it, so that a value out of the dictionary costs no copy.
/// </summary>
internal sealed class ByteArena
{
    // Two arrays, so that a dictionary takes nothing from what a batch may hold; their offsets go on from one to the other.
    private byte[] dictionary = [];
    private byte[] batch = new byte[1024];
    private int used;

    /// <summary>Bytes of the dictionary.</summary>
    public int DictionaryLength { get; private set; }

    /// <summary>Where the next value will start.</summary>
    public int Next => (long)DictionaryLength + used <= int.MaxValue ? DictionaryLength + used : throw TooMuch();

    /// <summary>The bytes of a value.</summary>
    public ReadOnlySpan<byte> this[ByteRange range] => range.Offset < DictionaryLength
        ? dictionary.AsSpan(range.Offset, range.Length)
        : range.Length == 0 ? default : batch.AsSpan(range.Offset - DictionaryLength, range.Length);

    /// <summary>Drops the dictionary and the batch.</summary>
    public void Clear() => DictionaryLength = used = 0;

    /// <summary>Drops the batch.</summary>
    public void ClearBatch() => used = 0;

    /// <summary>Makes all bytes so far the dictionary.</summary>
    public void KeepAsDictionary()
    {
        (dictionary, batch) = (batch, dictionary);
        DictionaryLength = used;
        used = 0;
    }

    /// <summary>Appends bytes.</summary>
    public ByteRange Append(ReadOnlySpan<byte> value)
    {
        int offset = Next;
        value.CopyTo(Room(value.Length));
        return new ByteRange(offset, value.Length);
    }

    /// <summary>Appends a value that starts like <paramref name="previous"/> and goes on with <paramref name="suffix"/>.</summary>
    public ByteRange Append(ByteRange previous, int prefix, ReadOnlySpan<byte> suffix)
    {
        int offset = Next;
        Span<byte> room = Room((long)prefix + suffix.Length);
        this[previous][..prefix].CopyTo(room);
        suffix.CopyTo(room[prefix..]);
        return new ByteRange(offset, room.Length);
    }

    /// <summary>Appends room that the caller fills.</summary>
    public Span<byte> Room(long count)
    {
        if (count > Array.MaxLength - used)
        {
            throw TooMuch();
        }

        int start = used;
        used += (int)count;
        if (used > batch.Length)
        {
            Array.Resize(ref batch, (int)Math.Min(Array.MaxLength, Math.Max(used, batch.Length * 2L)));
        }

        return batch.AsSpan(start, (int)count);
    }

    private static ParquetException TooMuch() =>
        new($"its values take more than {Array.MaxLength} bytes, which is more than can be read at once");
}
