namespace Pipeline.Dsp.Segments;

/// <summary>The parts of a piece of music: where what is heard over several seconds changes.</summary>
public static class Sections
{
    private const double ReachS = 7; // before and after a boundary
    private const double LeastS = 8; // of a section
    private const int Width = 2 * SongAnalysis.Dimensions;
    private const double Threshold = 0.45; // in standard deviations

    /// <summary>Finds the sections.</summary>
    /// <param name="segmentStarts">Start of each of the n segments in seconds, ascending.</param>
    /// <param name="timbre">12 x n values, 12 of each segment.</param>
    /// <param name="pitches">12 x n values, 12 of each segment.</param>
    /// <param name="beatsStart">Start of each beat in seconds, ascending; sections begin on one, or, where there are none, on a segment.</param>
    /// <param name="durationS">End of the last segment in seconds.</param>
    /// <returns>Start of each section in seconds, the first 0, and its confidence, 0 to 1, the first 1; none where there are no segments.</returns>
    public static (float[] Start, float[] Confidence) Find(
        ReadOnlySpan<float> segmentStarts, ReadOnlySpan<float> timbre, ReadOnlySpan<float> pitches, ReadOnlySpan<float> beatsStart, double durationS)
    {
        if (segmentStarts.IsEmpty)
        {
            return ([], []);
        }

        float[] times = (beatsStart.Length > 3 ? beatsStart : segmentStarts).ToArray();
        double[] change = Change(times, Sums(Features(times, segmentStarts, timbre, pitches)), durationS);
        var found = new List<int>();
        foreach (int i in Enumerable.Range(0, times.Length).Where(i => change[i] > Threshold).OrderByDescending(i => change[i]).ThenBy(i => i))
        {
            if (times[i] >= LeastS && times[i] <= durationS - LeastS && found.All(j => Math.Abs(times[i] - times[j]) >= LeastS))
            {
                found.Add(i);
            }
        }

        found.Sort();
        return ([0, .. found.Select(i => times[i])], [1, .. found.Select(i => (float)Math.Clamp(2.5 * (change[i] - Threshold) + 0.05, 0, 1))]);
    }

    // Timbre and pitches of the segment that sounds at each time, each value standardized.
    private static double[] Features(float[] times, ReadOnlySpan<float> starts, ReadOnlySpan<float> timbre, ReadOnlySpan<float> pitches)
    {
        double[] features = new double[times.Length * Width];
        int segment = 0;
        for (int i = 0; i < times.Length; i++)
        {
            while (segment + 1 < starts.Length && starts[segment + 1] <= times[i] + 0.05)
            {
                segment++;
            }

            for (int c = 0; c < SongAnalysis.Dimensions; c++)
            {
                features[i * Width + c] = timbre[segment * SongAnalysis.Dimensions + c];
                features[i * Width + SongAnalysis.Dimensions + c] = pitches[segment * SongAnalysis.Dimensions + c];
            }
        }

        for (int c = 0; c < Width; c++)
        {
            (double sum, double squares) = (0, 0);
            for (int i = 0; i < times.Length; i++)
            {
                sum += features[i * Width + c];
                squares += features[i * Width + c] * features[i * Width + c];
            }

            double mean = sum / times.Length;
            double deviation = Math.Sqrt(Math.Max(0, squares / times.Length - mean * mean));
            for (int i = 0; i < times.Length; i++)
            {
                features[i * Width + c] = deviation > 1e-9 * (1 + Math.Abs(mean)) ? (features[i * Width + c] - mean) / deviation : 0;
            }
        }

        return features;
    }

    // Before each time, of all earlier ones.
    private static double[] Sums(double[] features)
    {
        double[] sums = new double[features.Length + Width];
        for (int i = 0; i < features.Length; i++)
        {
            sums[i + Width] = sums[i] + features[i];
        }

        return sums;
    }

    // The distance between the means before and after each time, where 1 would be a standard deviation in each value.
    private static double[] Change(float[] times, double[] sums, double durationS)
    {
        double[] change = new double[times.Length];
        (int from, int to) = (0, 0);
        for (int i = 0; i < times.Length; i++)
        {
            double reach = Math.Min(ReachS, Math.Min(times[i], durationS - times[i]));
            while (from < i && times[from] < times[i] - ReachS)
            {
                from++;
            }

            while (to < times.Length && times[to] < times[i] + ReachS)
            {
                to++;
            }

            if (i == from || to == i)
            {
                continue;
            }

            double squares = 0;
            for (int c = 0; c < Width; c++)
            {
                double before = (sums[i * Width + c] - sums[from * Width + c]) / (i - from);
                double after = (sums[to * Width + c] - sums[i * Width + c]) / (to - i);
                squares += (after - before) * (after - before);
            }

            change[i] = Math.Sqrt(squares / Width) * Math.Min(1, reach / LeastS);
        }

        return change;
    }
}
