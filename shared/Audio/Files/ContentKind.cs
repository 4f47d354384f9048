namespace Pipeline.Audio.Files;

/// <summary>What a file's content says it is, as far as it matters for who reads it.</summary>
internal enum ContentKind
{
    Wav,
    Au,
    Aiff,
    Flac,
    Ogg,
    Mpeg,

    /// <summary>A sound file of a rarer kind, which libsndfile reads.</summary>
    OtherSound,

    /// <summary>Known to hold sound, or unknown: ffmpeg may read it.</summary>
    Foreign,

    /// <summary>Something else altogether.</summary>
    NotSound,
}
