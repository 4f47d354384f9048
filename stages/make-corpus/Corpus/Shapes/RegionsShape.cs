using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus.Shapes;

/// <summary>Music of the regions of an invented world, of which some have far more than others, in pieces of very unequal length.</summary>
internal sealed class RegionsShape() : Shape("regions", "pieces of the countries of a world, few of some", "--no-faults")
{
    // Recordings of a region as a share of the first one's, in the order of the regions.
    private static readonly double[] Sizes = [1, 0.5, 0.3, 0.17, 0.1];

    public override IReadOnlyList<string> Entries => ["regions", "composers.csv", "faults.csv"];

    public override GenreTable Genres => GenreTable.Regions;

    public override int Artists => 12;

    public override int Clips => 10;

    public override void Write(CorpusRun run)
    {
        IReadOnlyList<PlannedClip> clips = Plan(run.Options);
        if (run.Options.HasFaults)
        {
            clips = FaultPlan.Add(clips, run.Options.Seed, NameOf);
        }

        ClipFiles.Write(run, "regions", "composers.csv", clips, song => ClipSound.Whole(song, run.Cancel));
        ClipFiles.WriteFaults(run, "faults.csv", clips);
    }

    private List<PlannedClip> Plan(CorpusOptions options)
    {
        var artists = new ArtistTable(Genres, options.Seed);
        var clips = new List<PlannedClip>();
        foreach (Genre genre in options.Genres)
        {
            // One of each composer at least; then each has one more in turn.
            int count = Math.Max(options.Artists, (int)Math.Round(Sizes[Genres.PlaceOf(genre)] * options.Artists * options.Clips));
            for (int i = 0; i < count; i++)
            {
                Artist artist = artists.Make(genre, i % options.Artists);
                int song = i / options.Artists;
                clips.Add(PlannedClip.Good(artist, song, i, NameOf(artist, i), SoundForm.Any(artist.Dice.Child("form", song))));
            }
        }

        return clips;
    }

    private static string NameOf(Artist artist, int number) => $"{artist.Genre.Name.ToLowerInvariant()}_{number + 1:000}";
}
