namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>What an instrument's sound goes through before it is mixed: a channel strip.</summary>
internal sealed record Strip
{
    /// <summary>Below this many Hz it is cut.</summary>
    public double LowCut { get; init; } = 30;

    /// <summary>Above this many Hz it is cut.</summary>
    public double HighCut { get; init; } = 10000;

    /// <summary>Overdrive: how far beyond its limit the amplifier is driven; 0 for none, 2 is warm, 20 is heavy.</summary>
    public double Drive { get; init; }

    /// <summary>Whether a guitar loudspeaker follows.</summary>
    public bool Cabinet { get; init; }

    /// <summary>Depth of a chorus in milliseconds; 0 for none.</summary>
    public double Chorus { get; init; }

    /// <summary>Echo: beats, how much returns, level.</summary>
    public (double Beats, double Feedback, double Level) Echo { get; init; }

    /// <summary>Share sent to the room.</summary>
    public double Send { get; init; } = 0.25;

    /// <summary>Hz and depth of a wah-wah's or phaser's sweep; 0 for none.</summary>
    public (double Hz, double Depth) Sweep { get; init; }

    /// <summary>Runs a part through it in place.</summary>
    /// <param name="samples">The part, its level about -18 dB.</param>
    /// <param name="tempo">Beats per minute, for the echo.</param>
    public void Apply(Span<float> samples, double tempo)
    {
        Biquad.HighPass(LowCut).Apply(samples);
        if (Drive > 0)
        {
            Overdrive(samples);
        }

        if (Cabinet)
        {
            Biquad.Peak(110, 1, 3).Apply(samples);
            Biquad.Peak(450, 0.8, -4).Apply(samples);
            Biquad.Peak(2500, 1.2, 5).Apply(samples);
            Biquad.LowPass(4600, 0.9).Apply(samples);
            Biquad.LowPass(5600).Apply(samples);
        }

        if (HighCut < 10000)
        {
            Biquad.LowPass(HighCut).Apply(samples);
        }

        if (Sweep.Hz > 0)
        {
            Wah(samples);
        }

        if (Chorus > 0)
        {
            Thicken(samples);
        }

        if (Echo.Level > 0)
        {
            Repeat(samples, tempo);
        }
    }

    private void Overdrive(Span<float> samples)
    {
        // Highs before, as a guitar's pickup gives; the offset bends one half more than the other: even harmonics.
        Biquad pickup = Biquad.HighPass(120), block = Biquad.HighPass(25);
        float drive = (float)(4 * Drive), makeUp = 1 / (1 + 0.45f * (float)Math.Log2(1 + Drive));
        for (int i = 0; i < samples.Length; i++)
        {
            float x = drive * (0.4f * samples[i] + 0.6f * (float)pickup.Next(samples[i] + Samples.Whisper));
            samples[i] = makeUp * (float)block.Next(Samples.Saturate(x + 0.25f) - 0.244f);
        }
    }

    private void Wah(Span<float> samples)
    {
        float low = 0, band = 0, phase = 0, step = (float)(Sweep.Hz / Samples.Rate), depth = (float)Sweep.Depth, f = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            if (i % 32 == 0)
            {
                f = (float)(2 * Math.Sin(Math.PI * 500 * Math.Pow(2, 1.1 + 1.1 * Samples.Sine(phase)) / Samples.Rate));
            }

            phase += step;
            low += f * band;
            band += f * (samples[i] + Samples.Whisper - low - 0.35f * band);
            samples[i] = (1 - depth) * samples[i] + depth * 0.6f * band;
        }
    }

    private void Thicken(Span<float> samples)
    {
        const int Length = 1024; // 46 ms
        float[] line = new float[Length];
        float phase = 0, step = 0.8f / Samples.Rate, depth = (float)(Chorus * 0.001 * Samples.Rate);
        for (int i = 0; i < samples.Length; i++)
        {
            line[i & (Length - 1)] = samples[i];
            float delay = 220 + depth * Samples.Sine(phase);
            phase += step;
            int whole = (int)delay;
            float part = delay - whole;
            float wet = line[(i - whole) & (Length - 1)] * (1 - part) + line[(i - whole - 1) & (Length - 1)] * part;
            samples[i] = 0.72f * (samples[i] + wet);
        }
    }

    private void Repeat(Span<float> samples, double tempo)
    {
        int delay = Math.Max(1, (int)(Echo.Beats * 60 / tempo * Samples.Rate));
        float feedback = (float)Echo.Feedback, level = (float)Echo.Level, low = 0;
        float[] line = new float[delay];
        for (int i = 0, place = 0; i < samples.Length; i++)
        {
            low += 0.35f * (line[place] - low) + Samples.Whisper; // each repetition is duller, as tape's are
            line[place] = samples[i] + feedback * low;
            samples[i] += level * low;
            place = place + 1 == delay ? 0 : place + 1;
        }
    }
}
