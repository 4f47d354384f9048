namespace Pipeline.Parquet.Encodings;

/// <summary>PLAIN booleans: one bit each, least significant first.</summary>
internal sealed class PlainBooleanDecoder : ValueDecoder<bool>
{
    private ReadOnlyMemory<byte> data;
    private int bit;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        bit = 0;
    }

    public override void Read(Span<bool> destination)
    {
        if (bit + (long)destination.Length > data.Length * 8L)
        {
            throw TooShort();
        }

        ReadOnlySpan<byte> source = data.Span;
        for (int i = 0; i < destination.Length; i++, bit++)
        {
            destination[i] = (source[bit >> 3] >> (bit & 7) & 1) != 0;
        }
    }
}
