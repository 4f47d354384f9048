using System.Globalization;
using System.Text.Json;
using Pipeline.Tables;

namespace Pipeline.Tests;

/// <summary>Tables for evaluate to judge, and its runs.</summary>
internal sealed class EvaluateSample : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The genres of the verdicts that numpy has judged.</summary>
    public static string[] Genres { get; } = ["rock", "blues", "jazz", "polka", "disco"];

    public string Output => folder["report"];

    public string this[string name] => folder[name];

    public void Dispose() => folder.Dispose();

    public string Write(string name, string content) => folder.Write(name, content);

    /// <summary>Writes a table and gives its path.</summary>
    public string Table<T>(string name, IEnumerable<T> rows, Provenance? provenance = null) where T : ITableRow<T>
    {
        using var table = TableWriter<Unchecked<T>>.Create(folder[name], provenance ?? Provenance.Empty);
        foreach (T row in rows)
        {
            table.Write(new Unchecked<T>(row));
        }

        table.Commit();
        return folder[name];
    }

    /// <summary>Predictions of test that are sure of one genre: each recording's key, truth and verdict.</summary>
    public string Sure(string name, string[] genres, params (string Id, string Truth, string Verdict)[] rows) => Table(name, rows.Select(r =>
        new Prediction(r.Id + "#0", r.Id, "test", r.Truth, genres, [.. genres.Select(g => g == r.Verdict ? 1f : 0f)])));

    /// <summary>A run of the verdicts that numpy has judged, whose genres may be written in another order.</summary>
    public string Golden(int run, string[]? order = null, bool reversed = false)
    {
        string[][] lines = Csv("verdicts.csv");
        int[] places = [.. (order ?? Genres).Select(g => Array.IndexOf(Genres, g))];
        IEnumerable<Prediction> rows = lines.Select(f => new Prediction(
            f[0], f[1], f[3], f[4], order ?? Genres, [.. places.Select(p => float.Parse(f[5 + 5 * run + p], CultureInfo.InvariantCulture))]));

        // Examples may come in any order, windows in theirs alone.
        return Table($"run-{run}.parquet", reversed ? rows.GroupBy(r => r.ExampleId).Reverse().SelectMany(g => g) : rows);
    }

    public string GoldenSplits() => Table(
        "splits.parquet", Csv("verdicts.csv").Reverse().DistinctBy(f => f[1]).Select(f => new SplitRow(f[1], f[2], f[3], 0)),
        Provenance.After("split", "0.1.0", [new("by", "artist")]));

    public string GoldenFeatures() => Table("features.parquet", Csv("features.csv").Select(f => new FeatureRow(
        f[0], f[1], f[1].Split('/')[0], f[2], f[3], "logmel", int.Parse(f[4], CultureInfo.InvariantCulture), 0, 1, 3, 4,
        [.. f[5..].Select(v => float.Parse(v, CultureInfo.InvariantCulture))])));

    public static JsonElement GoldenFigures() => JsonDocument.Parse(File.ReadAllText(Golden("figures.json"))).RootElement;

    /// <summary>Runs evaluate and gives its report.</summary>
    public JsonElement Run(params string[] arguments) => RunWithErrors(arguments).Report;

    public (JsonElement Report, string Errors) RunWithErrors(params string[] arguments)
    {
        string errors = StageRun.Succeed("evaluate", ["--out", Output, "--quiet", .. arguments]).Errors;
        return (JsonDocument.Parse(Read("report.json")).RootElement, errors);
    }

    public void Fail(int code, string sentence, params string[] arguments)
    {
        StageRun.Fail(code, sentence, "evaluate", ["--out", Output, "--quiet", .. arguments]);
        Xunit.Assert.False(Directory.Exists(Output) || Directory.Exists(Output + ".part"), "a folder is left");
    }

    /// <summary>A file of the report.</summary>
    public string Read(string name) => File.ReadAllText(Path.Combine(Output, name));

    private static string[][] Csv(string name) => [.. File.ReadLines(Golden(name)).Skip(1).Select(l => l.Split(','))];

    private static string Golden(string name) => Repository.Find("tests", "golden", "evaluate", name);
}
