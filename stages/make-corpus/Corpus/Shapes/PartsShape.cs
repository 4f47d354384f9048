using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus.Shapes;

/// <summary>
/// The same clips, each cut into parts that are files of their own, as some prepare GTZAN. Whoever deals these out one by one
/// has parts of a song in train and in test.
/// </summary>
internal sealed class PartsShape() : Shape("parts", "the clips cut into parts", "--seconds", "--part-seconds", "--format")
{
    public override IReadOnlyList<string> Entries => ["parts"];

    public override GenreTable Genres => GenreTable.Gtzan;

    public override void Write(CorpusRun run)
    {
        IReadOnlyList<PlannedClip> clips = GtzanClips.Plan(run.Options, new ArtistTable(Genres, run.Options.Seed));
        int length = (int)Math.Round(run.Options.PartSeconds * Samples.Rate);
        ClipFiles.Write(run, "parts/genres", "parts/artists.csv", clips, (folder, clip, song) =>
        {
            float[] sound = ClipSound.Excerpt(song, run.Options.Seconds, run.Cancel);
            // What is left over at the end, being shorter than the others, is left out.
            string[] files = [.. Enumerable.Range(0, sound.Length / length).Select(part => clip.PathOf($"{clip.Name}.{part}"))];
            for (int part = 0; part < files.Length; part++)
            {
                File.WriteAllBytes(Path.Combine(folder, files[part]), clip.Form.Encode(sound[(part * length)..((part + 1) * length)]));
            }

            return files;
        });
    }
}
