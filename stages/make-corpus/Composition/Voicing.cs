namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>How a chord's tones are spread in time and pitch.</summary>
internal enum Voicing
{
    /// <summary>All at once, near the middle.</summary>
    Close,

    /// <summary>All at once, without the root: the bass has it.</summary>
    Rootless,

    /// <summary>Root, fifth and octave, low.</summary>
    Power,

    /// <summary>Across the strings of a guitar, one after the other, down and up in turn.</summary>
    Strum,

    /// <summary>One tone per step, upwards.</summary>
    Arpeggio,

    /// <summary>One tone per step: low, high, middle, high.</summary>
    Alberti,

    /// <summary>Fingerpicked: thumb on the root and fifth in turn, fingers between.</summary>
    Picking,

    /// <summary>The root alone, repeated: a riff's pedal, with the chord at accents.</summary>
    Chug,

    /// <summary>Wide, root below.</summary>
    Open,
}
