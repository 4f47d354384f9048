using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus.Shapes;

/// <summary>Clips as GTZAN has them, and further songs as files of the Million Song Dataset with two sets of labels.</summary>
internal sealed class GtzanMsdShape() : Shape("gtzan-msd", "clips, song files and labels", "--tracks", "--track-seconds", "--seconds", "--format", "--no-faults")
{
    public override IReadOnlyList<string> Entries => ["gtzan", "msd", "labels"];

    public override GenreTable Genres => GenreTable.Gtzan;

    public override int Clips => 5;

    public override double Seconds => 8;

    public override void Write(CorpusRun run)
    {
        var artists = new ArtistTable(Genres, run.Options.Seed);
        GtzanClips.Write(run, artists);
        IReadOnlyList<PlannedTrack> tracks = TrackPlan.Make(run.Options, artists);
        if (tracks.Count > 0)
        {
            Directory.CreateDirectory(run.Folder["labels"]);
            IReadOnlyList<(string File, SongFaultKind Fault)> bad = SongFiles.Write(run.Folder["msd"], tracks, run.Options, run.Threads, run.Quiet, run.Cancel);
            CsvFile.Write(run.Folder["labels", "msd-faults.csv"], ["file", "fault"], bad.Select(b => (string[])[b.File, CorpusWriter.NameOf(b.Fault)]));
            LabelFiles.Write(run.Folder["labels"], tracks, run.Options.Seed, run.Cancel);
        }
    }
}
