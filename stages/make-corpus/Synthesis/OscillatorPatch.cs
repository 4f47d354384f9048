using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>
/// Sawtooth and pulse through a low-pass that opens and closes: synthesisers, and with vibrato and breath bowed strings, brass and reeds.
/// </summary>
/// <param name="Loudness">Envelope of the level.</param>
/// <param name="Cutoff">Of the low-pass at rest, in multiples of the tone's frequency.</param>
/// <param name="Opening">How many octaves the envelope opens it.</param>
/// <param name="Filter">Envelope of the low-pass.</param>
internal sealed record OscillatorPatch(Envelope Loudness, double Cutoff, double Opening, Envelope Filter) : Patch
{
    /// <summary>0 is a sawtooth, 1 a pulse, between them a mixture.</summary>
    public double Pulse { get; init; }

    /// <summary>Width of the pulse, 0.5 for a square.</summary>
    public double Width { get; init; } = 0.5;

    /// <summary>How many sound together, and how far apart in cents.</summary>
    public (int Count, double Cents) Unison { get; init; } = (1, 0);

    /// <summary>Level of a sine an octave below.</summary>
    public double Sub { get; init; }

    /// <summary>Resonance, 0.5 (none) and more.</summary>
    public double Resonance { get; init; } = 0.7;

    /// <summary>Vibrato: Hz, cents, and seconds until it is there.</summary>
    public (double Rate, double Cents, double Delay) Vibrato { get; init; }

    /// <summary>Level of the breath's, or the bow's, noise.</summary>
    public double Breath { get; init; }

    /// <summary>Resonances of the body: Hz, width, decibels.</summary>
    public (double Hz, double Q, double Db)[] Body { get; init; } = [];

    /// <summary>Seconds of the slide from the last note.</summary>
    public double Glide { get; init; }

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        const int Block = 16;
        int voices = Unison.Count;
        Span<float> phase = stackalloc float[voices], detune = stackalloc float[voices];
        for (int v = 0; v < voices; v++)
        {
            phase[v] = voices == 1 ? 0 : (float)dice.Share();
            double spread = voices == 1 ? dice.Gauss(2) : Unison.Cents * (2.0 * v / (voices - 1) - 1) + dice.Gauss(1.5);
            detune[v] = (float)Math.Pow(2, spread / 1200);
        }

        Span<Biquad> body = stackalloc Biquad[Body.Length];
        for (int i = 0; i < body.Length; i++)
        {
            body[i] = Biquad.Peak(Body[i].Hz, Body[i].Q, Body[i].Db);
        }

        Envelope.Run loudness = Loudness.Start(tone.Gate), filter = Filter.Start(tone.Gate);
        float level = tone.Velocity * 0.8f / MathF.Sqrt(voices), pulse = (float)Pulse, width = (float)Width, breath = (float)Breath;
        float subPhase = 0, vibratoPhase = (float)dice.Share(), ic1 = 0, ic2 = 0, dc = width * 2 - 1;
        float k = (float)(1 / Resonance);
        double slide = tone.Bend;
        for (int start = 0; start < into.Length && !loudness.IsOver; start += Block)
        {
            float time = (float)start / Samples.Rate;
            float swell = Vibrato.Delay > 0 ? Math.Min(1, time / (float)Vibrato.Delay) : 1;
            double cents = Vibrato.Cents * swell * Samples.Sine(vibratoPhase) - 100 * slide;
            vibratoPhase += (float)(Vibrato.Rate * Block / Samples.Rate);
            slide *= 0.93;
            float step = (float)(tone.Frequency / Samples.Rate * Math.Pow(2, cents / 1200));

            float opening = 0;
            int end = Math.Min(start + Block, into.Length);
            // The low-pass moves once per block: a step of 0.7 ms is too short to be heard.
            float open = (float)Opening * (0.4f + 0.6f * tone.Velocity);
            float g = 0, a1 = 0, a2 = 0, a3 = 0;
            for (int i = start; i < end; i++)
            {
                float envelope = loudness.Next();
                opening = filter.Next();
                if (i == start)
                {
                    double cutoff = Math.Min(tone.Frequency * Cutoff * Math.Pow(2, open * opening), 0.44 * Samples.Rate);
                    g = (float)Math.Tan(Math.PI * cutoff / Samples.Rate);
                    a1 = 1 / (1 + g * (g + k));
                    a2 = g * a1;
                    a3 = g * a2;
                }

                float x = 0;
                for (int v = 0; v < voices; v++)
                {
                    float s = step * detune[v];
                    float p = phase[v] + s;
                    p -= (int)p;
                    phase[v] = p;
                    if (pulse < 1)
                    {
                        x += (1 - pulse) * (2 * p - 1 - Corner(p, s));
                    }

                    if (pulse > 0)
                    {
                        float q = p + 1 - width;
                        q -= (int)q;
                        x += pulse * ((p < width ? 1 : -1) - dc + Corner(p, s) - Corner(q, s));
                    }
                }

                if (Sub > 0)
                {
                    subPhase += step / 2;
                    x += (float)Sub * Samples.Sine(subPhase);
                }

                if (breath > 0)
                {
                    x += breath * dice.Noise();
                }

                // A state-variable filter (Simper's form), stable while its cutoff moves.
                float v3 = x - ic2;
                float v1 = a1 * ic1 + a2 * v3;
                float v2 = ic2 + a2 * ic1 + a3 * v3;
                ic1 = 2 * v1 - ic1;
                ic2 = 2 * v2 - ic2;
                float y = v2 * envelope * level;
                for (int b = 0; b < body.Length; b++)
                {
                    y = (float)body[b].Next(y);
                }

                into[i] += y;
            }
        }
    }

    // Rounds a jump (PolyBLEP), without which it would alias.
    private static float Corner(float phase, float step)
    {
        if (phase < step)
        {
            float t = phase / step;
            return t + t - t * t - 1;
        }

        if (phase > 1 - step)
        {
            float t = (phase - 1) / step;
            return t * t + t + t + 1;
        }

        return 0;
    }
}
