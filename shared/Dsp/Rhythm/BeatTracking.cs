namespace Pipeline.Dsp.Rhythm;

/// <summary>
/// Beats: the sequence of frames with the strongest onsets at distances nearest to the tempo's, found by dynamic programming
/// (librosa's <c>beat_track</c>; Ellis 2007). It keeps buffers and is for one thread at a time.
/// </summary>
public sealed class BeatTracking
{
    // Weights of less add nothing to a sum in double precision.
    private const double LeastWeight = 1e-18;

    private readonly Tempo tempo;

    /// <summary>Prepares the search.</summary>
    public BeatTracking(BeatSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Tightness);
        Settings = settings;
        tempo = new Tempo(settings.Tempo);
    }

    /// <summary>What was asked for.</summary>
    public BeatSettings Settings { get; }

    /// <summary>Finds the tempo, then the beats.</summary>
    /// <param name="envelope">One value for each frame; librosa takes the onset strength with <see cref="OnsetAggregate.Median"/>.</param>
    public Beats Track(ReadOnlySpan<float> envelope)
        => envelope.ContainsAnyExcept(0f) ? Track(envelope, tempo.Estimate(envelope)) : new Beats(0, [], FrameRate);

    /// <summary>Finds the beats of a tempo.</summary>
    /// <inheritdoc cref="Track(ReadOnlySpan{float})"/>
    /// <param name="envelope">One value for each frame.</param>
    /// <param name="beatsPerMinute">The tempo.</param>
    public Beats Track(ReadOnlySpan<float> envelope, double beatsPerMinute)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beatsPerMinute);
        int period = Math.Max(1, (int)Math.Round(60 * FrameRate / beatsPerMinute)); // halves to the even number, as NumPy
        double[] strengths = Strengths(envelope, period);
        (int[] before, double[] scores) = Link(strengths, period);
        var beats = new List<int>();
        for (int beat = LastBeat(scores); beat >= 0; beat = before[beat])
        {
            beats.Add(beat);
        }

        beats.Reverse();
        return new Beats(beatsPerMinute, Trim(beats, strengths), FrameRate);
    }

    private double FrameRate => Settings.Tempo.SampleRate / Settings.Tempo.Hop;

    // The envelope in units of its standard deviation, smoothed a little.
    private static double[] Strengths(ReadOnlySpan<float> envelope, int period)
    {
        double mean = 0;
        foreach (float value in envelope)
        {
            mean += (double)value / envelope.Length;
        }

        double squares = 0;
        foreach (float value in envelope)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = envelope.Length > 1 ? Math.Sqrt(squares / (envelope.Length - 1)) : 0;
        double unit = deviation > 0 ? 1 / deviation : 1;
        double[] window = [.. Enumerable.Range(0, period + 1).Select(n => Math.Exp(-0.5 * Math.Pow(32.0 * n / period, 2))).TakeWhile(w => w > LeastWeight)];
        double[] strengths = new double[envelope.Length];
        for (int t = 0; t < strengths.Length; t++)
        {
            double sum = 0;
            int last = Math.Min(strengths.Length - 1, t + window.Length - 1);
            for (int from = Math.Max(0, t - window.Length + 1); from <= last; from++)
            {
                sum += window[Math.Abs(from - t)] * envelope[from];
            }

            strengths[t] = sum * unit;
        }

        return strengths;
    }

    // Of each frame, were it a beat: the beat before it (negative for none), and the score of all up to it.
    private (int[] Before, double[] Scores) Link(double[] strengths, int period)
    {
        // Distances to the beat before, from the longest to the shortest: of equal candidates, the earliest counts.
        int longest = 2 * period;
        int shortest = Math.Max(1, (int)Math.Round(period / 2.0));
        double[] costs = [.. Enumerable.Range(0, longest - shortest + 1).Select(i => -Settings.Tightness * Math.Pow(Math.Log((double)(longest - i) / period), 2))];
        double threshold = strengths.Length > 0 ? 0.01 * strengths.Max() : 0;
        int[] before = new int[strengths.Length];
        double[] scores = new double[strengths.Length];
        bool isFirst = true;
        for (int t = 0; t < strengths.Length; t++)
        {
            int best = 0;
            double greatest = double.NegativeInfinity;
            for (int i = 0; i < costs.Length; i++)
            {
                int from = t - longest + i;
                double score = from < 0 ? costs[i] : costs[i] + scores[from];
                if (score > greatest)
                {
                    (best, greatest) = (from, score);
                }
            }

            scores[t] = strengths[t] + greatest;
            isFirst = isFirst && strengths[t] < threshold;
            before[t] = isFirst ? -1 : best;
        }

        return (before, scores);
    }

    // Scores grow: the last of their peaks that is at least half as high as peaks are; -1 where there is no peak.
    private static int LastBeat(double[] scores)
    {
        int[] peaks = [.. Enumerable.Range(0, scores.Length).Where(t => IsPeak(scores, t))];
        double[] heights = [.. peaks.Select(t => scores[t]).Order()];
        if (heights.Length == 0)
        {
            return -1;
        }

        double median = (heights[(heights.Length - 1) / 2] + heights[heights.Length / 2]) / 2;
        return Array.FindLast([-1, .. peaks], t => t < 0 || 2 * scores[t] > median);
    }

    private static bool IsPeak(double[] scores, int t)
        => t > 0 && scores[t] > scores[t - 1] && (t == scores.Length - 1 || scores[t] >= scores[t + 1]);

    private int[] Trim(List<int> beats, double[] strengths)
    {
        // Each with half of either neighbour.
        double[] smooth = new double[beats.Count];
        for (int i = 0; i < smooth.Length; i++)
        {
            smooth[i] = strengths[beats[i]];
            smooth[i] += i > 0 ? 0.5 * strengths[beats[i - 1]] : 0;
            smooth[i] += i < smooth.Length - 1 ? 0.5 * strengths[beats[i + 1]] : 0;
        }

        double threshold = Settings.IsTrimmed ? 0.5 * Math.Sqrt(smooth.Sum(s => s * s) / Math.Max(1, smooth.Length)) : 0;
        int first = Array.FindIndex(smooth, s => s > threshold);
        int last = Array.FindLastIndex(smooth, s => s > threshold);
        return first < 0 ? [] : [.. beats[first..(Settings.IsLastLeftOut ? last : last + 1)]];
    }
}
