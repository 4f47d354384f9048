namespace Pipeline.Dsp.Segments;

/// <summary>How well each lag fits the onsets as the beat's period.</summary>
internal sealed class TempoCurve
{
    private const float LowShare = 0.33f;

    private readonly float[] correlation; // of the onsets with themselves and, half as much, of the low ones, at each lag; 1 at lag 0

    /// <summary>Correlates onset strengths with themselves and finds the best period.</summary>
    public TempoCurve(BeatOnsets onsets, BeatSettings settings)
    {
        int shortest = Math.Max(2, (int)(60 * onsets.Rate / settings.MostTempo));
        int longest = (int)(60 * onsets.Rate / settings.LeastTempo) + 1;
        correlation = new float[4 * longest + 2];
        Add(onsets.Strength, 1 - LowShare);
        Add(onsets.LowStrength, LowShare);

        double best = 0;
        for (double lag = shortest; lag <= longest; lag *= 1.005)
        {
            double octaves = Math.Log2(60 * onsets.Rate / lag / settings.PreferredTempo) / settings.TempoSpread;
            double score = Salience(lag) * Math.Exp(-0.5 * octaves * octaves);
            if (score > best)
            {
                (best, Period) = (score, lag);
            }
        }

        Clarity = Period > 0 ? Math.Clamp(Math.Max(At(Period), At(2 * Period)), 0, 1) : 0;
    }

    /// <summary>The beat's period in steps; 0 where there is none.</summary>
    public double Period { get; }

    /// <summary>How much of the onsets returns after a period or two, 0 to 1.</summary>
    public double Clarity { get; }

    private void Add(float[] strength, float share)
    {
        float energy = Product(strength, 0);
        for (int lag = 0; lag < Math.Min(correlation.Length, strength.Length) && energy > 0; lag++)
        {
            correlation[lag] += share * Product(strength, lag) / energy;
        }
    }

    private static float Product(ReadOnlySpan<float> values, int lag)
    {
        ReadOnlySpan<float> later = values[lag..], earlier = values[..later.Length];
        (float even, float odd) = (0, 0); // two sums, which need not wait for each other
        int i = 0;
        for (; i + 1 < later.Length; i += 2)
        {
            even += later[i] * earlier[i];
            odd += later[i + 1] * earlier[i + 1];
        }

        return even + odd + (i < later.Length ? later[i] * earlier[i] : 0);
    }

    // A beat returns after one period and more.
    private double Salience(double lag) => At(lag) + 0.5 * At(2 * lag) + 0.25 * (At(3 * lag) + At(4 * lag));

    private double At(double lag)
    {
        int whole = (int)lag;
        return whole + 1 < correlation.Length ? correlation[whole] + (lag - whole) * (correlation[whole + 1] - correlation[whole]) : 0;
    }
}
