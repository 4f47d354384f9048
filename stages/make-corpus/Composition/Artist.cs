using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A fictitious artist: the habits that all songs of it share, and by which it could be told from the others of its genre.</summary>
internal sealed record Artist
{
    public required string Name { get; init; }

    public required Genre Genre { get; init; }

    /// <summary>Its place among the genre's artists, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>Styles it plays, of its genre.</summary>
    public required Style[] Styles { get; init; }

    /// <summary>The genre it borrows from; null for one that keeps to its own.</summary>
    public required Genre? Neighbour { get; init; }

    /// <summary>Share of its songs that borrow.</summary>
    public required double Borrows { get; init; }

    /// <summary>Keys it likes, as pitch classes.</summary>
    public required int[] Keys { get; init; }

    /// <summary>Where its tempi lie within a style's range: 0 the slow end, 1 the fast one.</summary>
    public required double Pace { get; init; }

    /// <summary>What its members play.</summary>
    public required IReadOnlyDictionary<Role, Instrument> Band { get; init; }

    /// <summary>How its records sound.</summary>
    public required Production Production { get; init; }

    /// <summary>Middle of its career.</summary>
    public required int Year { get; init; }

    /// <summary>How exactly it plays together: deviation of onsets in seconds.</summary>
    public required double Looseness { get; init; }

    /// <summary>Throws of everything of this artist.</summary>
    public required Dice Dice { get; init; }
}
