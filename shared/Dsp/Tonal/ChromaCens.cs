namespace Pipeline.Dsp.Tonal;

/// <summary>
/// Chroma Energy Normalized Statistics: pitch classes' shares of each frame, rounded to a few steps and smoothed over time, so
/// that dynamics, timbre and ornaments matter little (librosa's <c>chroma_cens</c>).
/// </summary>
public sealed class ChromaCens
{
    // A share above each of these adds a step.
    private static readonly float[] Thresholds = [0.4f, 0.2f, 0.1f, 0.05f];
    private const float Step = 0.25f;

    private readonly double[] window; // symmetric, of an odd length, with the sum 1

    /// <summary>Prepares the smoothing.</summary>
    /// <param name="smoothing">Frames that a value is the weighted mean of, an odd number.</param>
    public ChromaCens(int smoothing = 41)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(smoothing, 1);
        ArgumentOutOfRangeException.ThrowIfEqual(smoothing % 2, 0);
        window = [.. Enumerable.Range(1, smoothing).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / (smoothing + 1)))];
        double sum = window.Sum();
        for (int i = 0; i < smoothing; i++)
        {
            window[i] /= sum;
        }
    }

    /// <summary>Frames that a value is the weighted mean of.</summary>
    public int Smoothing => window.Length;

    /// <summary>The smoothed steps of each pitch class; the sum of a frame's squares is 1, or 0 far from any sound.</summary>
    /// <param name="chroma">What <see cref="ChromaCqt.Sum"/> or <see cref="ChromaCqt.Compute"/> gives: a frame's scale does not matter.</param>
    public FrameMatrix Compute(FrameMatrix chroma)
    {
        ArgumentNullException.ThrowIfNull(chroma);
        FrameMatrix steps = Quantize(chroma);
        var smooth = new FrameMatrix(chroma.Frames, chroma.Width);
        double[] sums = new double[chroma.Width];
        for (int t = 0; t < chroma.Frames; t++)
        {
            int first = Math.Max(0, t - window.Length / 2);
            int last = Math.Min(chroma.Frames - 1, t + window.Length / 2);
            sums.AsSpan().Clear();
            for (int from = first; from <= last; from++)
            {
                double weight = window[from - t + window.Length / 2];
                ReadOnlySpan<float> values = steps[from];
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += weight * values[i];
                }
            }

            double squares = 0;
            foreach (double sum in sums)
            {
                squares += sum * sum;
            }

            double length = squares > 0 ? Math.Sqrt(squares) : 1;
            Span<float> to = smooth[t];
            for (int i = 0; i < sums.Length; i++)
            {
                to[i] = (float)(sums[i] / length);
            }
        }

        return smooth;
    }

    private static FrameMatrix Quantize(FrameMatrix chroma)
    {
        var steps = new FrameMatrix(chroma.Frames, chroma.Width);
        for (int t = 0; t < chroma.Frames; t++)
        {
            ReadOnlySpan<float> values = chroma[t];
            float sum = 0;
            foreach (float value in values)
            {
                sum += value;
            }

            for (int i = 0; i < values.Length && sum > 0; i++)
            {
                float share = values[i] / sum;
                foreach (float threshold in Thresholds)
                {
                    steps[t][i] += share > threshold ? Step : 0;
                }
            }
        }

        return steps;
    }
}
