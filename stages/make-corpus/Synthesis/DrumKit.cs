using System.Numerics;
using System.Runtime.Intrinsics;
using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Drums and cymbals: swept sines for skins, filtered noise for wires and metal.</summary>
internal sealed record DrumKit : Patch
{
    // Samples that are made and filtered together.
    private const int Block = 1024;

    /// <summary>Bass drum: Hz it ends on, octaves it falls, seconds it lasts, level of the beater's click.</summary>
    public (double Hz, double Fall, double Seconds, double Click) Kick { get; init; } = (52, 1.6, 0.28, 0.4);

    /// <summary>Snare drum: Hz of the skin, level of the skin, seconds of the wires, Hz above which they sound.</summary>
    public (double Hz, double Skin, double Seconds, double Wires) Snare { get; init; } = (190, 0.6, 0.2, 1400);

    /// <summary>Hi-hat: Hz above which it sounds, seconds closed, seconds open, share of metal (0 is noise alone).</summary>
    public (double Hz, double Closed, double Open, double Metal) Hat { get; init; } = (6000, 0.05, 0.35, 0.5);

    /// <summary>Level of cymbals.</summary>
    public double Cymbals { get; init; } = 1;

    /// <summary>Level of snare and hat strokes with brushes instead of sticks, 0 to 1.</summary>
    public double Brushes { get; init; }

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        float v = tone.Velocity;
        switch ((Drum)(int)tone.Pitch)
        {
            case Drum.Kick:
                Skin(into, Kick.Hz, Kick.Fall, Kick.Seconds, 1.25 * v, 0.02, dice);
                Hiss(into, 900, 4500, 0.008, 1.2 * Kick.Click * v, 0, dice);
                break;
            case Drum.Snare:
                if (Brushes > 0)
                {
                    Hiss(into, 1500, 7000, 0.14, 0.7 * Brushes * v, 0.02, dice);
                }

                double hard = 1 - 0.8 * Brushes;
                Skin(into, Snare.Hz, 0.5, 0.12, hard * Snare.Skin * v, 0.01, dice);
                Skin(into, Snare.Hz * 1.74, 0.3, 0.08, hard * 0.5 * Snare.Skin * v, 0.01, dice);
                Hiss(into, Snare.Wires, 9500, Snare.Seconds * (0.6 + 0.4 * v), hard * 0.8 * v, 0, dice);
                break;
            case Drum.Rim:
                Skin(into, 420, 0.2, 0.03, 0.5 * v, 0, dice);
                Hiss(into, 1600, 4200, 0.03, 0.9 * v, 0, dice);
                break;
            case Drum.Clap:
                for (int i = 0; i < 3; i++)
                {
                    Hiss(From(into, i * 0.011), 900, 4200, i == 2 ? 0.16 : 0.012, 0.8 * v, 0, dice);
                }

                break;
            case Drum.LowTom:
                Skin(into, 82, 0.6, 0.4, 0.9 * v, 0.04, dice);
                break;
            case Drum.MiddleTom:
                Skin(into, 120, 0.6, 0.33, 0.9 * v, 0.04, dice);
                break;
            case Drum.HighTom:
                Skin(into, 170, 0.5, 0.28, 0.9 * v, 0.04, dice);
                break;
            case Drum.Conga:
                Skin(into, dice.Pick([196.0, 196.0, 262.0]), 0.25, 0.2, 0.7 * v, 0.02, dice);
                break;
            case Drum.ClosedHat:
                Metal(into, Hat.Hz, Hat.Closed * (0.8 + 0.8 * v), 0.6 * v, dice);
                break;
            case Drum.OpenHat:
                Metal(into, Hat.Hz, Hat.Open, 0.6 * v, dice);
                break;
            case Drum.Ride:
                Metal(into, Hat.Hz * 0.7, 0.6, 0.36 * Cymbals * v, dice);
                Hiss(into, 4000, 9000, 0.02, 0.4 * v, 0, dice);
                break;
            case Drum.Crash:
                Metal(into, 2600, 1.6, 0.7 * Cymbals * v, dice);
                break;
            case Drum.Tambourine:
                Hiss(into, 6500, 10000, 0.09, 0.5 * v, 0.004, dice);
                break;
            case Drum.Shaker:
                Hiss(into, 4500, 9500, 0.06, 0.4 * v, 0.015, dice);
                break;
            case Drum.Cowbell:
                Square(into, 545, 0.14, 0.25 * v);
                Square(into, 812, 0.12, 0.25 * v);
                break;
        }
    }

    private static Span<float> From(Span<float> into, double seconds) => into[Math.Min(into.Length, (int)(seconds * Samples.Rate))..];

    // A skin's pitch falls as its swing dies down.
    private static void Skin(Span<float> into, double hz, double fall, double seconds, double level, double noise, Dice dice)
    {
        int length = Math.Min(into.Length, (int)(1.3 * seconds * Samples.Rate));
        float decay = (float)Samples.Decay(seconds), amplitude = (float)level, phase = 0;
        double sweep = hz * (Math.Pow(2, fall) - 1) * (1 + dice.Gauss(0.03)), drop = Samples.Decay(0.09);
        for (int i = 0; i < length; i++)
        {
            phase += (float)((hz + sweep) / Samples.Rate);
            phase -= (int)phase;
            sweep *= drop;
            into[i] += amplitude * (Samples.Sine(phase) + (float)noise * dice.Noise());
            amplitude *= decay;
        }
    }

    private static void Hiss(Span<float> into, double low, double high, double seconds, double level, double attack, Dice dice)
    {
        Biquad cut = Biquad.HighPass(low), top = Biquad.LowPass(high);
        int length = Math.Min(into.Length, (int)(1.3 * (seconds + attack) * Samples.Rate)), rise = (int)(attack * Samples.Rate);
        float decay = (float)Samples.Decay(seconds), amplitude = (float)level;
        Span<float> noise = stackalloc float[Math.Min(length, Block)];
        for (int start = 0; start < length; start += Block)
        {
            Span<float> some = noise[..Math.Min(Block, length - start)];
            dice.Noise(some);
            cut.Apply(some);
            top.Apply(some);
            for (int k = 0, i = start; k < some.Length; k++, i++)
            {
                into[i] += i < rise ? amplitude * some[k] * i / rise : amplitude * some[k];
                amplitude = i < rise ? amplitude : amplitude * decay;
            }
        }
    }

    // Six squares that fit no harmonic series, as drum machines had them, and noise.
    private void Metal(Span<float> into, double low, double seconds, double level, Dice dice)
    {
        ReadOnlySpan<double> ratios = [1, 1.342, 1.2312, 1.6532, 1.9523, 2.1523];
        // Phases of which a turn is 2^32: the uppermost bit says which half of its period a square is in. Two lanes are spare.
        Span<uint> phase = stackalloc uint[8], step = stackalloc uint[8];
        double basis = dice.Between(395, 425);
        for (int k = 0; k < 6; k++)
        {
            phase[k] = (uint)(dice.Bits() >> 32);
            step[k] = (uint)(basis * ratios[k] * 3.1 / Samples.Rate * 4294967296.0);
        }

        Biquad cut = Biquad.HighPass(low), steep = Biquad.HighPass(low * 0.8);
        int length = Math.Min(into.Length, (int)(1.2 * seconds * Samples.Rate));
        float decay = (float)Samples.Decay(seconds), amplitude = (float)(level * (1 + dice.Gauss(0.06))), metal = (float)Hat.Metal;
        Vector256<uint> phases = Vector256.Create<uint>(phase), steps = Vector256.Create<uint>(step);
        Span<float> sound = stackalloc float[Math.Min(length, Block)];
        for (int start = 0; start < length; start += Block)
        {
            Span<float> some = sound[..Math.Min(Block, length - start)];
            dice.Noise(some);
            foreach (ref float x in some)
            {
                phases += steps;
                float squares = 0.35f * (6 - 2 * BitOperations.PopCount(phases.ExtractMostSignificantBits()));
                x = metal * squares + (1 - metal) * x;
            }

            cut.Apply(some);
            steep.Apply(some);
            for (int k = 0; k < some.Length; k++)
            {
                into[start + k] += amplitude * 1.6f * some[k];
                amplitude *= decay;
            }
        }
    }

    private static void Square(Span<float> into, double hz, double seconds, double level)
    {
        int length = Math.Min(into.Length, (int)(1.3 * seconds * Samples.Rate));
        float decay = (float)Samples.Decay(seconds), amplitude = (float)level, phase = 0, step = (float)(hz / Samples.Rate);
        for (int i = 0; i < length; i++)
        {
            phase += step;
            phase -= (int)phase;
            into[i] += phase < 0.5f ? amplitude : -amplitude;
            amplitude *= decay;
        }
    }
}
