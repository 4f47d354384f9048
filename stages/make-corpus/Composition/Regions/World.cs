using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Composition.Regions;

/// <summary>What all countries of the world have in common: they are recorded alike, in pieces of every length.</summary>
internal static class World
{
    /// <summary>Seconds before the last notes fade: some pieces are shorter than what a network looks at, others have a part left over.</summary>
    public static readonly (double Shortest, double Longest) Length = (3, 43);

    /// <summary>Years of its recordings.</summary>
    public static readonly (int From, int To) Years = (1996, 2012);

    /// <summary>How they are recorded, whatever the region: a studio must not give it away.</summary>
    public static ProductionRange Production => new()
    {
        Bass = (-1, 6), Treble = (-6, 4), HighCut = (5500, 10500), Room = (0.6, 2.6), Wetness = (0.15, 0.7), Loudness = (-24, -13), Hiss = (-82, -58),
        Compression = (0, 0.5), Crackle = (0, 0), Wow = (0, 1),
    };
}
