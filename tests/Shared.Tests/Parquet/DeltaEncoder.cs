using System.Numerics;

namespace Pipeline.Tests.Parquet;

/// <summary>Writes DELTA_BINARY_PACKED as the format describes it, the plainest way: the library itself only reads it.</summary>
internal static class DeltaEncoder
{
    /// <summary>Encodes values of <paramref name="bits"/> bits, whose differences wrap around.</summary>
    public static byte[] Encode(IReadOnlyList<long> values, int bits = 64, int block = 128, int miniblocks = 4)
    {
        var bytes = new List<byte>();
        Varint(bytes, (ulong)block);
        Varint(bytes, (ulong)miniblocks);
        Varint(bytes, (ulong)values.Count);
        ZigZag(bytes, values.Count > 0 ? values[0] : 0);
        int perMiniblock = block / miniblocks;
        for (int start = 1; start < values.Count; start += block)
        {
            long[] deltas = [.. Enumerable.Range(start, Math.Min(block, values.Count - start)).Select(i => Difference(values[i], values[i - 1], bits))];
            long least = deltas.Min();
            ZigZag(bytes, least);
            ulong[][] parts = [.. deltas.Select(d => Mask((ulong)d - (ulong)least, bits)).Chunk(perMiniblock)];
            int[] widths = [.. parts.Select(p => 64 - BitOperations.LeadingZeroCount(p.Max()))];

            // Widths of miniblocks that are not needed stand there too, and may be anything.
            bytes.AddRange(widths.Select(w => (byte)w));
            bytes.AddRange(Enumerable.Repeat((byte)77, miniblocks - widths.Length));
            for (int p = 0; p < parts.Length; p++)
            {
                Pack(bytes, parts[p], widths[p], perMiniblock);
            }
        }

        return [.. bytes];
    }

    public static void Varint(List<byte> to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to.Add((byte)(value | 0x80));
        }

        to.Add((byte)value);
    }

    private static void ZigZag(List<byte> to, long value) => Varint(to, (ulong)(value << 1 ^ value >> 63));

    private static long Difference(long a, long b, int bits) => bits == 64 ? unchecked(a - b) : unchecked((int)a - (int)b);

    private static ulong Mask(ulong value, int bits) => bits == 64 ? value : (uint)value;

    // Bit by bit, least significant first; a miniblock is filled up with zeros.
    private static void Pack(List<byte> to, ulong[] values, int width, int count)
    {
        byte[] packed = new byte[count * width / 8];
        for (int i = 0; i < values.Length * width; i++)
        {
            packed[i / 8] |= (byte)((values[i / width] >> (i % width) & 1) << (i % 8));
        }

        to.AddRange(packed);
    }
}
