namespace Pipeline.Dsp.Segments;

/// <summary>The segments of a piece: where they are, how loud they are and what they sound like.</summary>
public sealed class SegmentAnalysis
{
    // A segment starts so many samples after the centre of its first frame: 2.5 hops. With starts as the Million Song Dataset
    // gives them, surfaces agree with the published timbre 10 to 15 ms earlier, and its starts gather half a hop off the frames.
    private const int StartDelay = 320;

    private const int MomentsAsTheyAre = 10;

    private SegmentAnalysis(int segments)
    {
        Start = new float[segments];
        Confidence = new float[segments];
        LoudnessStart = new float[segments];
        LoudnessMax = new float[segments];
        LoudnessMaxTime = new float[segments];
        Timbre = new float[segments * SongAnalysis.Dimensions];
    }

    /// <summary>Start of each segment in seconds, ascending; the first is 0.</summary>
    public float[] Start { get; }

    /// <summary>Confidence of each segment's start, 0 to 1.</summary>
    public float[] Confidence { get; }

    /// <summary>Loudness at each segment's start in decibels, -60 (silence) or more.</summary>
    public float[] LoudnessStart { get; }

    /// <summary>Greatest loudness of each segment in decibels, -60 (silence) or more.</summary>
    public float[] LoudnessMax { get; }

    /// <summary>Seconds from each segment's start to its greatest loudness.</summary>
    public float[] LoudnessMaxTime { get; }

    /// <summary>12 values of each segment, one segment after the other.</summary>
    public float[] Timbre { get; }

    /// <summary>Measures the segments.</summary>
    /// <param name="spectrum">The auditory spectrum, masked: 23 decibels of each frame.</param>
    /// <param name="firstFrames">The first frame of each segment, ascending; the first is 0.</param>
    /// <param name="settings">What the spectrum was computed with.</param>
    public static SegmentAnalysis Measure(FrameMatrix spectrum, ReadOnlySpan<int> firstFrames, AuditorySettings settings)
    {
        ArgumentNullException.ThrowIfNull(spectrum);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectrum.Width, TimbreBasis.Bands);
        var analysis = new SegmentAnalysis(firstFrames.Length);
        float[] loudness = Loudness.OfFrames(spectrum);
        float[] surface = new float[TimbreBasis.SurfaceSize];
        for (int i = 0; i < firstFrames.Length; i++)
        {
            int first = firstFrames[i], end = i + 1 < firstFrames.Length ? firstFrames[i + 1] : spectrum.Frames;
            ReadOnlySpan<float> within = loudness.AsSpan(first, end - first);
            (double place, analysis.LoudnessMax[i]) = Maximum(within);
            analysis.Start[i] = first == 0 ? 0 : (float)(((double)first * settings.Hop + StartDelay) / settings.SampleRate);
            analysis.LoudnessStart[i] = within[0];
            analysis.LoudnessMaxTime[i] = (float)(place * settings.Hop / settings.SampleRate);
            analysis.Confidence[i] = Loudness.Confidence(analysis.LoudnessMax[i] - within[0]);
            Surface(spectrum, first, end, surface);
            TimbreBasis.Published.Encode(surface, analysis.Timbre.AsSpan(i * SongAnalysis.Dimensions, SongAnalysis.Dimensions));
        }

        return analysis;
    }

    /// <summary>A segment's surface: its first ten frames, then ten moments evenly spaced to its end, between frames.</summary>
    internal static void Surface(FrameMatrix spectrum, int first, int end, Span<float> surface)
    {
        const int rest = TimbreBasis.Moments - MomentsAsTheyAre;
        double step = Math.Max(0, end - first - MomentsAsTheyAre) / (double)rest;
        for (int moment = 0; moment < TimbreBasis.Moments; moment++)
        {
            double place = first + Math.Min(moment, MomentsAsTheyAre) + Math.Max(0, moment + 1 - MomentsAsTheyAre) * step;
            place = Math.Min(place, spectrum.Frames - 1);
            ReadOnlySpan<float> before = spectrum[(int)place], after = spectrum[Math.Min((int)place + 1, spectrum.Frames - 1)];
            float share = (float)(place - (int)place);
            for (int band = 0; band < TimbreBasis.Bands; band++)
            {
                surface[moment * TimbreBasis.Bands + band] = before[band] + (after[band] - before[band]) * share;
            }
        }
    }

    // The greatest value, and its place between frames: that of the parabola through it and its neighbours.
    private static (double Place, float Value) Maximum(ReadOnlySpan<float> loudness)
    {
        int at = 0;
        for (int t = 1; t < loudness.Length; t++)
        {
            at = loudness[t] > loudness[at] ? t : at;
        }

        if (at == 0 || at + 1 == loudness.Length)
        {
            return (at, loudness[at]);
        }

        double before = loudness[at] - loudness[at - 1], after = loudness[at] - loudness[at + 1];
        return (at + 0.5 * (before - after) / (before + after), loudness[at]);
    }
}
