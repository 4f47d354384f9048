using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus.Shapes;

/// <summary>Pictures of the same clips' spectrograms, as they circulate with GTZAN; the sound is not kept.</summary>
internal sealed class PicturesShape() : Shape("pictures", "pictures of the clips' spectrograms", "--seconds")
{
    public override IReadOnlyList<string> Entries => ["images", "artists.csv"];

    // Twice as many as elsewhere: how well a network does is judged by a sixth of them.
    public override int Artists => 16;

    public override GenreTable Genres => GenreTable.Gtzan;

    public override void Write(CorpusRun run)
    {
        IReadOnlyList<PlannedClip> clips = GtzanClips.Plan(run.Options, new ArtistTable(Genres, run.Options.Seed));
        ClipFiles.Write(run, "images", "artists.csv", clips, (folder, clip, song) =>
        {
            string file = clip.PathOf(clip.Name, ".png");
            SpectrogramFigure.Write(Path.Combine(folder, file), ClipSound.Excerpt(song, run.Options.Seconds, run.Cancel));
            return [file];
        });
    }
}
