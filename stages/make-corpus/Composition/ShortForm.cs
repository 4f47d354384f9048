namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>The form of a piece of some seconds: phrases of four bars, of which the last may be shorter.</summary>
internal static class ShortForm
{
    private const int PhraseBars = 4;

    /// <summary>As many bars as last the wanted time.</summary>
    /// <param name="harmony">Progressions to choose from.</param>
    /// <param name="length">Seconds, from and to.</param>
    /// <param name="secondsPerBar">Of its tempo.</param>
    /// <param name="dice">For the length and the rest.</param>
    public static List<(Section Section, Progression Progression)> Make(
        Harmony harmony, (double Shortest, double Longest) length, double secondsPerBar, Dice dice)
    {
        // By halves and doubles rather than by seconds: short pieces are as frequent as long ones.
        double wanted = length.Shortest * Math.Pow(length.Longest / length.Shortest, dice.Share());
        int most = Math.Max(1, (int)(length.Longest / secondsPerBar)), least = Math.Min(most, (int)Math.Ceiling(length.Shortest / secondsPerBar));
        int bars = Math.Clamp((int)Math.Round(wanted / secondsPerBar), least, most);
        Progression first = Progression.Parse(dice.Pick(harmony.Progressions)), second = Progression.Parse(dice.Pick(harmony.Progressions));
        bool hasIntro = bars >= 3 * PhraseBars && dice.Chance(0.5);
        var form = new List<(Section, Progression)>();
        for (int bar = 0, phrase = 0; bar < bars; bar += PhraseBars, phrase++)
        {
            SectionKind kind = phrase == 0 && hasIntro ? SectionKind.Intro : phrase % 4 >= 2 ? SectionKind.Chorus : SectionKind.Verse;
            form.Add((Section.Make(kind, bar, Math.Min(PhraseBars, bars - bar), dice), kind == SectionKind.Chorus ? second : first));
        }

        return form;
    }
}
