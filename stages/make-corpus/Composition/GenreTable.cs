using Pipeline.Stages.MakeCorpus.Composition.Genres;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>The genres there are, in GTZAN's order. Another one is a file of its own beside these, and a place in this list.</summary>
internal static class GenreTable
{
    public static readonly Genre[] All =
    [
        Blues.Genre, Classical.Genre, Country.Genre, Disco.Genre, Hiphop.Genre, Jazz.Genre, Metal.Genre, Pop.Genre, Reggae.Genre, Rock.Genre,
    ];

    /// <summary>The genre of a name; null where there is none.</summary>
    public static Genre? Find(string name) => Array.Find(All, g => g.Name == name);
}
