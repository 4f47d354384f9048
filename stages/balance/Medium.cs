namespace Pipeline.Stages.Balancing;

/// <summary>What a recording's file holds.</summary>
internal enum Medium : byte
{
    /// <summary>Sound.</summary>
    Sound,

    /// <summary>The segments of a song, as in the Million Song Dataset.</summary>
    SongFile,

    /// <summary>A picture of a spectrogram.</summary>
    Picture,
}
