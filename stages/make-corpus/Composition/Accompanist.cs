using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Plays the chords.</summary>
internal static class Accompanist
{
    /// <param name="sheet">The song.</param>
    /// <param name="instrument">Played within its range.</param>
    /// <param name="comping">Ways to choose from.</param>
    /// <param name="question">Name of the part, for its dice.</param>
    /// <param name="from">Least energy of a section in which it plays.</param>
    public static List<Note> Play(Sheet sheet, Instrument instrument, IReadOnlyList<Comping> comping, string question, double from)
    {
        Dice dice = sheet.Dice.Child(question);
        var notes = new List<Note>();
        Comping calm = dice.Pick(comping);
        Comping full = dice.Chance(0.5) ? calm : dice.Pick(comping);
        double centre = (instrument.Low + instrument.High) / 2.0 + dice.Between(-3, 3);
        bool restsInIntro = dice.Chance(0.3);
        foreach (Section section in sheet.Sections)
        {
            if (section.Energy < from || restsInIntro && section.Kind == SectionKind.Intro)
            {
                continue;
            }

            Comping way = section.Energy > 0.75 ? full : calm;
            string[] bars = way.Rhythm.Split('|');
            for (int bar = section.FirstBar; bar < section.FirstBar + section.Bars; bar++)
            {
                int step = 0;
                foreach ((char sign, double start, double end) in Steps.Read(bars[bar % bars.Length]))
                {
                    double velocity = (sign == 'X' ? 0.9 : sign == 'o' ? 0.4 : 0.68) * (0.65 + 0.35 * section.Energy);
                    if (sign != '?' || dice.Chance(0.4))
                    {
                        Strike(sheet, instrument, way.Voicing, sheet.ChordAt(bar, start), bar, start, end, centre, velocity, sign == 'X', step, dice, notes);
                    }

                    step++;
                }
            }
        }

        return notes;
    }

    private static void Strike(
        Sheet sheet, Instrument instrument, Voicing voicing, Chord chord, int bar, double from, double to, double centre, double velocity, bool accent, int step, Dice dice, List<Note> notes)
    {
        int[] pitches = Voice(sheet.Key, chord, voicing, centre, instrument);
        switch (voicing)
        {
            case Voicing.Arpeggio:
                notes.Add(sheet.Play(bar, from, Math.Min(1, to + 0.2), pitches[step % pitches.Length], velocity, dice));
                return;
            case Voicing.Alberti:
                int[] order = [0, pitches.Length - 1, pitches.Length / 2, pitches.Length - 1];
                notes.Add(sheet.Play(bar, from, to, pitches[order[step % 4]], velocity * (step % 4 == 0 ? 1 : 0.8), dice));
                return;
            case Voicing.Picking:
                int finger = step % 2 == 0 ? step / 2 % 2 : 2 + dice.Below(pitches.Length - 2);
                notes.Add(sheet.Play(bar, from, 1, pitches[finger], velocity * (finger < 2 ? 1 : 0.75), dice));
                return;
            case Voicing.Chug when !accent:
                notes.Add(sheet.Play(bar, from, to, pitches[0], velocity, dice));
                notes.Add(sheet.Play(bar, from, to, pitches[0] + 7, velocity * 0.8, dice));
                return;
            default:
                bool up = step % 2 == 1;
                for (int i = 0; i < pitches.Length; i++)
                {
                    Note note = sheet.Play(bar, from, to, pitches[up ? pitches.Length - 1 - i : i], velocity, dice);
                    double delay = voicing == Voicing.Strum ? i * (accent ? 0.008 : 0.014) : 0;
                    notes.Add(note with { Onset = note.Onset + delay });
                }

                return;
        }
    }

    private static int[] Voice(int key, Chord chord, Voicing voicing, double centre, Instrument instrument)
    {
        int root = (key + chord.Root) % 12;
        int low = instrument.Low + ((root - instrument.Low) % 12 + 12) % 12;
        switch (voicing)
        {
            case Voicing.Power or Voicing.Chug:
                return chord.Tones.Length > 2 && chord.Tones[2] == 6 ? [low, low + 6, low + 12] : [low, low + 7, low + 12];
            case Voicing.Open:
                return [low, .. chord.Tones[1..].Select(t => Sheet.Nearest((root + t) % 12, centre + 5)).Order()];
            case Voicing.Strum or Voicing.Picking or Voicing.Arpeggio:
                // As a guitar lies under the hand: root, fifth, octave, then the other tones above.
                return [low, low + 7, low + 12, .. chord.Tones[1..].Where(t => t != 7).Select(t => low + 12 + t % 12), low + 19];
            default:
                int[] tones = voicing == Voicing.Rootless && chord.Tones.Length > 3 ? chord.Tones[1..] : chord.Tones;
                return [.. tones.Select(t => Sheet.Nearest((root + t) % 12, centre)).Distinct().Order()];
        }
    }
}
