using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Audio;

/// <summary>
/// The low-pass filter between two sample rates: a sinc under a Kaiser window, cut into one row of coefficients for each
/// place that an output sample can have between two input samples. Immutable; kept for the next recording of the same rates.
/// </summary>
internal sealed class ResamplingFilter
{
    // Kaiser's formulas give the window and its length from these two.
    private const double StopBandDb = 120;

    // Share of the lower Nyquist frequency that passes; the stop band begins at that frequency, so that nothing is mirrored.
    private const double PassBand = 0.913;

    // With more places than this the table would outgrow the caches; rows are then interpolated. Linear interpolation
    // errs by (pi / places)^2 / 8 at most, 3e-7 (-130 dB) here, which is below the stop band.
    private const int MostPlaces = 2048;

    // Up to so many coefficients the period is made longer, so that it is a whole number of full blocks.
    private const int SmallTable = 1 << 17;

    // Recordings have a few rates between them. Forged ones may have any, with tables of over 100 MB each.
    private const int MostKept = 8;

    private static readonly ConcurrentDictionary<(int Up, int Down), ResamplingFilter> Made = new();

    private readonly double cutoff; // as a share of the input's Nyquist frequency

    private ResamplingFilter(int up, int down)
    {
        Up = up;
        Down = down;
        double lower = Math.Min(1.0, (double)up / down);
        double width = Math.PI * lower * (1 - PassBand);
        int length = (int)Math.Ceiling((StopBandDb - 7.95) / (2.285 * width));
        Taps = RoundUp(length, ResamplingKernel.Lanes);
        cutoff = lower * (1 + PassBand) / 2;
        IsInterpolated = up > MostPlaces;
        Span = IsInterpolated ? Taps : RoundUp(Taps + (int)((ResamplingKernel.BlockRows - 1L) * down / up) + 1, ResamplingKernel.Lanes);
        if (IsInterpolated)
        {
            Table = Places();
            Blocks = [];
        }
        else
        {
            int full = up / (int)BigInteger.GreatestCommonDivisor(up, ResamplingKernel.BlockRows) * ResamplingKernel.BlockRows;
            PeriodOutputs = (long)full * Span <= SmallTable ? full : up;
            (Blocks, Table) = InBlocks();
        }
    }

    /// <summary>Output samples for every <see cref="Down"/> input samples.</summary>
    public int Up { get; }

    /// <summary>Input samples for every <see cref="Up"/> output samples.</summary>
    public int Down { get; }

    /// <summary>Input samples that an output sample is made of.</summary>
    public int Taps { get; }

    /// <summary>Input samples before the one at or before an output sample's place that its row begins with.</summary>
    public int Lead => Taps / 2 - 1;

    /// <summary>Whether there are too many places for a row each: then the table has <see cref="PlacesPerSample"/> + 1 rows, and an output sample lies between two.</summary>
    public bool IsInterpolated { get; }

    /// <summary>Rows of an interpolated table for the step from one input sample to the next.</summary>
    public static int PlacesPerSample => MostPlaces;

    /// <summary>Output samples after which places and blocks repeat; a multiple of <see cref="Up"/>.</summary>
    public int PeriodOutputs { get; }

    /// <summary>Input samples of a period.</summary>
    public int PeriodInputs => (int)((long)PeriodOutputs * Down / Up);

    /// <summary>Output samples that are computed together, from the same input samples: those of a period.</summary>
    public IReadOnlyList<Block> Blocks { get; }

    /// <summary>Input samples of a block, a multiple of <see cref="ResamplingKernel.Lanes"/>.</summary>
    public int Span { get; }

    /// <summary>The coefficients: of the blocks as <see cref="ResamplingKernel"/> wants them, or row after row.</summary>
    public float[] Table { get; }

    /// <summary>The filter from one rate to another.</summary>
    public static ResamplingFilter Between(int fromRate, int toRate)
    {
        int divisor = (int)BigInteger.GreatestCommonDivisor(fromRate, toRate);
        if (Made.Count >= MostKept)
        {
            Made.Clear();
        }

        return Made.GetOrAdd((toRate / divisor, fromRate / divisor), static ratio => new ResamplingFilter(ratio.Up, ratio.Down));
    }

    private (Block[] Blocks, float[] Table) InBlocks()
    {
        const int rows = ResamplingKernel.BlockRows;
        const int lanes = ResamplingKernel.Lanes;
        var blocks = new Block[(PeriodOutputs + rows - 1) / rows];
        // Vectors are loaded in one go only where they lie within a line of the cache; a pinned array stays where it is.
        float[] table = GC.AllocateArray<float>(blocks.Length * rows * Span + lanes, pinned: true);
        int origin = LineStart(table);
        double[] row = new double[Taps];
        for (int b = 0; b < blocks.Length; b++)
        {
            int count = Math.Min(rows, PeriodOutputs - b * rows);
            int start = (int)((long)b * rows * Down / Up);
            blocks[b] = new Block(start, count, origin + b * rows * Span);
            for (int r = 0; r < count; r++)
            {
                long place = (long)(b * rows + r) * Down;
                int shift = (int)(place / Up) - start;
                Design((double)(place % Up) / Up, row);
                for (int k = 0; k < Taps; k++)
                {
                    // The rows' coefficients for the same input samples lie together.
                    int at = shift + k;
                    table[blocks[b].Table + (at / lanes * rows + r) * lanes + at % lanes] = (float)row[k];
                }
            }
        }

        return (blocks, table);
    }

    private float[] Places()
    {
        float[] table = new float[(MostPlaces + 1) * Taps];
        double[] row = new double[Taps];
        for (int place = 0; place <= MostPlaces; place++)
        {
            Design((double)place / MostPlaces, row);
            for (int k = 0; k < Taps; k++)
            {
                table[place * Taps + k] = (float)row[k];
            }
        }

        return table;
    }

    // The row of an output sample that lies so far behind an input sample, 0 to 1.
    private void Design(double behind, double[] row)
    {
        const double beta = 0.1102 * (StopBandDb - 8.7);
        double peak = BesselI0(beta);
        double sum = 0;
        for (int k = 0; k < Taps; k++)
        {
            double t = k - Lead - behind; // in input samples, from the output sample's place
            double edge = 2 * t / Taps;
            double window = edge * edge < 1 ? BesselI0(beta * Math.Sqrt(1 - edge * edge)) / peak : 0;
            row[k] = (Math.Abs(t) < 1e-9 ? cutoff : Math.Sin(Math.PI * cutoff * t) / (Math.PI * t)) * window;
            sum += row[k];
        }

        // Every row passes a constant unchanged; otherwise the differences between them would be heard as a tone.
        for (int k = 0; k < Taps; k++)
        {
            row[k] /= sum;
        }
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

    private static unsafe int LineStart(float[] pinned)
    {
        const int lineBytes = 64;
        nuint past = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned)) % lineBytes;
        return past == 0 ? 0 : (int)(lineBytes - past) / sizeof(float);
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Output samples that are computed together.</summary>
    /// <param name="Start">Input sample of the period that the block begins with.</param>
    /// <param name="Count">How many output samples, up to <see cref="ResamplingKernel.BlockRows"/>.</param>
    /// <param name="Table">Where its coefficients begin.</param>
    public readonly record struct Block(int Start, int Count, int Table);
}
