using System.Text.RegularExpressions;
using Pipeline.Tables;

namespace Pipeline.Tests;

/// <summary>Recordings and labels for split, and what it makes of them.</summary>
internal sealed class SplitTables : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string this[string name] => folder[name];

    /// <summary>A recording with nothing but its key; its path is its key with an ending.</summary>
    public static Recording Recording(string id, string? artist = null, string? title = null) => new(
        id, id.Split('/')[0], $"{id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..]}.wav", FolderLabel: null, title, artist, ArtistId: null, DurationS: 30,
        SampleRate: null, Channels: null, Sha256: null, Peak: null, Fault: null, FaultDetail: null, DuplicateGroup: null, TrackId: null, SongId: null,
        Release: null, Year: null, Tempo: null, Key: null, KeyConfidence: null, Mode: null, ModeConfidence: null, TimeSignature: null,
        TimeSignatureConfidence: null, LoudnessDb: null);

    /// <summary>The 1000 clips of GTZAN, as the stages that read them would write them.</summary>
    public static Recording[] Gtzan()
    {
        return [.. File.ReadLines(Repository.Find("manifests", "gtzan.csv")).Where(l => !l.StartsWith('#')).Skip(1).Select(Fields).Select(f => Recording(Id(f[0]!), f[2], f[3]) with
        {
            Path = $"genres/{f[0]}",
            FolderLabel = f[0]!.Split('/')[0],
            Sha256 = f[1],
            Fault = f[4]?.Split(';').FirstOrDefault(fault => fault != "version"),
            DuplicateGroup = f[4] is not (null or "version") && f[5] is { } of ? Id(of) : null,
        })];

        static string Id(string file) => $"gtzan/{Path.GetFileNameWithoutExtension(file)}";

        static string?[] Fields(string line) =>
            [.. Regex.Matches(line, "(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))").Select(m => m.Groups[1].Success ? m.Groups[1].Value.Replace("\"\"", "\"") : m.Groups[2].Value)
                .Select(f => f.Length == 0 ? null : f)];
    }

    /// <summary>The published partitions of GTZAN.</summary>
    public static string GtzanLists => Repository.Find("manifests", "gtzan-fault-filtered");

    public void Dispose() => folder.Dispose();

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, string content) => folder.Write(name, content);

    /// <summary>Writes a table of recordings and gives its path.</summary>
    public string WriteRecordings(string name, IEnumerable<Recording> rows) => WriteTable(name, rows, "ingest-audio");

    /// <summary>Writes a table of labels and gives its path.</summary>
    public string WriteLabels(IEnumerable<(string Id, string Genre)> rows) =>
        WriteTable("labels.parquet", rows.Select(r => new Label(r.Id, r.Genre, null, null, null, null, r.Genre, "only-one", "folder")), "unify-labels");

    /// <summary>Writes recordings, each with the label of its class folder where it has one, as the arguments of split.</summary>
    public string[] Arguments(IReadOnlyCollection<Recording> rows, params string[] more) =>
    [
        "--recordings", WriteRecordings("recordings.parquet", rows),
        "--labels", WriteLabels(rows.Where(r => r.FolderLabel is not null).Select(r => (r.RecordingId, r.FolderLabel!))),
        "--out", this["splits.parquet"], .. more,
    ];

    /// <summary>Splits, and gives the table.</summary>
    public SplitRow[] Run(IReadOnlyCollection<Recording> rows, params string[] more) => Run(rows, out _, more);

    /// <summary>Splits, and gives the table and what was said.</summary>
    public SplitRow[] Run(IReadOnlyCollection<Recording> rows, out string said, params string[] more)
    {
        said = StageRun.Succeed("split", Arguments(rows, more)).Errors;
        return StageRun.Rows<SplitRow>(this["splits.parquet"]);
    }

    private string WriteTable<T>(string name, IEnumerable<T> rows, string stage)
        where T : ITableRow<T>
    {
        using TableWriter<T> writer = TableWriter<T>.Create(this[name], Provenance.After(stage, "0.1.0", []));
        foreach (T row in rows)
        {
            writer.Write(row);
        }

        writer.Commit();
        return this[name];
    }
}
