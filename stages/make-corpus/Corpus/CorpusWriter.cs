using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Cli;
using Pipeline.Stages.MakeCorpus.Corpus.Shapes;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>Makes a corpus in a folder.</summary>
internal static class CorpusWriter
{
    private const string Marker = "corpus.json";

    /// <summary>Writes the whole of it, or nothing. A corpus of another shape that is there is replaced as well.</summary>
    /// <exception cref="StageException">The folder is not free.</exception>
    public static void Write(CorpusOptions options, int threads, bool quiet, CancellationToken cancel)
    {
        using var folder = new OutputFolder(options.Out, Marker, [.. Shape.All.SelectMany(s => s.Entries).Distinct()]);
        options.Shape.Write(new CorpusRun(folder, options, threads, quiet, cancel));
        WriteMarker(folder, options);
        folder.Commit();
    }

    /// <summary>A kind as lists name it: in small letters, with hyphens.</summary>
    public static string NameOf(Enum kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    // Only what the shape has a use for: what had no effect is not said. The order is that of the options.
    private static void WriteMarker(OutputFolder folder, CorpusOptions options)
    {
        using FileStream file = File.Create(folder[Marker]);
        using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        Shape shape = options.Shape;
        json.WriteStartObject();
        json.WriteString("stage", Stage.Name);
        json.WriteString("version", Stage.Version);
        json.WriteString("shape", shape.Name);
        json.WriteString("genres", string.Join(",", options.Genres.Select(g => g.Name)));
        json.WriteNumber("artists", options.Artists);
        json.WriteNumber("clips", options.Clips);
        if (shape.Takes("--tracks"))
        {
            json.WriteNumber("tracks", options.Tracks);
        }

        if (shape.Takes("--seconds"))
        {
            json.WriteNumber("seconds", options.Seconds);
        }

        if (shape.Takes("--part-seconds"))
        {
            json.WriteNumber("part_seconds", options.PartSeconds);
        }

        if (shape.Takes("--track-seconds"))
        {
            json.WriteNumber("track_seconds", options.TrackSeconds);
        }

        json.WriteNumber("seed", options.Seed);
        if (shape.Takes("--format"))
        {
            json.WriteString("format", options.ClipForm.Extension[1..]);
        }

        if (shape.Takes("--no-faults"))
        {
            json.WriteBoolean("faults", options.HasFaults);
        }

        json.WriteEndObject();
    }
}
