namespace Pipeline.Parquet.Encodings;

/// <summary>DELTA_LENGTH_BYTE_ARRAY: all lengths, then all bytes.</summary>
internal sealed class DeltaLengthDecoder(ByteArena arena) : ValueDecoder<ByteRange>
{
    private readonly DeltaLengths lengths = new();
    private ReadOnlyMemory<byte> data;
    private int position;
    private int next;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        position = lengths.Read(data, count);
        next = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = arena.Append(Next());
        }
    }

    /// <summary>The next value, as a view of the page.</summary>
    public ReadOnlySpan<byte> Next()
    {
        if (next == lengths.Count)
        {
            throw TooShort();
        }

        int length = lengths[next++];
        if (length > data.Length - position)
        {
            throw new ParquetException($"a value announces {length} bytes, {data.Length - position} are left in its page");
        }

        position += length;
        return data.Span.Slice(position - length, length);
    }
}
