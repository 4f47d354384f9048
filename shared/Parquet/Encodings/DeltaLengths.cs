namespace Pipeline.Parquet.Encodings;

/// <summary>Lengths in DELTA_BINARY_PACKED, all of a page at once, because what follows starts after the last.</summary>
internal sealed class DeltaLengths
{
    /// <summary>Equal lengths take next to no bytes: so many are believed, and beyond that so many for each byte of the page.</summary>
    private const int TrustedLengths = 1 << 21, TrustedLengthsPerByte = 16;

    private readonly DeltaBinaryPackedDecoder<int> decoder = new();
    private int[] lengths = [];

    /// <summary>Number of lengths.</summary>
    public int Count { get; private set; }

    public int this[int index] => lengths[index];

    /// <summary>Reads the lengths and returns where they end.</summary>
    public int Read(ReadOnlyMemory<byte> data, int maxCount)
    {
        decoder.Start(data, maxCount);
        if (decoder.Count > TrustedLengths && decoder.Count / TrustedLengthsPerByte > data.Length)
        {
            throw new ParquetException($"a page's {data.Length} bytes expand to {decoder.Count} lengths, which no writer would make");
        }

        Count = 0;
        while (Count < decoder.Count)
        {
            // Step by step: an announced count is believed only as far as there are data behind it.
            int step = Math.Min(decoder.Count - Count, Math.Max(4096, Count));
            if (lengths.Length < Count + step)
            {
                Array.Resize(ref lengths, Count + step);
            }

            Span<int> piece = lengths.AsSpan(Count, step);
            decoder.Read(piece);
            if (piece.ContainsAnyInRange(int.MinValue, -1))
            {
                throw new ParquetException("a value announces a negative length");
            }

            Count += step;
        }

        return decoder.End;
    }
}
