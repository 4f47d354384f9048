namespace Pipeline.Dsp.Segments;

/// <summary>Places beats: where sounds begin, and evenly. Dynamic programming after Ellis, Beat Tracking by Dynamic Programming, 2007.</summary>
internal static class BeatTracker
{
    private const double WeakShare = 0.4; // of the beats' root mean square: weaker ones at the ends are left out

    /// <summary>Beats' places in steps, ascending.</summary>
    /// <param name="strength">Strength of what begins at each step.</param>
    /// <param name="period">Steps from beat to beat.</param>
    /// <param name="tightness">How much evenness counts.</param>
    public static double[] Track(float[] strength, double period, double tightness)
    {
        int shortest = Math.Max(1, (int)Math.Round(period / 2));
        int longest = (int)Math.Round(2 * period);
        double[] penalty = new double[longest + 1];
        for (int lag = shortest; lag <= longest; lag++)
        {
            double deviation = Math.Log(lag / period);
            penalty[lag] = -tightness * deviation * deviation;
        }

        float[] local = Local(strength, period);
        double[] score = new double[strength.Length];
        int[] previous = new int[strength.Length];
        for (int step = 0; step < strength.Length; step++)
        {
            (double best, int from) = (0, -1); // the beginning of a chain
            for (int lag = shortest; lag <= Math.Min(longest, step); lag++)
            {
                double candidate = score[step - lag] + penalty[lag];
                if (candidate > best)
                {
                    (best, from) = (candidate, step - lag);
                }
            }

            (score[step], previous[step]) = (local[step] + best, from);
        }

        return Refined(local, Trimmed(local, Chain(score, previous, period)));
    }

    // The onsets under a bell as wide as a sixteenth of a beat.
    private static float[] Local(float[] strength, double period)
    {
        double width = period / 32;
        int reach = Math.Max(1, (int)(3 * width));
        float[] bell = [.. Enumerable.Range(-reach, 2 * reach + 1).Select(i => (float)Math.Exp(-0.5 * i * i / (width * width)))];
        float[] local = new float[strength.Length];
        for (int step = 0; step < local.Length; step++)
        {
            float sum = 0;
            for (int i = Math.Max(-reach, -step); i <= Math.Min(reach, local.Length - 1 - step); i++)
            {
                sum += bell[i + reach] * strength[step + i];
            }

            local[step] = sum;
        }

        return local;
    }

    // Backwards from the best end within the last period.
    private static List<int> Chain(double[] score, int[] previous, double period)
    {
        int last = score.Length - 1;
        for (int step = last; step >= Math.Max(0, score.Length - period); step--)
        {
            last = score[step] > score[last] ? step : last;
        }

        var beats = new List<int>();
        for (int step = last; step >= 0; step = previous[step])
        {
            beats.Add(step);
        }

        beats.Reverse();
        return beats;
    }

    private static List<int> Trimmed(float[] local, List<int> beats)
    {
        double squares = beats.Sum(b => (double)Math.Max(0, local[b]) * Math.Max(0, local[b]));
        double weak = WeakShare * Math.Sqrt(squares / Math.Max(1, beats.Count));
        int first = beats.FindIndex(b => local[b] > weak);
        int last = beats.FindLastIndex(b => local[b] > weak);
        return first < 0 ? [] : beats.GetRange(first, last - first + 1);
    }

    // To the top of the parabola through a beat's step and its neighbours.
    private static double[] Refined(float[] local, List<int> beats) =>
    [
        .. beats.Select(b =>
        {
            if (b == 0 || b == local.Length - 1)
            {
                return b;
            }

            double curvature = local[b - 1] - 2 * local[b] + local[b + 1];
            return curvature < 0 ? b + Math.Clamp(0.5 * (local[b - 1] - local[b + 1]) / curvature, -0.5, 0.5) : b;
        }),
    ];
}
