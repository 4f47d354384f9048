using System.Runtime.CompilerServices;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>A second-order filter with its state (Bristow-Johnson's formulas). Frequencies in Hz.</summary>
internal partial struct Biquad
{
    // The transposed form with its output written out in terms of its state, which leaves one product and one difference
    // between a state and the next: y = through x + s1, s1' = in1 x + s2 - back1 s1, s2' = in2 x - back2 s1.
    private readonly double through, in1, in2, back1, back2;
    private double s1, s2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2)
    {
        through = b0 / a0;
        back1 = a1 / a0;
        back2 = a2 / a0;
        in1 = b1 / a0 - back1 * through;
        in2 = b2 / a0 - back2 * through;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Next(double x)
    {
        double state = s1;
        s1 = in1 * x + s2 - back1 * state;
        s2 = in2 * x - back2 * state;
        return through * x + state;
    }

    /// <summary>Filters in place.</summary>
    public void Apply(Span<float> samples)
    {
        int done = samples.Length < WorthPreparing ? 0 : ApplyVector(samples);
        ApplyReference(samples[done..]);
    }

    /// <summary>The definition, one sample after the other.</summary>
    internal void ApplyReference(Span<float> samples)
    {
        Biquad local = this;
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (float)local.Next(samples[i] + Samples.Whisper);
        }

        this = local;
    }

    private static (double Cos, double Alpha) Angle(double frequency, double q)
    {
        double w = 2 * Math.PI * Math.Clamp(frequency, 10, 0.47 * Samples.Rate) / Samples.Rate;
        return (Math.Cos(w), Math.Sin(w) / (2 * q));
    }
}
