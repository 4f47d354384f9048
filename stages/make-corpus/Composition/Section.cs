namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A part of a song's form.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="FirstBar">Counted from 0.</param>
/// <param name="Bars">How long it is.</param>
/// <param name="Energy">How much is going on, 0 to 1: it decides who plays and how hard.</param>
internal sealed record Section(SectionKind Kind, int FirstBar, int Bars, double Energy)
{
    /// <summary>One with about the energy that is usual for its kind.</summary>
    public static Section Make(SectionKind kind, int firstBar, int bars, Dice dice)
    {
        double energy = kind switch
        {
            SectionKind.Intro => 0.45,
            SectionKind.Verse => 0.62,
            SectionKind.Chorus => 0.92,
            SectionKind.Solo => 0.85,
            SectionKind.Bridge => 0.5,
            _ => 0.45,
        };
        return new Section(kind, firstBar, bars, Math.Clamp(energy + dice.Gauss(0.06), 0.2, 1));
    }
}
