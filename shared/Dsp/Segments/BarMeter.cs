namespace Pipeline.Dsp.Segments;

/// <summary>Beats per bar, and the beat that begins one, from what the beats sound like.</summary>
internal sealed class BarMeter
{
    private const int LeastBeats = 12;
    private const double LeastMargin = 0.03; // between the best and the second, in the scores' units
    private const int Reach = 8; // beats on either side that a beat is compared with

    // How much less likely than four beats, in the scores' own units.
    private static readonly (int Beats, double Handicap)[] Meters = [(4, 0), (3, 0.04), (5, 0.16), (7, 0.2)];

    /// <summary>Finds the bars.</summary>
    /// <param name="onsets">The onsets.</param>
    /// <param name="beats">The beats in steps.</param>
    public BarMeter(BeatOnsets onsets, double[] beats)
    {
        Accents = new double[beats.Length];
        if (beats.Length < LeastBeats)
        {
            return;
        }

        FrameMatrix sounds = Sounds(onsets, beats);
        double[] strength = Around([.. beats.Select(b => (double)BeatOnsets.At(onsets.Strength, b))]);
        double[] low = Around([.. beats.Select(b => (double)BeatOnsets.At(onsets.LowStrength, b))]);
        double[] change = Around(Changes(sounds));
        for (int i = 0; i < beats.Length; i++)
        {
            Accents[i] = 0.5 * strength[i] + low[i] + change[i];
        }

        double[] likeness = Likeness(sounds, strength, change);
        double mean = likeness.Skip(1).Average();
        (double best, double second) = (double.NegativeInfinity, double.NegativeInfinity);
        foreach ((int meter, double handicap) in Meters)
        {
            double score = Score(likeness, meter) - mean - handicap;
            if (score > best)
            {
                (second, best, BeatsPerBar) = (best, score, meter);
            }
            else if (score > second)
            {
                second = score;
            }
        }

        // The rest are called one by one, as the published ones are where bars cannot be told.
        BeatsPerBar = best - second < LeastMargin ? 1 : BeatsPerBar;
        Confidence = Math.Clamp(3 * (best - second - LeastMargin), 0, 1);
        Phase = Enumerable.Range(0, BeatsPerBar).MaxBy(phase => MeanAccent(phase, BeatsPerBar));
    }

    /// <summary>Beats per bar; 1 where it cannot be told.</summary>
    public int BeatsPerBar { get; } = 1;

    /// <summary>Confidence of the beats per bar, 0 to 1.</summary>
    public double Confidence { get; }

    /// <summary>The first beat that begins a bar.</summary>
    public int Phase { get; }

    /// <summary>How much each beat stands out from those around it, in standard deviations.</summary>
    public double[] Accents { get; }

    private double MeanAccent(int phase, int meter)
    {
        (double sum, int count) = (0, 0);
        for (int i = phase; i < Accents.Length; i += meter)
        {
            sum += Accents[i];
            count++;
        }

        return sum / Math.Max(1, count);
    }

    // The bands' decibels in the first half of each beat, less the mean over the beats around.
    private static FrameMatrix Sounds(BeatOnsets onsets, double[] beats)
    {
        int bands = onsets.Loudness.Width;
        var sounds = new FrameMatrix(beats.Length, bands);
        for (int i = 0; i < beats.Length; i++)
        {
            double length = i + 1 < beats.Length ? beats[i + 1] - beats[i] : beats[i] - beats[i - 1];
            int from = Math.Clamp((int)beats[i], 0, onsets.Loudness.Frames - 1);
            int to = Math.Clamp((int)(beats[i] + length / 2), from + 1, onsets.Loudness.Frames);
            for (int step = from; step < to; step++)
            {
                for (int band = 0; band < bands; band++)
                {
                    sounds[i][band] += onsets.Loudness[step][band] / (to - from);
                }
            }
        }

        double[] column = new double[beats.Length];
        for (int band = 0; band < bands; band++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = sounds[i][band];
            }

            double[] around = Around(column);
            for (int i = 0; i < column.Length; i++)
            {
                sounds[i][band] = (float)around[i];
            }
        }

        return sounds;
    }

    private static double[] Changes(FrameMatrix sounds)
    {
        double[] changes = new double[sounds.Frames];
        for (int i = 1; i < changes.Length; i++)
        {
            for (int band = 0; band < sounds.Width; band++)
            {
                changes[i] += Math.Abs(sounds[i][band] - sounds[i - 1][band]);
            }
        }

        return changes;
    }

    // How alike beats are that lie 0, 1, 2, ... apart: 1 for the same.
    private static double[] Likeness(FrameMatrix sounds, params double[][] curves)
    {
        double[] likeness = new double[Math.Min(17, sounds.Frames)];
        for (int lag = 0; lag < likeness.Length; lag++)
        {
            double sum = 0;
            for (int i = lag; i < sounds.Frames; i++)
            {
                for (int band = 0; band < sounds.Width; band++)
                {
                    sum += sounds[i][band] * sounds[i - lag][band] / sounds.Width;
                }

                foreach (double[] curve in curves)
                {
                    sum += curve[i] * curve[i - lag];
                }
            }

            likeness[lag] = sum / ((curves.Length + 1) * (sounds.Frames - lag));
        }

        return likeness;
    }

    private static double Score(double[] likeness, int meter)
    {
        (double sum, int count) = (0, 0);
        for (int lag = meter; lag <= Math.Min(3 * meter, likeness.Length - 1); lag += meter)
        {
            sum += likeness[lag];
            count++;
        }

        return sum / Math.Max(1, count);
    }

    // Less the mean over the values around, divided by the standard deviation.
    private static double[] Around(double[] values)
    {
        double[] sums = new double[values.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }

        double[] around = new double[values.Length];
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            (int from, int to) = (Math.Max(0, i - Reach), Math.Min(values.Length, i + Reach + 1));
            around[i] = values[i] - (sums[to] - sums[from]) / (to - from);
            squares += around[i] * around[i];
        }

        double deviation = Math.Sqrt(squares / values.Length);
        for (int i = 0; i < values.Length && deviation > 1e-6; i++)
        {
            around[i] /= deviation;
        }

        return around;
    }
}
