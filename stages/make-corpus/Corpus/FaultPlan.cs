using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Decides which files are bad on purpose.</summary>
internal static class FaultPlan
{
    // Some of each kind, and no more than 4 % of the clips in a corpus of some size.
    private const int ClipsPerFault = 240;

    /// <summary>The clips and the faults after them; faults come last in their folders.</summary>
    /// <param name="clips">The good ones.</param>
    /// <param name="seed">Of the corpus.</param>
    /// <param name="nameOf">The name of an artist's file that has a place in its folder.</param>
    public static IReadOnlyList<PlannedClip> Add(IReadOnlyList<PlannedClip> clips, ulong seed, Func<Artist, int, string> nameOf)
    {
        Dice dice = new Dice(seed).Child("faults");
        Dictionary<Genre, int> next = clips.GroupBy(c => c.Genre).ToDictionary(g => g.Key, g => g.Max(c => c.Number) + 1);
        int perKind = Math.Max(1, clips.Count / ClipsPerFault);
        var all = new List<PlannedClip>(clips);
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            for (int i = 0; i < perKind; i++)
            {
                PlannedClip source = dice.Pick(clips);
                int number = next[source.Genre]++;
                all.Add(source with { Number = number, Name = nameOf(source.Artist, number), Fault = kind });
            }
        }

        return all;
    }
}
