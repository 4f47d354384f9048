namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>A note as a generator sees it.</summary>
/// <param name="Pitch">MIDI pitch, or the number of a drum.</param>
/// <param name="Gate">Samples until it is let go.</param>
/// <param name="Velocity">0 to 1.</param>
/// <param name="Bend">Semitones from which it slides up to its pitch; 0 for none.</param>
internal readonly record struct Tone(double Pitch, int Gate, float Velocity, float Bend)
{
    /// <summary>Hz; of no meaning for drums.</summary>
    public double Frequency { get; init; } = 440 * Math.Pow(2, (Pitch - 69) / 12);
}
