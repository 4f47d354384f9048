namespace Pipeline.Hdf5.Filters;

/// <summary>The checksum of the fletcher32 filter, as libhdf5 computes it: over big-endian 16-bit words.</summary>
internal static class Fletcher32
{
    // The most words that can be summed before the sum of sums may overflow 32 bits.
    private const int WordsPerFold = 360;

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint sum = 0, sumOfSums = 0;
        int at = 0;
        for (int words = data.Length / 2; words > 0;)
        {
            int block = Math.Min(WordsPerFold, words);
            words -= block;
            for (; block > 0; block--, at += 2)
            {
                sum += (uint)(data[at] << 8 | data[at + 1]);
                sumOfSums += sum;
            }

            sum = Fold(sum);
            sumOfSums = Fold(sumOfSums);
        }

        if (at < data.Length)
        {
            sum = Fold(sum + (uint)(data[at] << 8));
            sumOfSums = Fold(sumOfSums + sum);
        }

        return Fold(sumOfSums) << 16 | Fold(sum);
    }

    private static uint Fold(uint value) => (value & 0xFFFF) + (value >> 16);
}
