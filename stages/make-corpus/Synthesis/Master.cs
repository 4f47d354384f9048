using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>The last steps of a record: compression, tone, the medium it is cut on, level.</summary>
internal static class Master
{
    /// <summary>Works in place.</summary>
    public static void Apply(ref float[] samples, Production production, Dice dice)
    {
        Span<float> mix = samples;
        SetLevel(mix, 0.15f);
        Compress(mix, (float)production.Compression);
        Biquad.HighShelf(2500, production.Treble).Apply(mix);
        Biquad.LowShelf(180, production.Bass).Apply(mix);
        Biquad.HighPass(production.LowCut).Apply(mix);
        if (production.HighCut < 10200)
        {
            Biquad.LowPass(production.HighCut, 0.6).Apply(mix);
            Biquad.LowPass(production.HighCut, 1.1).Apply(mix);
        }

        if (production.Wow > 0.3)
        {
            samples = Waver(samples, production.Wow, dice);
        }

        float level = Samples.Gain(production.Loudness);
        SetLevel(samples, level);
        AddNoise(samples, production, dice);
        for (int i = 0; i < samples.Length; i++)
        {
            // Peaks are rounded above half of full scale and never reach it.
            float x = samples[i], size = Math.Abs(x);
            samples[i] = size < 0.5f ? x : Math.Sign(x) * (0.5f + 0.49f * Samples.Saturate((size - 0.5f) * 2));
        }
    }

    private static void SetLevel(Span<float> samples, float level)
    {
        float gain = (float)(level / Math.Max(Math.Sqrt(Mixing.Energy(samples) / Math.Max(1, samples.Length)), 1e-5));
        Mixing.Amplify(samples, gain);
    }

    private static void Compress(Span<float> samples, float amount)
    {
        float envelope = 0.15f, gain = 1;
        for (int i = 0; i < samples.Length; i++)
        {
            float size = Math.Abs(samples[i]);
            envelope += (size > envelope ? 0.006f : 0.0003f) * (size - envelope);
            if (i % 16 == 0)
            {
                gain = MathF.Pow(0.12f / Math.Max(envelope, 0.02f), 0.75f * amount);
            }

            samples[i] *= gain;
        }
    }

    // The speed drifts with the turn of the record and the flutter of the tape.
    private static float[] Waver(float[] samples, double cents, Dice dice)
    {
        float[] result = new float[samples.Length];
        float slow = (float)dice.Share(), fast = (float)dice.Share(), depth = (float)(cents * 0.00057779);
        double place = 0;
        for (int i = 0; i < result.Length; i++)
        {
            int whole = Math.Min((int)place, samples.Length - 2);
            float part = (float)(place - whole);
            result[i] = samples[whole] + part * (samples[whole + 1] - samples[whole]);
            slow += 0.556f / Samples.Rate; // 33 1/3 turns per minute
            fast += 6.3f / Samples.Rate;
            place = Math.Min(place + 1 + depth * (Samples.Sine(slow) + 0.3f * Samples.Sine(fast)), samples.Length - 1.001);
        }

        return result;
    }

    private static void AddNoise(Span<float> samples, Production production, Dice dice)
    {
        float hiss = Samples.Gain(production.Hiss) * 1.7f, last = 0;
        Biquad medium = Biquad.LowPass(Math.Min(production.HighCut, 9000));
        float[] noises = new float[samples.Length];
        dice.Noise(noises);
        foreach (ref float x in noises.AsSpan())
        {
            float noise = x;
            x = 0.7f * noise + 0.3f * (noise - last);
            last = noise;
        }

        medium.Apply(noises);
        Mixing.Add(samples, noises, hiss);

        double clicks = production.Crackle * samples.Length / Samples.Rate;
        for (int i = 0; i < clicks; i++)
        {
            int at = dice.Below(samples.Length);
            float size = (float)(0.12 * Math.Pow(dice.Share(), 3)) * (dice.Chance(0.5) ? 1 : -1);
            int length = Math.Min(samples.Length - at, 3 + dice.Below(20));
            for (int k = 0; k < length; k++)
            {
                samples[at + k] += size * (1 - (float)k / length) * (k % 3 == 1 ? -1 : 1);
            }
        }
    }
}
