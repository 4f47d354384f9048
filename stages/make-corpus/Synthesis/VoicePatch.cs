using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>
/// A voice: a buzz through four formants that move from vowel to vowel, with a consonant before each syllable.
/// </summary>
/// <param name="Size">Formants as a multiple of a man's: 1 for a man, 1.17 for a woman.</param>
internal sealed record VoicePatch(double Size) : Patch
{
    private static readonly (double[] Hz, double[] Db)[] Vowels =
    [
        ([700, 1220, 2600, 3400], [0, -5, -12, -18]),  // a
        ([530, 1840, 2480, 3400], [0, -8, -10, -16]),  // e
        ([300, 2240, 3000, 3600], [0, -14, -12, -18]), // i
        ([500, 900, 2400, 3300], [0, -7, -20, -24]),   // o
        ([330, 800, 2250, 3200], [0, -10, -24, -28]),  // u
        ([620, 1300, 2500, 3400], [0, -7, -14, -20]),  // uh
    ];

    /// <summary>Vibrato in cents.</summary>
    public double Vibrato { get; init; } = 30;

    /// <summary>Level of the breath.</summary>
    public double Breath { get; init; } = 0.06;

    /// <summary>Level of consonants.</summary>
    public double Consonants { get; init; } = 0.5;

    /// <summary>How sharp the buzz is, 0 soft to 1 pressed.</summary>
    public double Press { get; init; } = 0.5;

    /// <summary>Share of noise that is torn into the buzz: a shout or growl.</summary>
    public double Growl { get; init; }

    /// <summary>How many sing together.</summary>
    public int Singers { get; init; } = 1;

    public override void Play(in Tone tone, Span<float> into, Dice dice)
    {
        for (int singer = 0; singer < Singers; singer++)
        {
            Sing(tone with { Frequency = tone.Frequency * (1 + dice.Gauss(Singers > 1 ? 0.006 : 0.002)) }, into, dice, 1 / MathF.Sqrt(Singers));
        }
    }

    private void Sing(in Tone tone, Span<float> into, Dice dice, float share)
    {
        (double[] hz, double[] db) = dice.Pick(Vowels);
        (double[] nextHz, _) = dice.Pick(Vowels);
        double size = Size * (1 + dice.Gauss(0.01));
        Span<Biquad> formants = stackalloc Biquad[4];
        Span<float> gains = stackalloc float[4];
        for (int f = 0; f < 4; f++)
        {
            // Upper formants stand out more in a recorded voice, sung close to the microphone, than in a spoken one.
            gains[f] = Samples.Gain(db[f]) * (f == 0 ? 1 : f == 1 ? 1.8f : 3.5f);
            formants[f] = Formant(hz[f], f, size);
        }

        Consonant(tone, into, dice, share);
        // What the four formants leave out: the air above them.
        Biquad air = Biquad.HighPass(3800);
        var loudness = new Envelope(0.05, 0.3, 0.85, 0.09).Start(tone.Gate);
        float phase = (float)dice.Share(), vibrato = (float)dice.Share(), vibratoStep = (float)((5 + dice.Share()) / Samples.Rate);
        float tilt = 0, smooth = (float)(0.16 + 0.5 * Press), breath = (float)Breath, growl = (float)Growl, jitter = 0, step = 0;
        double slide = tone.Bend + dice.Between(0.1, 0.7);
        int turn = tone.Gate * 2 / 3;
        for (int i = 0; i < into.Length && !loudness.IsOver; i++)
        {
            if (i % 32 == 0)
            {
                jitter = 0.9f * jitter + (float)dice.Gauss(4);
                double swell = Math.Min(1, i / (0.35 * Samples.Rate));
                double cents = Vibrato * swell * Samples.Sine(vibrato) - 100 * slide + jitter;
                step = (float)(tone.Frequency / Samples.Rate * Math.Pow(2, cents / 1200));
                slide *= 0.9;
                // A long note moves on to another vowel.
                if (i > turn && i < turn + 1600 && tone.Gate > Samples.Rate / 3)
                {
                    double t = (i - turn) / 1600.0;
                    for (int f = 0; f < 4; f++)
                    {
                        formants[f] = formants[f].Tuned(Formant(hz[f] + t * (nextHz[f] - hz[f]), f, size));
                    }
                }
            }

            vibrato += vibratoStep;
            phase += step;
            bool closes = phase >= 1;
            phase -= (int)phase;
            // The glottis: air rises while it is open and stops at once when it closes.
            float open = phase < 0.65f ? phase * phase * (0.65f - phase) * 14 : 0;
            float pulse = closes ? -1.2f : 0;
            float noise = dice.Noise();
            tilt += smooth * (open + pulse * (1 + growl * noise) - tilt);
            // Breath comes through the open glottis: it pulses with the pitch.
            float x = tilt - 0.16f + noise * (breath * (0.15f + open) + growl * 0.5f * open);
            float y = 0.3f * (float)air.Next(x);
            for (int f = 0; f < 4; f++)
            {
                y += gains[f] * (float)formants[f].Next(x);
            }

            into[i] += 2.6f * share * tone.Velocity * loudness.Next() * y;
        }
    }

    private void Consonant(in Tone tone, Span<float> into, Dice dice, float share)
    {
        if (Consonants <= 0 || dice.Chance(0.3))
        {
            return;
        }

        // s and sh hiss high and long, t and k are short.
        bool hisses = dice.Chance(0.4);
        Biquad band = Biquad.BandPass(hisses ? dice.Between(4500, 7500) : dice.Between(1500, 4500), hisses ? 1.2 : 0.8);
        int length = Math.Min(into.Length, (int)((hisses ? dice.Between(0.05, 0.1) : dice.Between(0.012, 0.03)) * Samples.Rate));
        float level = (float)Consonants * tone.Velocity * share * (hisses ? 0.35f : 0.6f);
        for (int i = 0; i < length; i++)
        {
            float t = (float)i / length;
            into[i] += level * 4 * t * (1 - t) * (float)band.Next(dice.Noise());
        }
    }

    private static Biquad Formant(double hz, int number, double size) =>
        Biquad.BandPass(hz * size, hz * size / (70 + 25 * number + 0.02 * hz));
}
