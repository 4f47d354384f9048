using Pipeline.Cli;
using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Makes the clips that were planned, in a folder of class folders, and the lists that go with it.</summary>
internal static class ClipFiles
{
    /// <summary>Writes a plan's sounds, each as its form and its fault want it.</summary>
    /// <param name="run">The corpus.</param>
    /// <param name="tree">The folder of class folders within it.</param>
    /// <param name="list">The list of files, artists and titles within it.</param>
    /// <param name="clips">What to make.</param>
    /// <param name="record">The sound of a song: one channel at the rate of all synthesis.</param>
    public static void Write(CorpusRun run, string tree, string list, IReadOnlyList<PlannedClip> clips, Func<Song, float[]> record) =>
        Write(run, tree, list, clips, (folder, clip, song) =>
        {
            float[] sound = record(song);
            byte[] file = clip.Fault is { } fault
                ? FaultyFile.Make(fault, sound, clip.Form, clip.Artist.Dice.Child("fault", clip.Number))
                : clip.Form.Encode(sound);
            File.WriteAllBytes(Path.Combine(folder, clip.Path), file);
            return [clip.Path];
        });

    /// <summary>Writes whatever is to be made of a plan's songs.</summary>
    /// <param name="run">The corpus.</param>
    /// <param name="tree">The folder of class folders within it.</param>
    /// <param name="list">The list of files, artists and titles within it.</param>
    /// <param name="clips">What to make it of.</param>
    /// <param name="write">Makes the files of a clip in the folder, and names them relative to it.</param>
    public static void Write(CorpusRun run, string tree, string list, IReadOnlyList<PlannedClip> clips, Func<string, PlannedClip, Song, IReadOnlyList<string>> write)
    {
        string folder = run.Folder[tree];
        foreach (Genre genre in run.Options.Genres)
        {
            Directory.CreateDirectory(Path.Combine(folder, genre.Name));
        }

        string[][][] rows = new string[clips.Count][][];
        using (Progress progress = Progress.Start("clips", clips.Count, run.Quiet))
        {
            // Each clip's throws follow from its own place alone: whoever makes it, and when, it is the same.
            Parallel.For(0, clips.Count, new ParallelOptions { MaxDegreeOfParallelism = run.Threads, CancellationToken = run.Cancel }, i =>
            {
                Song song = Composer.Compose(clips[i].Artist, clips[i].Song);
                rows[i] = [.. write(folder, clips[i], song).Select(file => (string[])[file, clips[i].Artist.Name, song.Title])];
                progress.Advance();
            });
        }

        CsvFile.Write(run.Folder[list], ["file", "artist", "title"], rows.SelectMany(r => r).OrderBy(row => row[0], StringComparer.Ordinal));
    }

    /// <summary>Writes the list of what is bad on purpose.</summary>
    public static void WriteFaults(CorpusRun run, string list, IReadOnlyList<PlannedClip> clips) =>
        CsvFile.Write(run.Folder[list], ["file", "fault", "of"],
            clips.Where(clip => clip.Fault is not null).Select(clip => (string[])[clip.Path, CorpusWriter.NameOf(clip.Fault!.Value), clip.SourcePath]));
}
