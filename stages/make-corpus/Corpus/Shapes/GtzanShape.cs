using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus.Shapes;

/// <summary>Clips as GTZAN has them, of its length.</summary>
internal sealed class GtzanShape() : Shape("gtzan", "clips alone", "--seconds", "--format", "--no-faults")
{
    public override IReadOnlyList<string> Entries => ["gtzan"];

    // Twice as many as elsewhere: how well a network does is judged by a sixth of them.
    public override int Artists => 16;

    public override GenreTable Genres => GenreTable.Gtzan;

    public override void Write(CorpusRun run) => GtzanClips.Write(run, new ArtistTable(Genres, run.Options.Seed));
}
