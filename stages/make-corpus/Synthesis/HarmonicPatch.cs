using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>A steady spectrum, summed from its harmonics: organ, accordion, harmonica, flute, clarinet.</summary>
/// <param name="Loudness">Envelope of the level.</param>
/// <param name="Harmonics">Multiple of the tone's frequency and level.</param>
internal sealed record HarmonicPatch(Envelope Loudness, params (double Ratio, double Level)[] Harmonics) : Patch
{
    private const int Size = 1024;

    /// <summary>Hz of the rotating speaker or the vibrato, its depth in cents, and its depth in level 0 to 1.</summary>
    public (double Rate, double Cents, double Level) Vibrato { get; init; }

    /// <summary>Level of the breath's or the key's noise.</summary>
    public double Breath { get; init; }

    /// <summary>Cents by which a second rank is out of tune; 0 for none.</summary>
    public double Second { get; init; }

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        // Ratios of organ stops are halves at the least: a table of two periods holds them all.
        Span<float> table = stackalloc float[Size + 1];
        double total = 0;
        foreach ((double ratio, double level) in Harmonics)
        {
            if (tone.Frequency * ratio > 0.45 * Samples.Rate)
            {
                continue;
            }

            total += level;
            float step = (float)(2 * ratio / Size), start = (float)dice.Share(), gain = (float)level;
            for (int i = 0; i < Size; i++)
            {
                table[i] += gain * Samples.Sine(start + i * step);
            }
        }

        table[Size] = table[0];
        float scale = (float)(0.9 * tone.Velocity / Math.Max(total, 0.5));
        double half = tone.Frequency * (1 + dice.Gauss(0.0008)) / 2 / Samples.Rate;
        float place = 0, place2 = 0.3f, vibrato = (float)dice.Share(), breath = (float)Breath, low = 0;
        float vibratoStep = (float)(Vibrato.Rate / Samples.Rate), swellDepth = (float)Vibrato.Level;
        double slide = tone.Bend;
        Envelope.Run loudness = Loudness.Start(tone.Gate);
        float increment = 0;
        for (int i = 0; i < into.Length && !loudness.IsOver; i++)
        {
            if (i % 16 == 0)
            {
                increment = (float)(half * Math.Pow(2, (Vibrato.Cents * Samples.Sine(vibrato) - 100 * slide) / 1200));
                slide *= 0.93;
            }

            vibrato += vibratoStep;
            float y = Read(table, place);
            place += increment;
            place -= (int)place;
            if (Second > 0)
            {
                y = 0.6f * (y + Read(table, place2));
                place2 += increment * (float)(1 + Second * 0.00057779);
                place2 -= (int)place2;
            }

            if (breath > 0)
            {
                low += 0.4f * (dice.Noise() - low);
                y += breath * low;
            }

            float swell = swellDepth > 0 ? 1 - swellDepth * (0.5f + 0.5f * Samples.Sine(vibrato)) : 1;
            into[i] += y * loudness.Next() * scale * swell;
        }
    }

    private static float Read(ReadOnlySpan<float> table, float phase)
    {
        float place = phase * Size;
        int i = (int)place;
        return table[i] + (place - i) * (table[i + 1] - table[i]);
    }
}
