using System.Numerics;

namespace Pipeline.Parquet.Encodings;

/// <summary>Reads repetition or definition levels of a data page, piece by piece, each checked against its maximum.</summary>
internal sealed class LevelDecoder(int maximum)
{
    private readonly RleDecoder runs = new();
    private ReadOnlyMemory<byte> packed;
    private bool isPacked;
    private long bit;

    /// <summary>Bits of a level.</summary>
    public int Width { get; } = BitWidth(maximum);

    /// <summary>Bits needed for values up to <paramref name="maximum"/>.</summary>
    public static int BitWidth(int maximum) => 32 - BitOperations.LeadingZeroCount((uint)maximum);

    /// <summary>Starts on the levels of a page in the RLE encoding.</summary>
    public void StartRuns(ReadOnlyMemory<byte> data)
    {
        isPacked = false;
        runs.Start(data, Width);
    }

    /// <summary>Starts on the levels of a page in the old BIT_PACKED encoding: most significant bit first.</summary>
    public void StartPacked(ReadOnlyMemory<byte> data)
    {
        isPacked = true;
        packed = data;
        bit = 0;
    }

    /// <summary>Reads the next levels.</summary>
    public void Read(Span<byte> destination)
    {
        if (isPacked)
        {
            ReadPacked(destination);
        }
        else
        {
            runs.Read(destination);
        }

        if (destination.ContainsAnyExceptInRange((byte)0, (byte)maximum))
        {
            throw new ParquetException($"a level is above its maximum of {maximum}");
        }
    }

    private void ReadPacked(Span<byte> destination)
    {
        ReadOnlySpan<byte> source = packed.Span;
        for (int i = 0; i < destination.Length; i++)
        {
            int value = 0;
            for (int k = 0; k < Width; k++, bit++)
            {
                value = value << 1 | (source[(int)(bit >> 3)] >> (7 - (int)(bit & 7)) & 1);
            }

            destination[i] = (byte)value;
        }
    }
}
