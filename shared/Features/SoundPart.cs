namespace Pipeline.Features;

/// <summary>What part of the sound is looked at.</summary>
public enum SoundPart
{
    /// <summary>All of it.</summary>
    All,

    /// <summary>What holds its pitch: voices and strings, by median filtering along time.</summary>
    Harmonic,

    /// <summary>What is short: drums and attacks, by median filtering along frequency.</summary>
    Percussive,
}
