namespace Pipeline.Features.Changes;

/// <summary>Normally distributed numbers that follow from a seed, on every machine the same.</summary>
/// <param name="seed">The seed.</param>
internal sealed class WhiteNoise(long seed)
{
    private ulong state = (ulong)seed;
    private double? kept; // numbers come in pairs

    /// <summary>The next number, of mean 0 and variance 1.</summary>
    public double Next()
    {
        if (kept is { } number)
        {
            kept = null;
            return number;
        }

        // Marsaglia's polar method
        double x, y, square;
        do
        {
            (x, y) = (2 * Uniform() - 1, 2 * Uniform() - 1);
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        kept = y * factor;
        return x * factor;
    }

    // 0 to less than 1, by SplitMix64 (Steele, Lea and Flood 2014).
    private double Uniform()
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
