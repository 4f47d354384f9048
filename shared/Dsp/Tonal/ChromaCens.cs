namespace Pipeline.Dsp.Tonal;

/// <summary>
/// Chroma Energy Normalized Statistics: pitch classes' shares of each frame, rounded to a few steps and smoothed over time, so
/// that dynamics, timbre and ornaments matter little (librosa's <c>chroma_cens</c>).
/// </summary>
public sealed partial class ChromaCens
{
    // A share above each of these adds a step.
    private static readonly float[] Thresholds = [0.4f, 0.2f, 0.1f, 0.05f];
    private const float Step = 0.25f;

    private readonly float[] window; // symmetric, of an odd length, with the sum 1
    private readonly bool isVector;

    /// <summary>Prepares the smoothing.</summary>
    /// <param name="smoothing">Frames that a value is the weighted mean of, an odd number.</param>
    public ChromaCens(int smoothing = 41)
        : this(smoothing, IsVectorSupported)
    {
    }

    private ChromaCens(int smoothing, bool isVector)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(smoothing, 1);
        ArgumentOutOfRangeException.ThrowIfEqual(smoothing % 2, 0);
        this.isVector = isVector;
        double[] hann = [.. Enumerable.Range(1, smoothing).Select(i => 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / (smoothing + 1)))];
        double sum = hann.Sum();
        window = [.. hann.Select(w => (float)(w / sum))];
    }

    /// <summary>The smoothing without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static ChromaCens Reference(int smoothing = 41) => new(smoothing, false);

    /// <summary>Frames that a value is the weighted mean of.</summary>
    public int Smoothing => window.Length;

    /// <summary>The smoothed steps of each pitch class; the sum of a frame's squares is 1, or 0 far from any sound.</summary>
    /// <param name="chroma">What <see cref="ChromaCqt"/> gives; a frame's scale does not matter.</param>
    public FrameMatrix Compute(FrameMatrix chroma)
    {
        ArgumentNullException.ThrowIfNull(chroma);
        int margin = window.Length / 2 * chroma.Width;
        float[] steps = new float[chroma.Values.Length + 2 * margin]; // with silence before and behind
        Quantize(chroma, steps.AsSpan(margin));
        var smooth = new FrameMatrix(chroma.Frames, chroma.Width);
        SmoothReference(steps, smooth, isVector ? SmoothVector(steps, smooth) : 0);
        for (int t = 0; t < smooth.Frames; t++)
        {
            Normalize(smooth[t]);
        }

        return smooth;
    }

    // The values of a class follow each other at a distance of the number of classes.
    private void SmoothReference(float[] steps, FrameMatrix smooth, int first)
    {
        for (int i = first; i < smooth.Values.Length; i++)
        {
            double sum = 0;
            for (int j = 0; j < window.Length; j++)
            {
                sum += window[j] * steps[i + j * smooth.Width];
            }

            smooth.Values[i] = (float)sum;
        }
    }

    private static void Normalize(Span<float> frame)
    {
        double squares = 0;
        foreach (float value in frame)
        {
            squares += (double)value * value;
        }

        double length = squares > 0 ? Math.Sqrt(squares) : 1;
        foreach (ref float value in frame)
        {
            value = (float)(value / length);
        }
    }

    private static void Quantize(FrameMatrix chroma, Span<float> steps)
    {
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
                    steps[t * values.Length + i] += share > threshold ? Step : 0;
                }
            }
        }
    }
}
