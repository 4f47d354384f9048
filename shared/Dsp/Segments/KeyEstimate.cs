namespace Pipeline.Dsp.Segments;

/// <summary>Key and mode of a piece of music.</summary>
/// <param name="Key">0 (C) to 11 (B).</param>
/// <param name="KeyConfidence">0 to 1.</param>
/// <param name="Mode">0 minor, 1 major.</param>
/// <param name="ModeConfidence">0 to 1.</param>
public readonly record struct KeyEstimate(int Key, double KeyConfidence, int Mode, double ModeConfidence)
{
    private const int Classes = SongAnalysis.Dimensions;
    private const double LongestS = 2;
    private const double DurationExponent = 1.5; // what is long says more than its length: it is better resolved
    private const double MajorBias = -0.26;

    // How each class above the tonic speaks for it: fitted (multinomial logistic, drawn towards Krumhansl and Kessler's probe-tone
    // profiles) to the published keys of 136 songs and their published pitches. Held-out songs agree in the key for 59 %, in key and
    // mode for 56 %; with the probe-tone profiles themselves for 44 % and 40 %.
    private static ReadOnlySpan<double> Minor => [1.15, -0.60, 0.52, 0.58, -0.55, 0.20, -0.45, 0.23, 0.20, -0.34, 0.02, -0.96];

    private static ReadOnlySpan<double> Major => [0.95, -0.36, 0.51, -0.92, 0.32, 0.60, -0.68, 1.19, -0.91, -0.02, -1.08, 0.39];

    /// <summary>The key that segments speak for; without any, or without differences in pitch, C major with confidence 0.</summary>
    /// <param name="pitches">12 x n values, 12 of each segment, C to B.</param>
    /// <param name="durations">Length of each of the n segments in seconds.</param>
    public static KeyEstimate Of(ReadOnlySpan<float> pitches, ReadOnlySpan<float> durations)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pitches.Length, Classes * durations.Length);
        Span<double> profile = stackalloc double[Classes];
        profile.Clear();
        for (int i = 0; i < durations.Length; i++)
        {
            double weight = Math.Pow(Math.Clamp(durations[i], 0, LongestS), DurationExponent);
            for (int c = 0; c < Classes; c++)
            {
                profile[c] += weight * pitches[i * Classes + c];
            }
        }

        return Standardize(profile) ? OfProfile(profile) : new KeyEstimate(0, 0, 1, 0);
    }

    private static KeyEstimate OfProfile(ReadOnlySpan<double> profile)
    {
        Span<double> likelihood = stackalloc double[2 * Classes]; // minor keys, then major ones
        double sum = 0;
        for (int key = 0; key < Classes; key++)
        {
            (double minor, double major) = (0, MajorBias);
            for (int c = 0; c < Classes; c++)
            {
                minor += Minor[c] * profile[(key + c) % Classes];
                major += Major[c] * profile[(key + c) % Classes];
            }

            sum += likelihood[key] = Math.Exp(minor);
            sum += likelihood[Classes + key] = Math.Exp(major);
        }

        int best = 0;
        for (int i = 0; i < likelihood.Length; i++)
        {
            best = likelihood[i] > likelihood[best] ? i : best;
        }

        int tonic = best % Classes;
        double both = likelihood[tonic] + likelihood[tonic + Classes];

        // Brought to the scale of the published confidences: their 5th to 95th percentiles are 0.01 and 0.88, 0.18 and 0.73.
        double keyConfidence = Math.Clamp(1.6 * (both / sum - 0.24), 0, 1);
        double modeConfidence = Math.Clamp(keyConfidence * 0.5 + 0.5 * (likelihood[best] / both - 0.5), 0, 1);
        return new KeyEstimate(tonic, keyConfidence, best / Classes, modeConfidence);
    }

    private static bool Standardize(Span<double> values)
    {
        double mean = 0;
        foreach (double value in values)
        {
            mean += value / values.Length;
        }

        double variance = 0;
        foreach (ref double value in values)
        {
            value -= mean;
            variance += value * value / values.Length;
        }

        if (!(variance > 1e-12 * mean * mean) || !double.IsFinite(variance))
        {
            return false;
        }

        foreach (ref double value in values)
        {
            value /= Math.Sqrt(variance);
        }

        return true;
    }
}
