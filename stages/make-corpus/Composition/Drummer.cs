namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Plays grooves, with fills where a section ends and a crash where the next begins.</summary>
internal static class Drummer
{
    private static readonly Groove[] Fills =
    [
        new((Drum.Snare, "........x.xxX.xX")),
        new((Drum.HighTom, "........xx......"), (Drum.MiddleTom, "..........xx...."), (Drum.LowTom, "............xxXX")),
        new((Drum.Snare, "............xxxX")),
        new((Drum.HighTom, "......x....."), (Drum.MiddleTom, "........x..."), (Drum.LowTom, "..........xX"), (Drum.Snare, "...........x")),
        new((Drum.Snare, "..........x.X.x."), (Drum.Kick, "...........x...x")),
    ];

    public static List<Note> Play(Sheet sheet)
    {
        Dice dice = sheet.Dice.Child("drums");
        var notes = new List<Note>();
        Groove calm = dice.Pick(sheet.Style.Grooves);
        Groove full = dice.Pick(sheet.Style.Grooves);
        bool fillsIn = dice.Chance(0.8);
        for (int s = 0; s < sheet.Sections.Count; s++)
        {
            Section section = sheet.Sections[s];
            bool isSilent = section.Kind == SectionKind.Intro && dice.Chance(0.35) || section.Kind == SectionKind.Bridge && dice.Chance(0.3);
            bool withoutKick = section.Energy < 0.5 && dice.Chance(0.4);
            Groove groove = section.Energy > 0.75 ? full : calm;
            Groove fill = dice.Pick(Fills);
            for (int bar = 0; bar < section.Bars; bar++)
            {
                bool isLast = bar == section.Bars - 1;
                bool isFill = fillsIn && sheet.Style.Meter == 4 && (isLast || bar % 4 == 3 && dice.Chance(0.2)) && section.Energy > 0.3;
                if (!isSilent)
                {
                    Play(sheet, groove, section.FirstBar + bar, section.Energy, isFill ? 0.5 : 1, withoutKick, dice, notes);
                }

                if (isFill)
                {
                    Play(sheet, fill, section.FirstBar + bar, section.Energy, 1, false, dice, notes);
                }
            }

            if (s > 0 && section.Energy > 0.6 && dice.Chance(0.7))
            {
                notes.Add(sheet.Play(section.FirstBar, 0, 0.25, (int)Drum.Crash, section.Energy, dice));
            }
        }

        return notes;
    }

    private static void Play(Sheet sheet, Groove groove, int bar, double energy, double until, bool withoutKick, Dice dice, List<Note> notes)
    {
        foreach ((Drum drum, string steps) in groove.Lanes)
        {
            if (withoutKick && drum == Drum.Kick)
            {
                continue;
            }

            foreach ((char sign, double from, double to) in Steps.Read(steps))
            {
                double velocity = sign switch { 'X' => 0.95, 'x' => 0.75, 'o' => 0.3, _ => dice.Chance(0.35) ? 0.5 : 0 };
                if (velocity > 0 && from < until)
                {
                    notes.Add(sheet.Play(bar, from, to, (int)drum, velocity * (0.65 + 0.35 * energy), dice));
                }
            }
        }
    }
}
