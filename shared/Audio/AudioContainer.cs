namespace Pipeline.Audio;

/// <summary>The kinds of file that can be written.</summary>
public enum AudioContainer
{
    /// <summary>RIFF WAVE, little-endian.</summary>
    Wav,

    /// <summary>Sun/NeXT .au, big-endian: GTZAN's original form.</summary>
    Au,
}
