using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Renders a song, or a part of it, to sound.</summary>
internal static class Recording
{
    // What began before the excerpt is still heard in it: the room, and held notes.
    private const double PreRoll = 1.5;

    // The longest that a tone rings on after it is let go.
    private const double Tail = 2.5;

    /// <summary>Usual level of each role, in dB.</summary>
    private static double Level(Role role) => role switch
    {
        Role.Drums => 0,
        Role.Bass => -2,
        Role.Chords => -6,
        Role.Pad => -11,
        Role.Lead => -5,
        _ => -2,
    };

    /// <summary>Samples at <see cref="Samples.Rate"/>, mono, within ±1.</summary>
    /// <param name="song">What to render.</param>
    /// <param name="start">Where the excerpt begins, in seconds.</param>
    /// <param name="length">Its length in samples.</param>
    /// <param name="cancel">Looked at between parts.</param>
    public static float[] Render(Song song, double start, int length, CancellationToken cancel)
    {
        double origin = start - PreRoll;
        int skipped = (int)(PreRoll * Samples.Rate);
        float[] mix = new float[skipped + length], send = new float[mix.Length], bus = new float[mix.Length];
        foreach (Part part in song.Score.Parts)
        {
            cancel.ThrowIfCancellationRequested();
            Array.Clear(bus);
            Dice dice = song.Dice.Child(part.Role.ToString());
            if (!Play(part, origin, bus, dice))
            {
                continue;
            }

            // A like level into every strip, so that an amplifier's drive means the same for every instrument.
            Scale(bus, 0.12);
            part.Instrument.Strip.Apply(bus, song.Score.Tempo);
            Scale(bus, 0.2 * Samples.Gain(Level(part.Role) + part.Instrument.Level + song.Production.Faders[part.Role]));
            float share = (float)part.Instrument.Strip.Send;
            Mixing.Add(mix, bus, 1);
            Mixing.Add(send, bus, share);
        }

        float[] room = Reverb.Answer(send, song.Production.Room);
        float wetness = (float)song.Production.Wetness;
        float[] excerpt = mix[skipped..];
        Mixing.Add(excerpt, room.AsSpan(skipped), wetness);
        Master.Apply(ref excerpt, song.Production, song.Dice.Child("master"));
        return excerpt;
    }

    private static bool Play(Part part, double origin, float[] bus, Dice dice)
    {
        bool sounds = false;
        for (int n = 0; n < part.Notes.Count; n++)
        {
            Note note = part.Notes[n];
            double onset = note.Onset - origin, duration = note.Duration;
            if (onset < 0)
            {
                duration += onset;
                onset = 0;
            }

            int at = (int)(onset * Samples.Rate);
            if (duration <= 0 || at >= bus.Length)
            {
                continue;
            }

            int gate = Math.Max(1, (int)(duration * Samples.Rate));
            int end = Math.Min(bus.Length, at + gate + (int)(Tail * Samples.Rate));
            // By the note's place in the score: a note sounds the same in every excerpt.
            part.Instrument.Patch.Play(new Tone(note.Pitch, gate, (float)note.Velocity, (float)note.Bend), bus.AsSpan(at, end - at), dice.Child("note", n));
            sounds = true;
        }

        return sounds;
    }

    // By the level while it plays: who rests for half of the excerpt is not louder in the other half.
    private static void Scale(Span<float> samples, double level)
    {
        const int Block = 2048;
        double loud = 0;
        int blocks = 0;
        for (int start = 0; start + Block <= samples.Length; start += Block)
        {
            double sum = Mixing.Energy(samples.Slice(start, Block));
            if (sum > Block * 1e-6)
            {
                loud += sum;
                blocks++;
            }
        }

        float gain = (float)(level / Math.Max(Math.Sqrt(loud / Math.Max(1, blocks * Block)), 1e-4));
        Mixing.Amplify(samples, gain);
    }
}
