using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Frequency modulation with two pairs of operators: electric piano, clavinet, bell, synthetic bass and brass.</summary>
/// <param name="Loudness">Envelope of the level.</param>
/// <param name="Ratio">Modulator's frequency as a multiple of the tone's.</param>
/// <param name="Index">Depth of modulation at full velocity.</param>
/// <param name="Fade">Envelope of the modulation.</param>
internal sealed record FmPatch(Envelope Loudness, double Ratio, double Index, Envelope Fade) : Patch
{
    /// <summary>A second pair, for the tine or the click: carrier's multiple, modulator's multiple, index, level.</summary>
    public (double Carrier, double Modulator, double Index, double Level) Second { get; init; }

    /// <summary>Hz of a tremolo, and its depth 0 to 1.</summary>
    public (double Rate, double Depth) Tremolo { get; init; }

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        Envelope.Run loudness = Loudness.Start(tone.Gate), fade = Fade.Start(tone.Gate);
        float step = (float)(tone.Frequency * (1 + dice.Gauss(0.0008)) / Samples.Rate);
        // Sidebands beyond half the sample rate would fold back.
        double room = 0.42 / step;
        float index = (float)(Math.Min(Index, Math.Max(0.2, (room - 1) / Ratio)) * Math.Pow(tone.Velocity, 1.3) / (2 * Math.PI));
        bool hasSecond = Second.Level > 0 && Second.Carrier < room;
        float secondIndex = (float)(Second.Index / (2 * Math.PI)), secondLevel = (float)Second.Level;
        float ratio = (float)Ratio, carrier = (float)Second.Carrier, modulator = (float)Second.Modulator;
        float phase = 0, mod = 0, phase2 = 0, mod2 = 0, tremolo = (float)dice.Share(), tremoloStep = (float)(Tremolo.Rate / Samples.Rate);
        float depth = (float)Tremolo.Depth, level = 0.8f * tone.Velocity;
        for (int i = 0; i < into.Length && !loudness.IsOver; i++)
        {
            float envelope = loudness.Next(), modulation = fade.Next();
            float y = Samples.Sine(phase + 64 + index * modulation * Samples.Sine(mod));
            if (hasSecond)
            {
                y += secondLevel * modulation * Samples.Sine(phase2 + 64 + secondIndex * Samples.Sine(mod2));
                phase2 = Wrap(phase2 + step * carrier);
                mod2 = Wrap(mod2 + step * modulator);
            }

            phase = Wrap(phase + step);
            mod = Wrap(mod + step * ratio);
            float swell = depth > 0 ? 1 - depth * (0.5f + 0.5f * Samples.Sine(tremolo)) : 1;
            tremolo += tremoloStep;
            into[i] += y * envelope * level * swell;
        }
    }

    private static float Wrap(float phase) => phase - (int)phase;
}
