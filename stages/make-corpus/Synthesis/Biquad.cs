namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>A second-order filter with its state (Bristow-Johnson's formulas). Frequencies in Hz.</summary>
internal struct Biquad
{
    private readonly float b0, b1, b2, a1, a2;
    private float s1, s2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2)
    {
        this.b0 = (float)(b0 / a0);
        this.b1 = (float)(b1 / a0);
        this.b2 = (float)(b2 / a0);
        this.a1 = (float)(a1 / a0);
        this.a2 = (float)(a2 / a0);
    }

    public static Biquad LowPass(double frequency, double q = 0.7071)
    {
        (double cos, double alpha) = Angle(frequency, q);
        return new Biquad((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    public static Biquad HighPass(double frequency, double q = 0.7071)
    {
        (double cos, double alpha) = Angle(frequency, q);
        return new Biquad((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
    }

    /// <summary>Passes a band; 0 dB at its middle.</summary>
    public static Biquad BandPass(double frequency, double q)
    {
        (double cos, double alpha) = Angle(frequency, q);
        return new Biquad(alpha, 0, -alpha, 1 + alpha, -2 * cos, 1 - alpha);
    }

    public static Biquad Peak(double frequency, double q, double decibels)
    {
        (double cos, double alpha) = Angle(frequency, q);
        double a = Math.Pow(10, decibels / 40);
        return new Biquad(1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a);
    }

    public static Biquad LowShelf(double frequency, double decibels)
    {
        (double cos, double alpha) = Angle(frequency, 0.7071);
        double a = Math.Pow(10, decibels / 40), r = 2 * Math.Sqrt(a) * alpha;
        return new Biquad(
            a * (a + 1 - (a - 1) * cos + r), 2 * a * (a - 1 - (a + 1) * cos), a * (a + 1 - (a - 1) * cos - r),
            a + 1 + (a - 1) * cos + r, -2 * (a - 1 + (a + 1) * cos), a + 1 + (a - 1) * cos - r);
    }

    public static Biquad HighShelf(double frequency, double decibels)
    {
        (double cos, double alpha) = Angle(frequency, 0.7071);
        double a = Math.Pow(10, decibels / 40), r = 2 * Math.Sqrt(a) * alpha;
        return new Biquad(
            a * (a + 1 + (a - 1) * cos + r), -2 * a * (a - 1 + (a + 1) * cos), a * (a + 1 + (a - 1) * cos - r),
            a + 1 - (a - 1) * cos + r, 2 * (a - 1 - (a + 1) * cos), a + 1 - (a - 1) * cos - r);
    }

    /// <summary>Another filter that goes on from where this one is.</summary>
    public readonly Biquad Tuned(Biquad other)
    {
        other.s1 = s1;
        other.s2 = s2;
        return other;
    }

    /// <summary>Filters one sample.</summary>
    public float Next(float x)
    {
        float y = b0 * x + s1;
        s1 = b1 * x - a1 * y + s2;
        s2 = b2 * x - a2 * y;
        return y;
    }

    /// <summary>Filters in place.</summary>
    public void Apply(Span<float> samples)
    {
        Biquad local = this;
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = local.Next(samples[i] + Samples.Whisper);
        }

        this = local;
    }

    private static (double Cos, double Alpha) Angle(double frequency, double q)
    {
        double w = 2 * Math.PI * Math.Clamp(frequency, 10, 0.47 * Samples.Rate) / Samples.Rate;
        return (Math.Cos(w), Math.Sin(w) / (2 * q));
    }
}
