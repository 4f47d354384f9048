namespace Pipeline.Parquet.Encodings;

/// <summary>PLAIN byte arrays of one length.</summary>
internal sealed class PlainFixedDecoder(ByteArena arena, int width) : ValueDecoder<ByteRange>
{
    private ReadOnlyMemory<byte> data;
    private int position;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        position = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        if ((long)destination.Length * width > data.Length - position)
        {
            throw TooShort();
        }

        ReadOnlySpan<byte> source = data.Span;
        for (int i = 0; i < destination.Length; i++, position += width)
        {
            destination[i] = arena.Append(source.Slice(position, width));
        }
    }
}
