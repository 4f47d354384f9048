using Pipeline.Stages.MakeCorpus.Composition.GameMusic;
using Pipeline.Stages.MakeCorpus.Composition.Genres;
using Pipeline.Stages.MakeCorpus.Composition.Regions;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Genres that make one corpus. Another one is a file of its own beside the others, and a place in such a list.</summary>
internal sealed class GenreTable(params Genre[] all)
{
    /// <summary>In GTZAN's order.</summary>
    public static readonly GenreTable Gtzan = new(
        Blues.Genre, Classical.Genre, Country.Genre, Disco.Genre, Hiphop.Genre, Jazz.Genre, Metal.Genre, Pop.Genre, Reggae.Genre, Rock.Genre);

    /// <summary>What music does in a game.</summary>
    public static readonly GenreTable GameMusic = new(
        Battle.Genre, Boss.Genre, Dungeon.Genre, Ending.Genre, Menu.Genre, Overworld.Genre, Town.Genre);

    /// <summary>Countries of an invented world, the most travelled first.</summary>
    public static readonly GenreTable Regions = new(Coast.Genre, Highlands.Genre, Desert.Genre, Marsh.Genre, Citadel.Genre);

    /// <summary>In the order in which they are made.</summary>
    public IReadOnlyList<Genre> All { get; } = all;

    /// <summary>Their names.</summary>
    public IReadOnlyList<string> Names { get; } = [.. all.Select(g => g.Name)];

    /// <summary>A genre's place among them.</summary>
    public int PlaceOf(Genre genre) => Array.IndexOf(all, genre);

    /// <summary>The genre of a name; null where there is none.</summary>
    public Genre? Find(string name) => Array.Find(all, g => g.Name == name);
}
