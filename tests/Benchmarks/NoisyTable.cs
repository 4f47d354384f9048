using System.Numerics;

namespace Pipeline.Benchmarks;

/// <summary>
/// Rows of "noisy dB" values like a log-mel picture of 128 bands: the formula of <c>tests/Interop/duckdb_bench.mjs</c>.
/// The noise comes out of a block made once, from another place for each row, so that a row costs little and none repeats.
/// </summary>
internal sealed class NoisyTable
{
    private const int Bands = 128;
    private const int Step = 104_729; // prime: no row's noise starts at another row's band and frame

    private readonly float[] bands = new float[Bands];
    private readonly float[] noise;
    private readonly float[] row;

    public NoisyTable(int length)
    {
        row = new float[length];
        noise = new float[(1 << 20) + length];
        for (int b = 0; b < Bands; b++)
        {
            bands[b] = (float)(-38 - 22.0 * b / 127 + 6 * Math.Cos(2 * Math.PI * b / 32));
        }

        for (int k = 0; k < noise.Length; k++)
        {
            double u1 = Fraction(Math.Abs(Math.Sin(k * 12.9898 + 1) * 43758.5453));
            double u2 = Fraction(Math.Abs(Math.Sin(k * 78.233 + 2) * 24634.6345));
            noise[k] = (float)(5 * Math.Sqrt(-2 * Math.Log(Math.Max(u1, 1e-12))) * Math.Cos(2 * Math.PI * u2));
        }
    }

    /// <summary>A row, valid until the next one.</summary>
    public ReadOnlySpan<float> Row(int r)
    {
        int start = (int)((long)r * Step & ((1 << 20) - 1));
        for (int f = 0; f * Bands < row.Length; f++)
        {
            int first = f * Bands;
            Span<float> frame = row.AsSpan(first, Math.Min(Bands, row.Length - first));
            float level = (float)(12 * Math.Sin(2 * Math.PI * (f / 325.0 + 0.137 * r)));
            Fill(frame, noise.AsSpan(start + first, frame.Length), bands.AsSpan(0, frame.Length), level);
        }

        return row;
    }

    private static void Fill(Span<float> frame, ReadOnlySpan<float> noise, ReadOnlySpan<float> bands, float level)
    {
        int i = 0;
        Vector<float> levels = new(level), least = new(-80);
        for (; i <= frame.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> v = new Vector<float>(noise[i..]) + new Vector<float>(bands[i..]) + levels;
            Vector.Min(Vector<float>.Zero, Vector.Max(least, v)).CopyTo(frame[i..]);
        }

        for (; i < frame.Length; i++)
        {
            frame[i] = Math.Min(0, Math.Max(-80, noise[i] + bands[i] + level));
        }
    }

    private static double Fraction(double x) => x - Math.Floor(x);
}
