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
    // Samples of one pitch, and those that are made before the body takes them together.
    private const int Block = 16;
    private const int Stretch = 1024;

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
        float level = tone.Velocity * 0.8f / MathF.Sqrt(voices), breath = (float)Breath;
        float subPhase = 0, vibratoPhase = (float)dice.Share();
        // The low-pass: a state-variable filter (Simper's form), stable while its cutoff moves.
        float ic1 = 0, ic2 = 0, k = (float)(1 / Resonance), open = (float)Opening * (0.4f + 0.6f * tone.Velocity);
        double slide = tone.Bend;
        Span<float> sound = stackalloc float[Stretch], wave = stackalloc float[Block];
        for (int from = 0; from < into.Length && !loudness.IsOver; from += Stretch)
        {
            int count = 0;
            for (int most = Math.Min(Stretch, into.Length - from); count < most && !loudness.IsOver;)
            {
                float time = (float)(from + count) / Samples.Rate;
                float swell = Vibrato.Delay > 0 ? Math.Min(1, time / (float)Vibrato.Delay) : 1;
                double cents = Vibrato.Cents * swell * Samples.Sine(vibratoPhase) - 100 * slide;
                vibratoPhase += (float)(Vibrato.Rate * Block / Samples.Rate);
                slide *= 0.93;
                float step = (float)(tone.Frequency / Samples.Rate * Math.Pow(2, cents / 1200));
                wave.Clear();
                for (int v = 0; v < voices; v++)
                {
                    phase[v] = Waves.Add(wave, phase[v], step * detune[v], (float)Pulse, (float)Width);
                }

                // The low-pass moves once per block: a step of 0.7 ms is too short to be heard.
                double cutoff = Math.Min(tone.Frequency * Cutoff * Math.Pow(2, open * filter.Value), 0.44 * Samples.Rate);
                float g = (float)Math.Tan(Math.PI * cutoff / Samples.Rate), a1 = 1 / (1 + g * (g + k)), a2 = g * a1, a3 = g * a2;
                for (int end = Math.Min(count + Block, most), i = 0; count < end; count++, i++)
                {
                    float x = wave[i];
                    if (Sub > 0)
                    {
                        subPhase += step / 2;
                        x += (float)Sub * Samples.Sine(subPhase);
                    }

                    if (breath > 0)
                    {
                        x += breath * dice.Noise();
                    }

                    float v3 = x - ic2;
                    float v1 = a1 * ic1 + a2 * v3;
                    float v2 = ic2 + a2 * ic1 + a3 * v3;
                    ic1 = 2 * v1 - ic1;
                    ic2 = 2 * v2 - ic2;
                    filter.Next();
                    sound[count] = v2 * loudness.Next() * level;
                }
            }

            foreach (ref Biquad resonance in body)
            {
                resonance.Apply(sound[..count]);
            }

            Mixing.Add(into.Slice(from, count), sound, 1);
        }
    }
}
