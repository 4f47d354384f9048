namespace Pipeline.Parquet.Encodings;

/// <summary>
/// The bytes of a column's values: first those of the chunk's dictionary, which stay for the whole chunk, then those of
/// the current batch. Values are ranges of it, so that a value out of the dictionary costs no copy.
/// </summary>
internal sealed class ByteArena
{
    private byte[] bytes = new byte[1024];

    /// <summary>Bytes in use.</summary>
    public int Length { get; private set; }

    /// <summary>Bytes of the dictionary.</summary>
    public int DictionaryLength { get; private set; }

    /// <summary>The bytes of a value.</summary>
    public ReadOnlySpan<byte> this[ByteRange range] => bytes.AsSpan(range.Offset, range.Length);

    /// <summary>Drops the dictionary and the batch.</summary>
    public void Clear() => DictionaryLength = Length = 0;

    /// <summary>Drops the batch.</summary>
    public void ClearBatch() => Length = DictionaryLength;

    /// <summary>Makes all bytes so far the dictionary.</summary>
    public void KeepAsDictionary() => DictionaryLength = Length;

    /// <summary>Appends bytes.</summary>
    public ByteRange Append(ReadOnlySpan<byte> value)
    {
        Span<byte> room = Room(value.Length);
        value.CopyTo(room);
        return new ByteRange(Length - value.Length, value.Length);
    }

    /// <summary>Appends a value that starts like <paramref name="previous"/> and goes on with <paramref name="suffix"/>.</summary>
    public ByteRange Append(ByteRange previous, int prefix, ReadOnlySpan<byte> suffix)
    {
        Span<byte> room = Room(prefix + suffix.Length);
        bytes.AsSpan(previous.Offset, prefix).CopyTo(room);
        suffix.CopyTo(room[prefix..]);
        return new ByteRange(Length - room.Length, room.Length);
    }

    /// <summary>Appends room that the caller fills.</summary>
    public Span<byte> Room(int count)
    {
        if (count > Array.MaxLength - Length)
        {
            throw new ParquetException($"its values take more than {Array.MaxLength} bytes, which is more than can be read at once");
        }

        int needed = Length + count;
        if (needed > bytes.Length)
        {
            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)needed, bytes.Length * 2L)));
        }

        Length = needed;
        return bytes.AsSpan(needed - count, count);
    }
}
