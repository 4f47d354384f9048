using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>
/// A channel of a sound chip: a pulse, or a triangle in steps. The program that plays it sets level and pitch anew with each
/// picture, sixty times a second, and knows sixteen levels.
/// </summary>
/// <param name="Width">Of the pulse as a share of its period; 0 for the triangle.</param>
internal sealed record ChipPatch(double Width) : Patch
{
    private const int Levels = 15;
    private const int TriangleSteps = 32;

    // 1/60 s, as a multiple of the eight samples that waves are made of.
    private const int Frame = 368;

    /// <summary>Seconds in which a tone falls to <see cref="Held"/>; 0 for one that does not fall.</summary>
    public double Fall { get; init; }

    /// <summary>The level it falls to, as a share.</summary>
    public double Held { get; init; } = 0.4;

    /// <summary>Frames in which it stops once let go.</summary>
    public int Release { get; init; } = 2;

    /// <summary>Vibrato: Hz, cents, and seconds until it begins.</summary>
    public (double Rate, double Cents, double Delay) Vibrato { get; init; }

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        Span<float> wave = stackalloc float[Frame];
        float phase = 0;
        for (int frame = 0, at = 0; at < into.Length; frame++, at += Frame)
        {
            double time = (double)at / Samples.Rate;
            double level = Fall > 0 ? Held + (1 - Held) * Math.Max(0, 1 - time / Fall) : 1;
            if (at >= tone.Gate)
            {
                level *= 1 - (double)((at - tone.Gate) / Frame + 1) / (Release + 1);
            }

            float volume = (float)(Math.Round(Levels * tone.Velocity * Math.Max(0, level)) / Levels);
            if (volume <= 0)
            {
                return;
            }

            double cents = Vibrato.Cents > 0 && time >= Vibrato.Delay ? Vibrato.Cents * Samples.Sine((float)((time - Vibrato.Delay) * Vibrato.Rate)) : 0;
            float step = (float)(tone.Frequency * Math.Pow(2, (cents - 100 * tone.Bend * Math.Max(0, 1 - frame / 6.0)) / 1200) / Samples.Rate);
            wave.Clear();
            phase = Width > 0 ? Waves.Add(wave, phase, step, 1, (float)Width) : Triangle(wave, phase, step);
            Span<float> part = into[at..Math.Min(into.Length, at + Frame)];
            Mixing.Add(part, wave, 0.6f * volume);
        }
    }

    private static float Triangle(Span<float> wave, float phase, float step)
    {
        foreach (ref float sample in wave)
        {
            phase += step;
            phase -= (int)phase;
            int place = (int)(phase * TriangleSteps);
            sample = (place < TriangleSteps / 2 ? place : TriangleSteps - 1 - place) / (Levels / 2f) - 1;
        }

        return phase;
    }
}
