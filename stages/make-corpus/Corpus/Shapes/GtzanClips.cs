using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus.Shapes;

/// <summary>The clips of GTZAN's kind, which several shapes are made of.</summary>
internal static class GtzanClips
{
    /// <summary>The clips, genre by genre, without faults.</summary>
    public static IReadOnlyList<PlannedClip> Plan(CorpusOptions options, ArtistTable artists) =>
    [
        .. from genre in options.Genres
           from artist in Enumerable.Range(0, options.Artists).Select(a => artists.Make(genre, a))
           from song in Enumerable.Range(0, options.Clips)
           let number = artist.Number * options.Clips + song
           select PlannedClip.Good(artist, song, number, NameOf(artist, number), options.ClipForm),
    ];

    /// <summary>Makes <c>gtzan/</c>: the clips, those that are bad on purpose, and the lists of both.</summary>
    public static void Write(CorpusRun run, ArtistTable artists)
    {
        IReadOnlyList<PlannedClip> clips = Plan(run.Options, artists);
        if (run.Options.HasFaults)
        {
            clips = FaultPlan.Add(clips, run.Options.Seed, NameOf);
        }

        ClipFiles.Write(run, "gtzan/genres", "gtzan/artists.csv", clips, song => ClipSound.Excerpt(song, run.Options.Seconds, run.Cancel));
        ClipFiles.WriteFaults(run, "gtzan/faults.csv", clips);
    }

    // As GTZAN names its files.
    private static string NameOf(Artist artist, int number) => $"{artist.Genre.Name}.{number:00000}";
}
