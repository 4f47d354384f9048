namespace Pipeline.Dsp.Rhythm;

/// <summary>The onsets of notes: peaks of an onset envelope (librosa's <c>onset_detect</c>).</summary>
public sealed class OnsetDetection
{
    private readonly int preMax;
    private readonly int postMax;
    private readonly int preAverage;
    private readonly int postAverage;
    private readonly int wait;

    /// <summary>Prepares the detection.</summary>
    public OnsetDetection(OnsetDetectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.FrameRate);
        Settings = settings;
        int shorter = (int)Math.Floor(0.03 * settings.FrameRate);
        int longer = (int)Math.Floor(0.10 * settings.FrameRate);
        preMax = settings.PreMax ?? shorter;
        postMax = settings.PostMax ?? 1;
        preAverage = settings.PreAverage ?? longer;
        postAverage = settings.PostAverage ?? longer + 1;
        wait = settings.Wait ?? shorter;
        ArgumentOutOfRangeException.ThrowIfNegative(preMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(postMax, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(preAverage);
        ArgumentOutOfRangeException.ThrowIfLessThan(postAverage, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(wait);
    }

    /// <summary>What was asked for.</summary>
    public OnsetDetectionSettings Settings { get; }

    /// <summary>The frames of the onsets, ascending; none where the envelope is flat.</summary>
    public int[] Detect(ReadOnlySpan<float> envelope)
    {
        float[] heights = Settings.IsNormalized ? Normalize(envelope) : envelope.ToArray();
        var onsets = new List<int>();
        for (int t = 0; t < heights.Length; t++)
        {
            if (heights[t] != 0 && IsPeak(heights, t) && (onsets.Count == 0 || t > onsets[^1] + wait))
            {
                onsets.Add(t);
            }
        }

        return Settings.IsBacktracked ? Backtrack(onsets, heights) : [.. onsets];
    }

    private static float[] Normalize(ReadOnlySpan<float> envelope)
    {
        float least = float.PositiveInfinity;
        float greatest = float.NegativeInfinity;
        foreach (float height in envelope)
        {
            least = Math.Min(least, height);
            greatest = Math.Max(greatest, height);
        }

        float[] heights = new float[envelope.Length];
        for (int t = 0; t < heights.Length && greatest > least; t++)
        {
            heights[t] = (envelope[t] - least) / (greatest - least);
        }

        return heights;
    }

    private bool IsPeak(float[] heights, int t)
    {
        int last = Math.Min(heights.Length, t + postMax);
        for (int i = Math.Max(0, t - preMax); i < last; i++)
        {
            if (heights[i] > heights[t])
            {
                return false;
            }
        }

        int first = Math.Max(0, t - preAverage);
        last = Math.Min(heights.Length, t + postAverage);
        double sum = 0;
        for (int i = first; i < last; i++)
        {
            sum += heights[i];
        }

        return heights[t] >= sum / (last - first) + Settings.Delta;
    }

    // To the last minimum at or before each onset; the beginning counts as one.
    private static int[] Backtrack(List<int> onsets, float[] heights)
    {
        int[] moved = [.. onsets];
        for (int i = 0; i < moved.Length; i++)
        {
            while (moved[i] > 0 && !(moved[i] < heights.Length - 1
                && heights[moved[i]] <= heights[moved[i] - 1] && heights[moved[i]] < heights[moved[i] + 1]))
            {
                moved[i]--;
            }
        }

        return moved;
    }
}
