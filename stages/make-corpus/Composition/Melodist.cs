using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>
/// Makes melodies of phrases: four bars that state a motif, answer it, repeat it changed, and close on the tonic's chord.
/// Strong beats lie on chord tones, the others on the scale.
/// </summary>
internal sealed class Melodist
{
    private const int PhraseBars = 4;

    private readonly Sheet sheet;
    private readonly Instrument instrument;
    private readonly Dice dice;
    private readonly Motif verse, chorus, solo;

    public Melodist(Sheet sheet, Instrument instrument, string question)
    {
        this.sheet = sheet;
        this.instrument = instrument;
        dice = sheet.Dice.Child(question);
        verse = MakeMotif();
        chorus = MakeMotif();
        solo = MakeMotif();
    }

    /// <summary>The melody of the sections that <paramref name="plays"/>.</summary>
    public List<Note> Play(Func<Section, bool> plays)
    {
        var notes = new List<Note>();
        foreach (Section section in sheet.Sections.Where(plays))
        {
            Motif motif = section.Kind switch { SectionKind.Chorus => chorus, SectionKind.Solo or SectionKind.Bridge => solo, _ => verse };
            double height = section.Kind is SectionKind.Chorus or SectionKind.Solo ? 0.6 : 0.45;
            double centre = instrument.Low + height * (instrument.High - instrument.Low);
            for (int bar = 0; bar < section.Bars; bar += PhraseBars)
            {
                Phrase(section, section.FirstBar + bar, Math.Min(PhraseBars, section.Bars - bar), motif, centre, bar + PhraseBars >= section.Bars, notes);
            }
        }

        return notes;
    }

    /// <summary>Spoken rhythm: quick syllables near one pitch, which falls at the end of a line.</summary>
    public List<Note> Speak(Func<Section, bool> plays)
    {
        var notes = new List<Note>();
        double pitch = instrument.Low + 0.35 * (instrument.High - instrument.Low);
        foreach (Section section in sheet.Sections.Where(plays))
        {
            for (int bar = section.FirstBar; bar < section.FirstBar + section.Bars; bar++)
            {
                foreach ((_, double from, double to) in Steps.Read(dice.Pick(sheet.Style.Melodies)))
                {
                    double fall = from > 0.7 ? -3 * (from - 0.7) : 0;
                    double accent = from % 0.25 < 0.01 ? 0.85 : 0.65;
                    notes.Add(sheet.Play(bar, from, to, pitch + dice.Gauss(1.5) + 4 * fall, accent, dice));
                }
            }
        }

        return notes;
    }

    private void Phrase(Section section, int bar, int bars, Motif motif, double centre, bool isLast, List<Note> notes)
    {
        int degree = DegreeNear(centre + dice.Between(-3, 3));
        for (int b = 0; b < bars; b++)
        {
            // A B A' C: the answer has its own rhythm, the close the motif's first one made shorter by a long last note.
            bool isAnswer = b % 2 == 1;
            string rhythm = isAnswer ? motif.Answer : motif.Rhythm;
            bool closes = b == bars - 1;
            if (closes && dice.Chance(0.25))
            {
                continue; // a breath
            }

            int i = 0;
            foreach ((_, double from, double to) in Steps.Read(rhythm))
            {
                int move = motif.Moves[(i + (isAnswer ? 3 : 0)) % motif.Moves.Length];
                degree += b >= 2 && dice.Chance(0.3) ? -move : move;
                double pitch = Pitch(degree);
                if (pitch > instrument.High || pitch > centre + 10)
                {
                    degree -= 4;
                }
                else if (pitch < instrument.Low || pitch < centre - 10)
                {
                    degree += 4;
                }

                bool isStrong = from % 0.25 < 0.01 || to - from > 0.24;
                Chord chord = sheet.ChordAt(bar + b, from);
                bool isEnd = closes && to > 0.7;
                pitch = isStrong || isEnd ? OnChord(Pitch(degree), isEnd && isLast ? sheet.ChordAt(bar + b, 0.99) : chord) : Pitch(degree);
                double velocity = (isStrong ? 0.8 : 0.65) * (0.7 + 0.3 * section.Energy);
                double bend = dice.Chance(sheet.Style.Bends) ? dice.Pick([1.0, 1, 2]) : 0;
                notes.Add(sheet.Play(bar + b, from, from + (to - from) * 0.93, pitch, velocity, dice) with { Bend = bend });
                i++;
                if (isEnd)
                {
                    break;
                }
            }
        }
    }

    private Motif MakeMotif() => new(
        dice.Pick(sheet.Style.Melodies),
        dice.Pick(sheet.Style.Melodies),
        [.. Enumerable.Range(0, 7).Select(_ => dice.Pick([-2, -1, -1, -1, 0, 1, 1, 1, 2, 3, -3]))]);

    private double Pitch(int degree) => sheet.Key + 60 + sheet.Scale.Semitones(degree);

    private int DegreeNear(double pitch) => sheet.Scale.NearestDegree(pitch - 60 - sheet.Key);

    private double OnChord(double pitch, Chord chord)
    {
        for (int away = 0; away < 6; away++)
        {
            foreach (int sign in (ReadOnlySpan<int>)[-1, 1])
            {
                if (chord.Holds((int)pitch + sign * away - 60 - sheet.Key))
                {
                    return pitch + sign * away;
                }
            }
        }

        return pitch;
    }
}
