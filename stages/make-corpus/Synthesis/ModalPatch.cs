using System.Runtime.Intrinsics;
using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Something struck, as the sum of its modes: piano, vibraphone, marimba, bell, steel pan.</summary>
/// <param name="Modes">Frequency as a multiple of the tone's, level, and seconds in which a mode of 220 Hz fades by 60 dB.</param>
internal sealed record ModalPatch(params (double Ratio, double Level, double Ring)[] Modes) : Patch
{
    /// <summary>How much brighter a hard stroke is, 0 to 1.</summary>
    public double Touch { get; init; } = 0.5;

    /// <summary>Stiffness of the string, which raises its upper partials.</summary>
    public double Stiffness { get; init; }

    /// <summary>Seconds in which it stops once let go.</summary>
    public double Release { get; init; } = 0.25;

    /// <summary>Level of the hammer's noise.</summary>
    public double Hammer { get; init; }

    /// <summary>Hz of a tremolo, and its depth 0 to 1.</summary>
    public (double Rate, double Depth) Tremolo { get; init; }

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        double f = tone.Frequency * (1 + dice.Gauss(0.0006));
        float[] sum = new float[into.Length];
        int longest = 0;
        for (int first = 0; first < Modes.Length; first += 4)
        {
            longest = Math.Max(longest, Four(first, f, tone, sum));
        }

        if (Hammer > 0)
        {
            float level = (float)(Hammer * tone.Velocity), low = 0;
            int count = Math.Min(sum.Length, Samples.Rate / 40);
            for (int i = 0; i < count; i++)
            {
                low += 0.35f * (dice.Noise() - low);
                sum[i] += level * low * (1 - (float)i / count);
            }
        }

        float depth = (float)Tremolo.Depth, phase = 0, step = (float)(Tremolo.Rate / Samples.Rate);
        for (int i = 0; i < longest; i++)
        {
            into[i] += sum[i] * (depth > 0 ? 1 - depth * (0.5f + 0.5f * Samples.Sine(phase)) : 1);
            phase += step;
        }
    }

    // Four decaying sines at once, each by the recurrence y[n] = 2 r cos(w) y[n-1] - r^2 y[n-2].
    private int Four(int first, double f, in Tone tone, float[] sum)
    {
        Span<double> level = stackalloc double[4], turn = stackalloc double[4], loss = stackalloc double[4], start = stackalloc double[4];
        double slowest = 0;
        for (int k = 0; k < 4; k++)
        {
            int mode = first + k;
            if (mode >= Modes.Length)
            {
                continue;
            }

            (double ratio, double weight, double ring) = Modes[mode];
            double frequency = f * ratio * Math.Sqrt(1 + Stiffness * ratio * ratio);
            if (frequency > 0.46 * Samples.Rate)
            {
                continue;
            }

            double w = 2 * Math.PI * frequency / Samples.Rate;
            double r = Samples.Decay(ring * Math.Sqrt(220 / f));
            level[k] = weight * tone.Velocity * Math.Pow(tone.Velocity, Touch * (mode * 0.35));
            turn[k] = 2 * r * Math.Cos(w);
            loss[k] = r * r;
            start[k] = -Math.Sin(w) / r;
            slowest = Math.Max(slowest, ring * Math.Sqrt(220 / f));
        }

        int end = Math.Min(sum.Length, Math.Min(tone.Gate + (int)(Release * Samples.Rate * 1.2), (int)(slowest * Samples.Rate * 1.2)));
        var c1 = Vector256.Create<double>(turn);
        var c2 = Vector256.Create<double>(loss);
        Vector256<double> y1 = Vector256<double>.Zero;
        Vector256<double> y2 = Vector256.Create<double>(start) * Vector256.Create<double>(level);
        double stop = Samples.Decay(Release);
        double fade = 1;
        for (int i = 0; i < end; i++)
        {
            Vector256<double> y = c1 * y1 - c2 * y2;
            y2 = y1;
            y1 = y;
            if (i > tone.Gate)
            {
                fade *= stop;
            }

            sum[i] += (float)(fade * Vector256.Sum(y));
        }

        return end;
    }
}
