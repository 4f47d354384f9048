namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>How chords are played.</summary>
/// <param name="Voicing">How their tones are spread.</param>
/// <param name="Rhythm">A bar in steps, as in a <see cref="Groove"/>; <c>-</c> holds the chord, <c>.</c> is silence. Several bars are parted by <c>|</c>.</param>
internal sealed record Comping(Voicing Voicing, string Rhythm);
