using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Audio;
using Pipeline.Cli;
using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Synthesis;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Makes a corpus in a folder.</summary>
internal static class CorpusWriter
{
    private const string Marker = "corpus.json";

    /// <summary>Writes the whole of it, or nothing.</summary>
    /// <exception cref="StageException">The folder is not free.</exception>
    public static void Write(CorpusOptions options, int threads, bool quiet, CancellationToken cancel)
    {
        using var folder = new OutputFolder(options.Out, Marker, ["gtzan", "msd", "labels"]);
        IReadOnlyList<PlannedClip> plan = CorpusPlan.Make(options);
        foreach (Genre genre in options.Genres)
        {
            Directory.CreateDirectory(folder["gtzan", "genres", genre.Name]);
        }

        string[] titles = new string[plan.Count];
        using (Progress progress = Progress.Start("clips", plan.Count, quiet))
        {
            // Each clip's throws follow from its own place alone: whoever makes it, and when, it is the same.
            Parallel.For(0, plan.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel }, i =>
            {
                Song song = Composer.Compose(plan[i].Artist, plan[i].Song);
                WriteClip(folder, plan[i], song, options, cancel);
                titles[i] = song.Title;
                progress.Advance();
            });
        }

        string extension = options.Extension;
        CsvFile.Write(folder["gtzan", "artists.csv"], ["file", "artist", "title"],
            plan.Select((clip, i) => (string[])[clip.Path(extension), clip.Artist.Name, titles[i]]).OrderBy(row => row[0], StringComparer.Ordinal));
        CsvFile.Write(folder["gtzan", "faults.csv"], ["file", "fault", "of"],
            plan.Where(clip => clip.Fault is not null).Select(clip => (string[])[clip.Path(extension), NameOf(clip.Fault!.Value), clip.SourcePath(extension)]));
        IReadOnlyList<PlannedTrack> tracks = TrackPlan.Make(options);
        if (tracks.Count > 0)
        {
            Directory.CreateDirectory(folder["labels"]);
            IReadOnlyList<(string File, SongFaultKind Fault)> bad = SongFiles.Write(folder["msd"], tracks, options, threads, quiet, cancel);
            CsvFile.Write(folder["labels", "msd-faults.csv"], ["file", "fault"], bad.Select(b => (string[])[b.File, NameOf(b.Fault)]));
            LabelFiles.Write(folder["labels"], tracks, options.Seed, cancel);
        }

        WriteMarker(folder, options);
        folder.Commit();
    }

    private static void WriteClip(OutputFolder folder, PlannedClip clip, Song song, CorpusOptions options, CancellationToken cancel)
    {
        float[] sound = ClipSound.Make(song, options.Seconds, cancel);
        string path = folder["gtzan", "genres", clip.Path(options.Extension)];
        if (clip.Fault is { } fault)
        {
            Dice dice = clip.Artist.Dice.Child("fault", clip.Number);
            File.WriteAllBytes(path, FaultyFile.Make(fault, sound, options.Format, dice));
            return;
        }

        using FileStream file = File.Create(path);
        AudioWriter.Write(file, sound, 1, Samples.Rate, options.Format);
    }

    private static string NameOf(Enum kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    private static void WriteMarker(OutputFolder folder, CorpusOptions options)
    {
        using FileStream file = File.Create(folder[Marker]);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("stage", Stage.Name);
        json.WriteString("version", Stage.Version);
        json.WriteString("genres", string.Join(",", options.Genres.Select(g => g.Name)));
        json.WriteNumber("artists", options.Artists);
        json.WriteNumber("clips", options.Clips);
        json.WriteNumber("tracks", options.Tracks);
        json.WriteNumber("seconds", options.Seconds);
        json.WriteNumber("track_seconds", options.TrackSeconds);
        json.WriteNumber("seed", options.Seed);
        json.WriteString("format", options.Extension[1..]);
        json.WriteBoolean("faults", options.HasFaults);
        json.WriteEndObject();
    }
}
