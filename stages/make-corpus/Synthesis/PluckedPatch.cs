using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>A plucked string: noise in a loop that loses its highs (Karplus and Strong).</summary>
/// <param name="Brightness">Of the pluck, 0 to 1.</param>
/// <param name="Damping">Loss of highs per period, 0 (none) to 0.5.</param>
/// <param name="Ring">Seconds in which a tone of 220 Hz fades by 60 dB.</param>
internal sealed record PluckedPatch(double Brightness, double Damping, double Ring) : Patch
{
    /// <summary>Where it is plucked, as a share of the string.</summary>
    public double Place { get; init; } = 0.18;

    /// <summary>Seconds in which it stops once let go.</summary>
    public double Release { get; init; } = 0.12;

    /// <summary>Resonance of the body in Hz, 0 for none.</summary>
    public double Body { get; init; }

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        double period = Samples.Rate / (tone.Frequency * (1 + dice.Gauss(0.0012)));
        float damping = (float)Damping;
        double delay = period - damping - 0.5;
        int length = Math.Max(2, (int)delay);
        // First-order all-pass for the fraction: linear interpolation would damp the highs a second time.
        float fraction = (float)(delay - length + 0.5);
        float allPass = (1 - fraction) / (1 + fraction);

        Span<float> line = length <= 2048 ? stackalloc float[length] : new float[length];
        float smooth = (float)Math.Clamp(1 - Brightness * (0.35 + 0.65 * tone.Velocity), 0.02, 0.98);
        float low = 0;
        int comb = Math.Max(1, (int)(length * Place));
        for (int i = 0; i < length; i++)
        {
            low += (1 - smooth) * (dice.Noise() - low);
            line[i] = low;
        }

        float level = 0;
        for (int i = length - 1; i >= comb; i--)
        {
            line[i] -= 0.9f * line[i - comb];
        }

        foreach (float x in line)
        {
            level = Math.Max(level, Math.Abs(x));
        }

        float gain = 0.9f * tone.Velocity / Math.Max(level, 1e-3f);
        float loss = (float)Math.Pow(0.001, period / (Samples.Rate * Ring * Math.Sqrt(220 / tone.Frequency)));
        float stop = (float)Math.Pow(0.001, period / (Samples.Rate * Release));
        Biquad body = Body > 0 ? Biquad.Peak(Body, 1.2, 7) : Biquad.Peak(1000, 1, 0);
        float previous = 0, lastIn = 0, lastOut = 0, sum = 0;
        int place = 0, quiet = 0;
        for (int i = 0; i < into.Length; i++)
        {
            float x = line[place];
            float filtered = (i < tone.Gate ? loss : loss * stop) * ((1 - damping) * x + damping * previous);
            previous = x;
            float y = allPass * (filtered - lastOut) + lastIn;
            lastIn = filtered;
            lastOut = y;
            line[place] = y;
            into[i] += gain * (float)body.Next(x);
            sum += Math.Abs(x);
            if (++place == length)
            {
                place = 0;
                quiet = sum < 2e-4f * length * level ? quiet + 1 : 0;
                sum = 0;
                if (quiet > 1)
                {
                    return;
                }
            }
        }
    }
}
