using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Drums of a sound chip: its noise channel, whose bits may be held for some samples, and a falling square.</summary>
internal sealed record ChipKit : Patch
{
    /// <summary>Samples for which the snare's noise holds each bit: more is darker.</summary>
    public int Hold { get; init; } = 3;

    /// <summary>How long its drums last, as a multiple of the usual.</summary>
    public double Length { get; init; } = 1;

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        float v = tone.Velocity;
        switch ((Drum)(int)tone.Pitch)
        {
            case Drum.Kick:
                Drop(into, 170, 42, 0.11, 1.1 * v);
                Noise(into, 6, 0.02, 0.5 * v, dice);
                break;
            case Drum.Snare or Drum.Clap:
                Drop(into, 260, 150, 0.04, 0.5 * v);
                Noise(into, Hold, 0.13, 0.8 * v, dice);
                break;
            case Drum.Rim or Drum.Conga or Drum.Cowbell:
                Drop(into, 620, 430, 0.035, 0.6 * v);
                break;
            case Drum.LowTom:
                Drop(into, 130, 60, 0.18, 0.9 * v);
                break;
            case Drum.MiddleTom:
                Drop(into, 190, 85, 0.16, 0.9 * v);
                break;
            case Drum.HighTom:
                Drop(into, 270, 120, 0.14, 0.9 * v);
                break;
            case Drum.OpenHat or Drum.Ride:
                Noise(into, 1, 0.14, 0.4 * v, dice);
                break;
            case Drum.Crash:
                Noise(into, 2, 0.6, 0.6 * v, dice);
                break;
            default:
                Noise(into, 1, 0.04, 0.4 * v, dice);
                break;
        }
    }

    private void Noise(Span<float> into, int hold, double seconds, double level, Dice dice)
    {
        int length = Math.Min(into.Length, (int)(Length * seconds * Samples.Rate));
        float bit = 1;
        for (int i = 0; i < length; i++)
        {
            if (i % hold == 0)
            {
                bit = dice.Chance(0.5) ? 1 : -1;
            }

            into[i] += bit * Level(i, length, level);
        }
    }

    private void Drop(Span<float> into, double from, double to, double seconds, double level)
    {
        int length = Math.Min(into.Length, (int)(Length * seconds * Samples.Rate));
        float phase = 0;
        for (int i = 0; i < length; i++)
        {
            phase += (float)((from + (to - from) * Math.Sqrt((double)i / length)) / Samples.Rate);
            phase -= (int)phase;
            into[i] += (phase < 0.5f ? 1 : -1) * Level(i, length, level);
        }
    }

    // In sixteen levels, as those of tones.
    private static float Level(int place, int length, double level) => (float)(Math.Ceiling(15 * (1 - (double)place / length)) / 15 * level);
}
