namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>What is struck. The numbers are those of General MIDI's percussion, and stand in <see cref="Note.Pitch"/>.</summary>
internal enum Drum
{
    Kick = 36,
    Rim = 37,
    Snare = 38,
    Clap = 39,
    LowTom = 41,
    ClosedHat = 42,
    MiddleTom = 45,
    OpenHat = 46,
    HighTom = 48,
    Crash = 49,
    Ride = 51,
    Tambourine = 54,
    Cowbell = 56,
    Conga = 63,
    Shaker = 70,
}
