namespace Pipeline.Stages.Balancing;

/// <summary>
/// The recordings of the splits that features can be computed of, in the order of the tables of recordings, with the names of
/// genres and sources in alphabetical order.
/// </summary>
/// <param name="Items">The recordings.</param>
/// <param name="Genres">Names of all genres, also of those that no recording here has.</param>
/// <param name="Sources">Names of the sources.</param>
/// <param name="Unusable">How many recordings are not among them, because the features cannot be computed of such files.</param>
internal sealed record Pieces(Piece[] Items, string[] Genres, string[] Sources, IReadOnlyDictionary<Medium, int> Unusable)
{
    /// <summary>The part that is balanced.</summary>
    public const string Train = "train";
}
