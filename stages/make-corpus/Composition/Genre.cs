using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>All that makes a genre one. Another is one more of these, in <see cref="GenreTable"/>.</summary>
internal sealed record Genre(string Name)
{
    /// <summary>Genres whose styles and instruments its artists borrow.</summary>
    public string[] Neighbours { get; init; } = [];

    /// <summary>Seconds that its pieces last until their last notes fade, from and to; null for songs of the usual form and some minutes.</summary>
    public (double Shortest, double Longest)? Length { get; init; }

    /// <summary>Years of its recordings.</summary>
    public required (int From, int To) Years { get; init; }

    /// <summary>Ways of playing it.</summary>
    public required Style[] Styles { get; init; }

    /// <summary>Bands that play it.</summary>
    public required Ensemble[] Ensembles { get; init; }

    /// <summary>How it is recorded: its artists differ within these.</summary>
    public required ProductionRange Production { get; init; }

    /// <summary>Share of songs without a singer.</summary>
    public double Instrumental { get; init; } = 0.2;

    /// <summary>What Tagtraum and Top-MAGD, whose genres are fewer, file it under; empty where they never heard it.</summary>
    public string Label { get; init; } = "";

    /// <summary>What a listener may take it for, in their words.</summary>
    public string[] NearbyLabels { get; init; } = [];

    /// <summary>What its songs are about: words for titles.</summary>
    public required string[] TitleWords { get; init; }
}
