namespace Pipeline.Parquet.Encodings;

/// <summary>DELTA_BYTE_ARRAY: for each value the length of the prefix it shares with the one before, then all suffixes.</summary>
internal sealed class DeltaByteArrayDecoder(ByteArena arena, int fixedWidth) : ValueDecoder<ByteRange>
{
    private readonly DeltaLengths prefixes = new();
    private readonly DeltaLengthDecoder suffixes = new(arena);
    private byte[] previous = [];
    private int previousLength;
    private int next;
    private long trusted;

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        // Shared prefixes can make a few bytes stand for any number: they are believed up to a point.
        trusted = (64L << 20) + 256L * data.Length;
        int end = prefixes.Read(data, count);
        suffixes.Start(data[end..], count);
        previousLength = 0;
        next = 0;
    }

    public override void Read(Span<ByteRange> destination)
    {
        // The value before the first of this piece is kept aside: the arena may have dropped it with the last batch.
        ByteRange last = arena.Append(previous.AsSpan(0, previousLength));
        for (int i = 0; i < destination.Length; i++)
        {
            if (next == prefixes.Count)
            {
                throw TooShort();
            }

            int prefix = prefixes[next++];
            if (prefix > last.Length)
            {
                throw new ParquetException($"a value shares {prefix} bytes with one of {last.Length}");
            }

            last = destination[i] = arena.Append(last, prefix, suffixes.Next());
            trusted -= last.Length;
            if (trusted < 0)
            {
                throw new ParquetException("a page's values expand out of proportion to its bytes");
            }

            if (fixedWidth > 0 && last.Length != fixedWidth)
            {
                throw new ParquetException($"a value has {last.Length} bytes, the schema says {fixedWidth}");
            }
        }

        if (previous.Length < last.Length)
        {
            previous = new byte[Math.Max(last.Length, previous.Length * 2)];
        }

        arena[last].CopyTo(previous);
        previousLength = last.Length;
    }
}
