namespace Pipeline.Dsp.Tonal;

/// <summary>
/// Halves a sample rate: every second sample of the signal behind a low-pass filter whose every second coefficient is zero.
/// What lies above the new half of the rate is mirrored no further down than the end of what passes.
/// </summary>
internal sealed partial class HalfBandFilter
{
    // Kaiser's formulas give the window and its length.
    private const double StopBandDb = 100;

    // One coefficient for each two samples at the same distance, 1, 3, 5, ... from the middle, whose own is 1/2.
    private readonly float[] taps;
    private readonly bool isVector;
    private float[] even = [];
    private float[] odd = [];

    /// <summary>Designs the filter.</summary>
    /// <param name="passBand">Highest frequency that passes unchanged, in cycles per sample of the input, below 1/4.</param>
    public HalfBandFilter(double passBand)
        : this(passBand, IsVectorSupported)
    {
    }

    private HalfBandFilter(double passBand, bool isVector)
    {
        this.isVector = isVector;
        double width = 2 * Math.PI * (0.5 - 2 * passBand);
        double reach = (StopBandDb - 7.95) / (2.285 * width) / 2;
        double beta = 0.1102 * (StopBandDb - 8.7);
        int count = (int)Math.Ceiling((reach + 1) / 2);
        double[] values = new double[count];
        for (int j = 0; j < count; j++)
        {
            double distance = 2 * j + 1;
            double place = distance / (2 * count);
            values[j] = Math.Sin(Math.PI * distance / 2) / (Math.PI * distance) * Bessel(beta * Math.Sqrt(1 - place * place));
        }

        double sum = values.Sum();
        taps = [.. values.Select(v => (float)(v / sum / 4))];
    }

    /// <summary>The filter without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static HalfBandFilter Reference(double passBand) => new(passBand, false);

    /// <summary>Samples of the output for so many of the input: half of them, rounded up.</summary>
    public static int OutputLength(int count) => count / 2 + count % 2;

    /// <summary>Halves the rate; beyond the ends of the input is silence.</summary>
    /// <param name="input">Samples.</param>
    /// <param name="output">Takes <see cref="OutputLength"/> samples, the first at the same moment as the input's first.</param>
    public void Halve(ReadOnlySpan<float> input, Span<float> output)
    {
        int half = OutputLength(input.Length);
        output = output[..half];
        Split(input, half);
        HalveReference(output, isVector ? HalveVector(output) : 0);
    }

    // Even samples, and the odd ones with silence around them.
    private void Split(ReadOnlySpan<float> input, int half)
    {
        int margin = taps.Length;
        if (odd.Length < half + 2 * margin)
        {
            even = new float[half];
            odd = new float[half + 2 * margin];
        }

        odd.AsSpan(0, margin).Clear();
        odd.AsSpan(margin + input.Length / 2, margin + half - input.Length / 2).Clear();
        for (int i = isVector ? SplitVector(input) : 0; i < half; i++)
        {
            even[i] = input[2 * i];
            if (2 * i + 1 < input.Length)
            {
                odd[margin + i] = input[2 * i + 1];
            }
        }
    }

    // The odd samples around even sample m are m - 1 and m, m - 2 and m + 1, ...
    private void HalveReference(Span<float> output, int from)
    {
        for (int m = from; m < output.Length; m++)
        {
            float sum = 0.5f * even[m];
            for (int j = 0; j < taps.Length; j++)
            {
                sum += taps[j] * (odd[taps.Length + m + j] + odd[taps.Length + m - 1 - j]);
            }

            output[m] = sum;
        }
    }

    // The modified Bessel function of the first kind and order 0, by its power series.
    private static double Bessel(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-17 * sum; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
