namespace Pipeline.Dsp.Segments;

/// <summary>
/// Loudness in the decibels of the Million Song Dataset. Its own figures show the definitions: the mean over the bands of the
/// surfaces that its timbre decodes to, less 60, is its segments' loudness (r = 0.992, slope 0.994 over 116,517 segments of
/// 137 songs, silence -60), and the mean power of its segments' greatest loudness, plus 1 dB, is that of the whole (r = 0.995).
/// </summary>
internal static class Loudness
{
    /// <summary>Silence.</summary>
    public const double LeastDb = -60;

    private const double WholeOverSegmentsDb = 1;
    private const double FadeInDb = -20; // beside the mean loudness
    private const double FadeOutDb = -6; // beside the median loudness

    /// <summary>Loudness of each frame of an auditory spectrum.</summary>
    public static float[] OfFrames(FrameMatrix spectrum)
    {
        float[] loudness = new float[spectrum.Frames];
        for (int t = 0; t < loudness.Length; t++)
        {
            float sum = 0;
            foreach (float value in spectrum[t])
            {
                sum += value;
            }

            loudness[t] = sum / spectrum.Width + (float)LeastDb;
        }

        return loudness;
    }

    /// <summary>Loudness of a piece whose segments have these maxima.</summary>
    public static double OfWhole(ReadOnlySpan<float> maxima)
    {
        double silence = Math.Pow(10, LeastDb / 10), sum = 0;
        foreach (float loudness in maxima)
        {
            sum += Math.Pow(10, loudness / 10) - silence;
        }

        return 10 * Math.Log10(Math.Max(0, sum / maxima.Length) * Math.Pow(10, WholeOverSegmentsDb / 10) + silence);
    }

    /// <summary>How sure a segment's start is, 0 to 1, from the rise to its greatest loudness in decibels.</summary>
    public static float Confidence(float riseDb)
    {
        // The median of 116,000 segments' published confidence for each rise, to within 0.03: 0 below 1 dB, 1 from 15 dB on.
        const double Least = 1, Range = 14.2, Power = 1.6;
        return (float)(1 - Math.Pow(1 - Math.Clamp((riseDb - Least) / Range, 0, 1), Power));
    }

    /// <summary>
    /// The first segment near the mean loudness ends the fade-in, the last near the median begins the fade-out. (Of 137 songs
    /// the first is published within 0.3 s for four in five; the second is 2.4 s off in the median.)
    /// </summary>
    public static (double InEndS, double OutStartS) Fades(ReadOnlySpan<float> start, ReadOnlySpan<float> maxima, double durationS)
    {
        double mean = 0;
        foreach (float loudness in maxima)
        {
            mean += loudness / maxima.Length;
        }

        float[] sorted = maxima.ToArray();
        Array.Sort(sorted);
        double median = sorted[sorted.Length / 2];
        int first = 0, last = maxima.Length - 1;
        while (maxima[first] < mean + FadeInDb)
        {
            first++;
        }

        while (maxima[last] < median + FadeOutDb)
        {
            last--;
        }

        return (start[first], last + 1 < start.Length ? start[last + 1] : durationS);
    }
}
