using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp;

/// <summary>
/// The median of each value and those before and after it, in time or in frequency. Beyond the ends stand the values in
/// mirrored order, the outermost twice, as SciPy's median_filter with mode <c>reflect</c>. Values must be numbers: a NaN spoils
/// the medians behind it. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class RunningMedian
{
    private readonly bool isVector;

    /// <summary>Prepares medians of <paramref name="kernel"/> values, an odd number.</summary>
    public RunningMedian(int kernel)
        : this(kernel, Avx512F.IsSupported ? WideLanes : Avx2.IsSupported ? Lanes : 1)
    {
    }

    private RunningMedian(int kernel, int lanes)
    {
        if (kernel < 1 || kernel % 2 == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(kernel), kernel, "a median is of an odd number of values");
        }

        Kernel = kernel;
        this.lanes = lanes;
        isVector = lanes > 1;
        sorted = new LineAligned((kernel + 1) * lanes);
        column = new LineAligned(0);
        medians = new LineAligned(0);
    }

    /// <summary>Values that a median is of.</summary>
    public int Kernel { get; }

    private int Reach => Kernel / 2;

    /// <summary>The medians without vectors, by sorting; the others give the same.</summary>
    internal static RunningMedian Reference(int kernel) => new(kernel, 1);

    /// <summary>The medians with vectors of eight at most.</summary>
    internal static RunningMedian Narrow(int kernel) => new(kernel, Avx2.IsSupported ? Lanes : 1);

    /// <summary>Medians over neighbouring frames.</summary>
    /// <param name="values">Frames x width values.</param>
    /// <param name="width">Values of a frame.</param>
    /// <param name="result">Takes as many medians; it must be other memory.</param>
    public void AlongTime(ReadOnlySpan<float> values, int width, Span<float> result)
    {
        int frames = Frames(values, width, result);
        if (isVector && frames > 0 && width >= lanes)
        {
            AlongTimeVector(values, frames, width, result);
            return;
        }

        float[] around = new float[Kernel];
        for (int i = 0; i < values.Length; i++)
        {
            (int t, int k) = (i / width, i % width);
            for (int j = 0; j < Kernel; j++)
            {
                around[j] = values[Mirrored(t + j - Reach, frames) * width + k];
            }

            Array.Sort(around);
            result[i] = around[Reach];
        }
    }

    /// <summary>Medians over neighbouring values of a frame.</summary>
    /// <param name="values">Frames x width values.</param>
    /// <param name="width">Values of a frame.</param>
    /// <param name="result">Takes as many medians; it must be other memory.</param>
    public void AlongFrequency(ReadOnlySpan<float> values, int width, Span<float> result)
    {
        int frames = Frames(values, width, result);
        if (isVector)
        {
            AlongFrequencyVector(values, frames, width, result);
            return;
        }

        float[] around = new float[Kernel];
        for (int i = 0; i < values.Length; i++)
        {
            (int t, int k) = (i / width, i % width);
            for (int j = 0; j < Kernel; j++)
            {
                around[j] = values[t * width + Mirrored(k + j - Reach, width)];
            }

            Array.Sort(around);
            result[i] = around[Reach];
        }
    }

    private static int Frames(ReadOnlySpan<float> values, int width, Span<float> result)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length % width, 0);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, values.Length);
        return values.Length / width;
    }

    private static int Mirrored(int place, int count)
    {
        if ((uint)place < (uint)count)
        {
            return place;
        }

        int within = (place % (2 * count) + 2 * count) % (2 * count);
        return within < count ? within : 2 * count - 1 - within;
    }
}
