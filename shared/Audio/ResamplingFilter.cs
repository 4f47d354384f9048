using System.Collections.Concurrent;
using System.Numerics;

namespace Pipeline.Audio;

/// <summary>
/// The low-pass filter between two sample rates: a sinc under a Kaiser window, cut into one row of coefficients for each
/// position that an output sample can have between two input samples. Immutable; made once for each pair of rates.
/// </summary>
internal sealed class ResamplingFilter
{
    // Kaiser's formulas give the window and its length from these two.
    private const double StopBandDb = 120;

    // Share of the lower Nyquist frequency that passes; the stop band begins at that frequency, so that nothing is mirrored.
    private const double PassBand = 0.913;

    // With more phases than this the table would outgrow the caches; rows are then interpolated. Linear interpolation
    // errs by (pi / phases)^2 / 8 at most, 3e-7 (-130 dB) here, which is below the stop band.
    private const int MostPhases = 2048;

    private static readonly ConcurrentDictionary<(int Up, int Down), ResamplingFilter> Made = new();

    private ResamplingFilter(int up, int down)
    {
        Up = up;
        Down = down;
        double lower = Math.Min(1.0, (double)up / down); // lower Nyquist frequency as a share of the input's
        double width = Math.PI * lower * (1 - PassBand);
        int length = (int)Math.Ceiling((StopBandDb - 7.95) / (2.285 * width));
        Taps = (length + ResamplingKernel.Lanes - 1) / ResamplingKernel.Lanes * ResamplingKernel.Lanes;
        IsInterpolated = up > MostPhases;
        Phases = IsInterpolated ? MostPhases : up;
        Coefficients = Design(lower * (1 + PassBand) / 2);
    }

    /// <summary>Output samples for every <see cref="Down"/> input samples.</summary>
    public int Up { get; }

    /// <summary>Input samples for every <see cref="Up"/> output samples.</summary>
    public int Down { get; }

    /// <summary>Input samples that an output sample is made of; a multiple of <see cref="ResamplingKernel.Lanes"/>.</summary>
    public int Taps { get; }

    /// <summary>Rows of the table.</summary>
    public int Phases { get; }

    /// <summary>Whether an output sample lies between two rows; there is one more row then, the first one shifted by a sample.</summary>
    public bool IsInterpolated { get; }

    /// <summary>Rows of <see cref="Taps"/> coefficients, in the order of the input samples they are multiplied with.</summary>
    public float[] Coefficients { get; }

    /// <summary>Input samples before the one at or before an output sample's place that the row begins with.</summary>
    public int Lead => Taps / 2 - 1;

    /// <summary>The filter from one rate to another.</summary>
    public static ResamplingFilter Between(int fromRate, int toRate)
    {
        int divisor = (int)BigInteger.GreatestCommonDivisor(fromRate, toRate);
        return Made.GetOrAdd((toRate / divisor, fromRate / divisor), static ratio => new ResamplingFilter(ratio.Up, ratio.Down));
    }

    private float[] Design(double cutoff)
    {
        const double beta = 0.1102 * (StopBandDb - 8.7);
        double peak = BesselI0(beta);
        int rows = Phases + (IsInterpolated ? 1 : 0);
        float[] table = new float[rows * Taps];
        double[] row = new double[Taps];
        for (int phase = 0; phase < rows; phase++)
        {
            double sum = 0;
            for (int k = 0; k < Taps; k++)
            {
                double t = k - Lead - (double)phase / Phases; // in input samples, from the output sample's place
                double edge = 2 * t / Taps;
                double window = edge * edge < 1 ? BesselI0(beta * Math.Sqrt(1 - edge * edge)) / peak : 0;
                row[k] = (Math.Abs(t) < 1e-9 ? cutoff : Math.Sin(Math.PI * cutoff * t) / (Math.PI * t)) * window;
                sum += row[k];
            }

            // Every phase passes a constant unchanged; otherwise the differences between them would be heard as a tone.
            for (int k = 0; k < Taps; k++)
            {
                table[phase * Taps + k] = (float)(row[k] / sum);
            }
        }

        return table;
    }

    /// <summary>The modified Bessel function of the first kind and order 0, by its series.</summary>
    private static double BesselI0(double x)
    {
        double quarter = x * x / 4;
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++)
        {
            term *= quarter / ((double)k * k);
            sum += term;
        }

        return sum;
    }
}
