namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A part of a song's form.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="FirstBar">Counted from 0.</param>
/// <param name="Bars">How long it is.</param>
/// <param name="Energy">How much is going on, 0 to 1: it decides who plays and how hard.</param>
internal sealed record Section(SectionKind Kind, int FirstBar, int Bars, double Energy);
