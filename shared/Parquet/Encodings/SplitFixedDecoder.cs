namespace Pipeline.Parquet.Encodings;

/// <summary>BYTE_STREAM_SPLIT byte arrays of one length.</summary>
internal sealed class SplitFixedDecoder(ByteArena arena, int width) : ValueDecoder<ByteRange>
{
    private ReadOnlyMemory<byte> data;
    private int total;
    private int next;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        if (data.Length % width != 0)
        {
            throw new ParquetException($"a page of {data.Length} bytes cannot be split into values of {width} bytes");
        }

        this.data = data;
        total = data.Length / width;
        next = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        if (destination.Length > total - next)
        {
            throw TooShort();
        }

        int offset = arena.Next;
        ByteStreamSplit.Decode(data.Span, width, total, next, arena.Room((long)destination.Length * width));
        next += destination.Length;
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = new ByteRange(offset + i * width, width);
        }
    }
}
