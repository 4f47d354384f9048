using System.Text.Json;
using Pipeline.Tables;

namespace Pipeline.Tests;

/// <summary>A recording, its genre and its part, as balance sees them.</summary>
internal sealed record BalanceRow(string Id, string Genre, string Split, string Group, string Source = "toy", double DurationS = 30, string Extension = "wav");

/// <summary>Tables for balance to work on, and its runs.</summary>
internal sealed class BalanceSample : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Recordings => folder["recordings.parquet"];

    public string Labels => folder["labels.parquet"];

    public string Splits => folder["splits.parquet"];

    public string Output => folder["examples.parquet"];

    public string this[string name] => folder[name];

    public void Dispose() => folder.Dispose();

    /// <summary>Rows of one genre and source, each of a group of its own unless there are fewer groups.</summary>
    public static IEnumerable<BalanceRow> Of(string genre, int count, string split = "train", string source = "toy", int groups = int.MaxValue) =>
        Enumerable.Range(0, count).Select(i => new BalanceRow($"{source}/{genre}.{split}.{i}", genre, split, $"{source}/{genre}.{split}.{i % groups}", source));

    /// <summary>Writes the three tables, the labels and splits in an order of their own where a seed is given.</summary>
    public void Write(IEnumerable<BalanceRow> rows, int? shuffle = null, IReadOnlyList<KeyValuePair<string, string>>? history = null)
    {
        BalanceRow[] all = [.. rows];
        BalanceRow[] other = [.. all];
        if (shuffle is { } seed)
        {
            new Random(seed).Shuffle(other);
        }

        Table(Recordings, all.Select(RecordingOf), history);
        Table(Labels, other.Select(r => new Label(r.Id, r.Genre, null, null, null, null, r.Genre, "only-one", "folder")));
        Table(Splits, other.Reverse().Select(r => new SplitRow(r.Id, r.Group, r.Split, 0)), history);
    }

    public static Recording RecordingOf(BalanceRow row) => new(
        row.Id, row.Source, $"{row.Id}.{row.Extension}", row.Genre, null, null, null, row.DurationS, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null);

    public static void Table<T>(string path, IEnumerable<T> rows, IReadOnlyList<KeyValuePair<string, string>>? history = null) where T : ITableRow<T>
    {
        Provenance provenance = history is null ? Provenance.Empty : Provenance.After("split", "0.1.0", history);
        using var table = TableWriter<Unchecked<T>>.Create(path, provenance);
        foreach (T row in rows)
        {
            table.Write(new Unchecked<T>(row));
        }

        table.Commit();
    }

    public string Recipe(string balance) => folder.Write("recipe.json", $$"""{ "balance": {{balance}} }""");

    public string[] Arguments(params string[] more) =>
        ["--recordings", Recordings, "--labels", Labels, "--splits", Splits, "--out", Output, "--quiet", .. more];

    /// <summary>The examples that a run plans.</summary>
    public Example[] Run(params string[] more)
    {
        StageRun.Succeed("balance", Arguments(more));
        return StageRun.Rows<Example>(Output);
    }

    /// <summary>The examples that a run plans, and what it says of them.</summary>
    public (Example[] Examples, JsonElement Report, string Errors) RunWithReport(params string[] more)
    {
        string errors = StageRun.Succeed("balance", Arguments(["--report", folder["report.json"], .. more])).Errors;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(folder["report.json"]));
        return (StageRun.Rows<Example>(Output), document.RootElement.Clone(), errors);
    }

    public void Fail(int code, string sentence, params string[] more)
    {
        StageRun.Fail(code, sentence, "balance", Arguments(more));
        Xunit.Assert.False(File.Exists(Output) || File.Exists(Output + ".part"), "a table is left");
    }
}
