using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Decides which files a corpus has, before any is made.</summary>
internal static class CorpusPlan
{
    // Some of each kind, and no more than 4 % of the clips in a corpus of some size.
    private const int ClipsPerFault = 240;

    /// <summary>The files, genre by genre; faults come last in their folders.</summary>
    public static IReadOnlyList<PlannedClip> Make(CorpusOptions options)
    {
        var plan = new List<PlannedClip>();
        foreach (Genre genre in options.Genres)
        {
            for (int a = 0; a < options.Artists; a++)
            {
                Artist artist = ArtistTable.Make(genre, a, options.Seed);
                for (int song = 0; song < options.Clips; song++)
                {
                    int number = a * options.Clips + song;
                    plan.Add(new PlannedClip(genre, number, artist, song, null, number));
                }
            }
        }

        if (options.HasFaults)
        {
            plan.AddRange(Faults(plan, options));
        }

        return plan;
    }

    private static List<PlannedClip> Faults(List<PlannedClip> clips, CorpusOptions options)
    {
        Dice dice = new Dice(options.Seed).Child("faults");
        var next = options.Genres.ToDictionary(g => g.Name, _ => options.Artists * options.Clips);
        int perKind = Math.Max(1, clips.Count / ClipsPerFault);
        var faults = new List<PlannedClip>();
        foreach (FaultKind kind in Enum.GetValues<FaultKind>())
        {
            for (int i = 0; i < perKind; i++)
            {
                PlannedClip source = dice.Pick(clips);
                faults.Add(source with { Number = next[source.Genre.Name]++, Fault = kind });
            }
        }

        return faults;
    }
}
