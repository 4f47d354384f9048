namespace Pipeline.Dsp.Segments;

/// <summary>
/// Divides music into segments, each about a note or a stroke: one begins where the auditory spectrum, smoothed, rises in
/// many bands, at the steepest rise nearby.
/// </summary>
public sealed partial class Segmenter
{
    private readonly SegmenterSettings settings;
    private readonly float[] smoothing; // adds up to 1
    private readonly bool isVector;

    /// <summary>Prepares the division.</summary>
    public Segmenter(SegmenterSettings settings)
        : this(settings, IsVectorSupported)
    {
    }

    private Segmenter(SegmenterSettings settings, bool isVector)
    {
        this.isVector = isVector;
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.Smoothing);
        this.settings = settings;
        float[] window = WindowFunction.Periodic(WindowShape.Hann, 2 * settings.Smoothing + 2)[1..];
        float sum = window.Sum();
        smoothing = [.. window.Select(v => v / sum)];
    }

    /// <summary>The division without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static Segmenter Reference(SegmenterSettings settings) => new(settings, false);

    /// <summary>The first frame of each segment, ascending; the first is 0.</summary>
    /// <param name="spectrum">Decibels of the critical bands of each frame, masked.</param>
    public int[] Divide(FrameMatrix spectrum)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        float[] coarse = Rises(Smooth(spectrum), settings.Rise);
        float[] fine = Rises(spectrum, settings.SteepRise);
        var starts = new List<int> { 0 };
        foreach (int peak in Peaks(coarse))
        {
            int steepest = Steepest(fine, peak);
            int start = steepest - settings.SteepRise / 2 - settings.Ahead;
            if (start - starts[^1] >= settings.LeastLength && start + settings.LeastLength < spectrum.Frames)
            {
                starts.Add(start);
            }
        }

        return [.. starts];
    }

    // Each band over time; the first and the last frame go on for ever.
    internal FrameMatrix Smooth(FrameMatrix spectrum)
    {
        var smooth = new FrameMatrix(spectrum.Frames, spectrum.Width);
        int reach = settings.Smoothing;
        int first = isVector ? Math.Min(reach, spectrum.Frames) : spectrum.Frames;
        int last = Math.Max(first, spectrum.Frames - reach);
        SmoothReference(spectrum, smooth, 0, first);
        SmoothReference(spectrum, smooth, last, spectrum.Frames);
        SmoothVector(spectrum.Values, smooth.Values, first * spectrum.Width, last * spectrum.Width, spectrum.Width);
        return smooth;
    }

    private void SmoothReference(FrameMatrix spectrum, FrameMatrix smooth, int from, int to)
    {
        int reach = settings.Smoothing;
        for (int t = from; t < to; t++)
        {
            for (int k = -reach; k <= reach; k++)
            {
                ReadOnlySpan<float> row = spectrum[Math.Clamp(t + k, 0, spectrum.Frames - 1)];
                for (int band = 0; band < row.Length; band++)
                {
                    smooth[t][band] += smoothing[k + reach] * row[band];
                }
            }
        }
    }

    // The mean rise of the bands that rise over so many frames, of which t is the middle.
    private static float[] Rises(FrameMatrix spectrum, int length)
    {
        float[] rises = new float[spectrum.Frames];
        for (int first = 0; first + length < spectrum.Frames; first++)
        {
            ReadOnlySpan<float> before = spectrum[first], after = spectrum[first + length];
            float sum = 0;
            for (int band = 0; band < before.Length; band++)
            {
                float rise = after[band] - before[band];
                sum += rise > 0 ? rise : 0;
            }

            rises[first + length / 2] = sum / before.Length;
        }

        return rises;
    }

    // Maxima that are high enough, none near a higher one; in order of time.
    private List<int> Peaks(float[] rises)
    {
        var maxima = new List<int>();
        for (int t = 1; t + 1 < rises.Length; t++)
        {
            if (rises[t] >= settings.LeastRiseDb && rises[t] > rises[t - 1] && rises[t] >= rises[t + 1])
            {
                maxima.Add(t);
            }
        }

        var peaks = new List<int>();
        bool[] isTaken = new bool[rises.Length];
        foreach (int t in maxima.OrderByDescending(t => rises[t]).ThenBy(t => t))
        {
            if (!isTaken[t])
            {
                peaks.Add(t);
                int from = Math.Max(0, t - settings.LeastDistance + 1), to = Math.Min(rises.Length, t + settings.LeastDistance);
                Array.Fill(isTaken, true, from, to - from);
            }
        }

        peaks.Sort();
        return peaks;
    }

    private int Steepest(float[] rises, int near)
    {
        int best = near;
        for (int t = Math.Max(0, near - settings.SteepReach); t <= Math.Min(rises.Length - 1, near + settings.SteepReach); t++)
        {
            best = rises[t] > rises[best] ? t : best;
        }

        return best;
    }
}
