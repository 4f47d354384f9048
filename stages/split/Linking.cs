namespace Pipeline.Stages.Splitting;

/// <summary>What is never divided: the values of <c>--by</c>.</summary>
/// <param name="Name">As it is typed.</param>
/// <param name="Warning">What everybody has to be told who looks at figures made of the table; null for nothing.</param>
/// <param name="Kinds">The links that hold recordings together.</param>
internal sealed record Linking(string Name, string? Warning, IReadOnlyList<LinkKind> Kinds)
{
    /// <summary>The linkings there are, the default first.</summary>
    public static IReadOnlyList<Linking> All { get; } =
    [
        new(
            "artist",
            null,
            [LinkKind.Duplicate, LinkKind.Sha256, LinkKind.TrackId, LinkKind.SongId, LinkKind.ArtistId, LinkKind.ArtistName]),
        new(
            "song",
            "recordings of one artist may stand in train and in test (split --by song): figures flatter",
            [LinkKind.Duplicate, LinkKind.Sha256, LinkKind.TrackId, LinkKind.SongId, LinkKind.ArtistAndTitle]),
        new(
            "none",
            "recordings of one artist, and copies of one recording, may stand in train and in test (split --by none): figures flatter",
            []),
    ];

    /// <summary>Whether a link holds recordings together.</summary>
    public bool Has(LinkKind kind) => Kinds.Contains(kind);
}
