namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A note of a score.</summary>
/// <param name="Onset">Seconds from the beginning of the song.</param>
/// <param name="Duration">Seconds until it is let go; it may ring on.</param>
/// <param name="Pitch">MIDI pitch (69 is a' = 440 Hz), fractions being cents; for drums the number of the <see cref="Drum"/>.</param>
/// <param name="Velocity">How hard it is played, 0 to 1.</param>
internal readonly record struct Note(double Onset, double Duration, double Pitch, double Velocity)
{
    /// <summary>Semitones below its pitch from which it slides up; 0 for none.</summary>
    public double Bend { get; init; }
}
