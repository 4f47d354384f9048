namespace Pipeline.Dsp.Segments;

/// <summary>How strongly sounds begin over time: the rise of the critical bands' decibels, above what is usual around.</summary>
internal sealed class BeatOnsets
{
    private const int Pooled = 2; // frames of the spectrogram to a step: 11.6 ms with its defaults
    private const int Lag = 2; // steps over which a rise is measured
    private const float Range = 60; // decibels below the loudest that count
    // Windows see a sound before it begins, rises end after it began. The difference, measured on struck drums.
    private const double DelayS = 0.004;
    private const double RoundingDb = 1e-4; // what varies by less never begins
    private const double LocalS = 0.5; // on either side

    /// <summary>Measures the onsets of an auditory spectrogram in decibels.</summary>
    public BeatOnsets(FrameMatrix spectrogram, double frameRate)
    {
        Rate = frameRate / Pooled;
        int steps = spectrogram.Frames / Pooled;
        Loudness = new FrameMatrix(steps, spectrogram.Width);
        float floor = float.NegativeInfinity;
        foreach (float value in spectrogram.Values)
        {
            floor = Math.Max(floor, value - Range);
        }

        for (int step = 0; step < steps; step++)
        {
            Span<float> first = spectrogram[Pooled * step], second = spectrogram[Pooled * step + 1], to = Loudness[step];
            for (int band = 0; band < to.Length; band++)
            {
                to[band] = 0.5f * (Math.Max(floor, first[band]) + Math.Max(floor, second[band]));
            }
        }

        Strength = Detrended(Smoothed(Rise(0, spectrogram.Width)));
        LowStrength = Detrended(Smoothed(Rise(0, Math.Min(3, spectrogram.Width))));
    }

    /// <summary>Steps a second.</summary>
    public double Rate { get; }

    /// <summary>Decibels of the bands at each step.</summary>
    public FrameMatrix Loudness { get; }

    /// <summary>Strength of what begins at each step, with mean near 0 and standard deviation 1; all 0 where nothing ever begins.</summary>
    public float[] Strength { get; }

    /// <summary>The same of the lowest three bands, below some 300 Hz.</summary>
    public float[] LowStrength { get; }

    /// <summary>Seconds at a step: what is struck there begins then.</summary>
    public double Seconds(double step) => (step + 0.5 * (Pooled - 1) / Pooled) / Rate + DelayS;

    /// <summary>The greatest strength within a step of a time, 0 where it is below the usual.</summary>
    public static float At(float[] strength, double step)
    {
        int middle = (int)Math.Round(step);
        float greatest = 0;
        for (int i = Math.Max(0, middle - 1); i <= Math.Min(strength.Length - 1, middle + 1); i++)
        {
            greatest = Math.Max(greatest, strength[i]);
        }

        return greatest;
    }

    private float[] Rise(int from, int to)
    {
        float[] rise = new float[Loudness.Frames];
        for (int step = Lag; step < rise.Length; step++)
        {
            Span<float> now = Loudness[step][from..to], before = Loudness[step - Lag][from..to];
            float sum = 0;
            for (int band = 0; band < now.Length; band++)
            {
                sum += Math.Max(0, now[band] - before[band]);
            }

            rise[step] = sum / now.Length;
        }

        return rise;
    }

    private static float[] Smoothed(float[] values)
    {
        float[] smooth = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            smooth[i] = 0.25f * values[Math.Max(0, i - 1)] + 0.5f * values[i] + 0.25f * values[Math.Min(values.Length - 1, i + 1)];
        }

        return smooth;
    }

    private float[] Detrended(float[] values)
    {
        int reach = Math.Max(1, (int)(LocalS * Rate));
        double[] sums = new double[values.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }

        float[] detrended = new float[values.Length];
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            (int from, int to) = (Math.Max(0, i - reach), Math.Min(values.Length, i + reach + 1));
            detrended[i] = values[i] - (float)((sums[to] - sums[from]) / (to - from));
            squares += (double)detrended[i] * detrended[i];
        }

        double deviation = Math.Sqrt(squares / Math.Max(1, values.Length));
        for (int i = 0; i < values.Length; i++)
        {
            detrended[i] = deviation > RoundingDb ? (float)(detrended[i] / deviation) : 0;
        }

        return detrended;
    }
}
