using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>How a genre's records sound, from and to; each artist is somewhere within. The units are <see cref="Production"/>'s.</summary>
internal sealed record ProductionRange
{
    public (double Low, double High) Bass { get; init; } = (0, 6);

    public (double Low, double High) Treble { get; init; } = (-2, 6);

    public (double Low, double High) LowCut { get; init; } = (25, 60);

    public (double Low, double High) HighCut { get; init; } = (6500, 10500);

    public (double Low, double High) Room { get; init; } = (0.5, 1.8);

    public (double Low, double High) Wetness { get; init; } = (0.15, 0.5);

    public (double Low, double High) Compression { get; init; } = (0.2, 0.8);

    public (double Low, double High) Loudness { get; init; } = (-20, -12);

    public (double Low, double High) Hiss { get; init; } = (-80, -55);

    /// <summary>Share of artists on vinyl, and the most clicks per second.</summary>
    public (double Share, double Most) Crackle { get; init; } = (0.15, 6);

    public (double Low, double High) Wow { get; init; } = (0, 4);

    /// <summary>An artist's studio.</summary>
    public Production ForArtist(Dice dice) => new()
    {
        Faders = Enum.GetValues<Role>().ToDictionary(role => role, _ => dice.Gauss(2)),
        Bass = In(Bass, dice),
        Treble = In(Treble, dice),
        LowCut = In(LowCut, dice),
        HighCut = In(HighCut, dice),
        Room = In(Room, dice),
        Wetness = In(Wetness, dice),
        Compression = In(Compression, dice),
        Loudness = In(Loudness, dice),
        Hiss = In(Hiss, dice),
        Crackle = dice.Chance(Crackle.Share) ? dice.Between(0.5, Crackle.Most) : 0,
        Wow = In(Wow, dice),
    };

    private static double In((double Low, double High) range, Dice dice) => dice.Between(range.Low, range.High);
}
