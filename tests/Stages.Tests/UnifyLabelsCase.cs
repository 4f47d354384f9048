using System.Text.Json;
using Pipeline.Tables;

namespace Pipeline.Tests;

/// <summary>Recordings and label files for unify-labels, in a folder of their own.</summary>
internal sealed class UnifyLabelsCase : IDisposable
{
    public TemporaryFolder Folder { get; } = new();

    public string Out => Folder["labels.parquet"];

    public static string Genres => Repository.Find("manifests", "genres.csv");

    /// <summary>A track's id.</summary>
    public static string Track(int number) => $"TRAAAAA{number:D11}";

    public void Dispose() => Folder.Dispose();

    /// <summary>Writes a table of recordings.</summary>
    public string Recordings(string name, params IEnumerable<Recording> rows)
    {
        using TableWriter<Recording> writer = TableWriter<Recording>.Create(Folder[name], Provenance.Empty);
        foreach (Recording row in rows)
        {
            writer.Write(row);
        }

        writer.Commit();
        return Folder[name];
    }

    /// <summary>Runs the stage, which has to end well.</summary>
    public (Label[] Rows, JsonElement Report, string Errors) Run(params IReadOnlyList<string> arguments)
    {
        string errors = StageRun.Succeed("unify-labels", [.. arguments, "--out", Out, "--report", Folder["report.json"], "--quiet"]).Errors;
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(Folder["report.json"]));
        return (StageRun.Rows<Label>(Out), report.RootElement.Clone(), errors);
    }

    /// <summary>A song of the Million Song Dataset; there may be a class folder for it.</summary>
    public static Recording Song(string track, string? folder = null, string source = "msd", string? fault = null) =>
        Row($"{source}/{track}", source, $"A/{track}.h5", folder, fault, track);

    /// <summary>A clip in a class folder.</summary>
    public static Recording Clip(string name, string? folder, string source = "gtzan") => Row($"{source}/{name}", source, $"{folder}/{name}.wav", folder, null, null);

    private static Recording Row(string id, string source, string path, string? folder, string? fault, string? track) => new(
        id, source, path, folder, null, null, null, 30, null, null, null, null, fault, null, null, track, null, null, null, null, null, null, null, null, null, null, null);
}
