namespace Pipeline.Stages.Splitting;

/// <summary>What two recordings can have in common.</summary>
internal enum LinkKind : byte
{
    /// <summary>Nothing: a key by which a recording is found.</summary>
    None,

    /// <summary>The same sound, or nearly so.</summary>
    Duplicate,

    /// <summary>The same bytes.</summary>
    Sha256,

    /// <summary>The same track of the Million Song Dataset.</summary>
    TrackId,

    /// <summary>The same song of the Million Song Dataset.</summary>
    SongId,

    /// <summary>The same artist and title.</summary>
    ArtistAndTitle,

    /// <summary>The same artist, by the source's key.</summary>
    ArtistId,

    /// <summary>The same artist, by name.</summary>
    ArtistName,
}
