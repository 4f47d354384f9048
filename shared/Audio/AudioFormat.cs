namespace Pipeline.Audio;

/// <summary>What kind of file the sound came from, told by its content.</summary>
public enum AudioFormat
{
    /// <summary>RIFF, RIFX, RF64 or BW64 WAVE.</summary>
    Wav,

    /// <summary>Sun/NeXT .au.</summary>
    Au,

    /// <summary>AIFF or AIFF-C.</summary>
    Aiff,

    /// <summary>Native FLAC.</summary>
    Flac,

    /// <summary>Ogg: Vorbis or Opus within.</summary>
    Ogg,

    /// <summary>MPEG audio, layer 1 to 3.</summary>
    Mp3,

    /// <summary>Anything else that a library or ffmpeg could read.</summary>
    Other,
}
