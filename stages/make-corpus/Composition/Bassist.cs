using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Plays bass lines over the chords.</summary>
internal static class Bassist
{
    public static List<Note> Play(Sheet sheet, Instrument bass)
    {
        Dice dice = sheet.Dice.Child("bass");
        var notes = new List<Note>();
        string calm = dice.Pick(sheet.Style.Bass);
        string full = dice.Pick(sheet.Style.Bass);
        double length = dice.Between(0.7, 1);
        double last = bass.Low;
        foreach (Section section in sheet.Sections)
        {
            if (section.Kind == SectionKind.Intro && dice.Chance(0.4))
            {
                continue;
            }

            string[] bars = (section.Energy > 0.75 ? full : calm).Split('|');
            for (int bar = section.FirstBar; bar < section.FirstBar + section.Bars; bar++)
            {
                foreach ((char sign, double from, double to) in Steps.Read(bars[bar % bars.Length]))
                {
                    Chord chord = sheet.ChordAt(bar, from);
                    int root = LowRoot(sheet, chord, bass);
                    double pitch = sign switch
                    {
                        '1' => root,
                        '3' => root + chord.Tones[Math.Min(1, chord.Tones.Length - 1)],
                        '4' => root - 5 >= bass.Low - 2 ? root - 5 : root + 7,
                        '5' => root + 7,
                        '6' => root + 9,
                        '7' => root + 10,
                        '8' => root + 12,
                        'w' => Walk(sheet, bar, from, to, root, last, bass, dice),
                        _ => throw new FormatException($"'{sign}' is no sign of a bass line"),
                    };
                    last = pitch;
                    double velocity = (from < 0.01 ? 0.85 : 0.7) * (0.7 + 0.3 * section.Energy);
                    notes.Add(sheet.Play(bar, from, from + (to - from) * length, pitch, velocity, dice));
                }
            }
        }

        return notes;
    }

    private static int LowRoot(Sheet sheet, Chord chord, Instrument bass)
    {
        int pitchClass = (sheet.Key + chord.Root) % 12;
        return bass.Low + ((pitchClass - bass.Low) % 12 + 12) % 12;
    }

    // Root on the one, a leading step before the next bar's root, between them chord tones and steps near the last note.
    private static double Walk(Sheet sheet, int bar, double from, double to, int root, double last, Instrument bass, Dice dice)
    {
        if (from < 0.01)
        {
            return last > root + 7 && root + 12 <= bass.High && dice.Chance(0.7) ? root + 12 : root;
        }

        Chord chord = sheet.ChordAt(bar, from);
        if (to > 0.99)
        {
            int target = Sheet.Nearest((sheet.Key + sheet.ChordAt(bar + 1, 0).Root) % 12, last);
            return target + dice.Pick([-1, 1, -2, 2, -5]);
        }

        double wanted = Math.Clamp(last + dice.Pick([-4, -3, 3, 4, 5]), bass.Low, bass.High);
        int tone = dice.Pick(chord.Tones);
        return Math.Clamp(Sheet.Nearest((sheet.Key + chord.Root + tone) % 12, wanted), bass.Low, bass.High + 4);
    }
}
