// unify-labels: recordings + label files -> labels
// The label files are in memory, which is small; the recordings go by once. What the sources call the same comes out of a file of genres.
using System.CommandLine;
using Pipeline.Cli;
using Pipeline.Stages.LabelUnification;
using Pipeline.Tables;

var policies = new Dictionary<string, Policy>
{
    ["majority"] = Policy.Majority,
    ["agree"] = Policy.Agree,
    ["tagtraum-first"] = Policy.TagtraumFirst,
    ["topmagd-first"] = Policy.TopmagdFirst,
    ["unambiguous"] = Policy.Unambiguous,
};

var recordings = new Option<string[]>("--recordings") { Description = "Table of recordings; may be given again.", HelpName = "FILE", Required = true };
var tagtraum = new Option<string[]>("--tagtraum") { Description = "Tagtraum's annotations (CD1, CD2 or CD2C), plain or gzip; of several the first that knows a track counts.", HelpName = "FILE" };
var topmagd = new Option<string[]>("--topmagd") { Description = "Top-MAGD's or MAGD's annotations, likewise.", HelpName = "FILE" };
var masd = new Option<string[]>("--masd") { Description = "MASD's annotations, likewise.", HelpName = "FILE" };
var genres = new Option<string?>("--genres")
{
    Description = "CSV of what the sources' genres are in each set of genres, such as manifests/genres.csv (default: names are taken as they are spelt).",
    HelpName = "FILE",
};
var set = new Option<string?>("--set") { Description = "Set of genres: a column of --genres (default: its first).", HelpName = "NAME" };
var policy = new Option<string>("--policy")
{
    Description = "Who decides where sources differ: a weighted vote (majority), nobody (agree), the first of a fixed order (tagtraum-first, topmagd-first); "
        + "unambiguous: nobody, and no second genre either.",
    HelpName = "NAME",
    DefaultValueFactory = _ => "majority",
};
policy.AcceptOnlyFromAmong([.. policies.Keys]);
var output = new Option<string>("--out") { Description = "Table of labels to write.", HelpName = "FILE", Required = true };
var csv = new Option<string?>("--csv") { Description = "List of the labels to write as CSV: track_id,tagtraum_genre,topmagd_genre,filename.", HelpName = "FILE" };
Option<string?> reportFile = CommonOptions.Report();
Option<double> maxFailed = CommonOptions.MaxFailed();
maxFailed.Description = "Share of bad lines in the label files to tolerate, 0 to 1.";
Option<bool> quiet = CommonOptions.Quiet();

set.Validators.Add(result =>
{
    if (result.GetResult(genres) is null)
    {
        result.AddError("--set is a column of the file that --genres names: give that as well");
    }
});

var command = new RootCommand("Gives recordings one genre each, out of what Tagtraum, Top-MAGD, MASD and their class folders say of them.")
{
    recordings, tagtraum, topmagd, masd, genres, set, policy, output, csv, reportFile, maxFailed, quiet,
};
CommonOptions.KeepApart(command, output, csv, reportFile);
command.SetAction((options, cancel) =>
{
    string[] tables = options.GetRequiredValue(recordings);
    (LabelSource Source, string File)[] files =
    [
        .. (options.GetValue(tagtraum) ?? []).Select(f => (LabelSource.Tagtraum, f)),
        .. (options.GetValue(topmagd) ?? []).Select(f => (LabelSource.Topmagd, f)),
        .. (options.GetValue(masd) ?? []).Select(f => (LabelSource.Masd, f)),
    ];
    string? list = options.GetValue(genres);
    string[] read = [.. tables, .. files.Select(f => f.File).Where(f => !Directory.Exists(f)), .. list is null ? (string[])[] : [list]];
    foreach (string? written in (string?[])[options.GetValue(output), options.GetValue(csv), options.GetValue(reportFile)])
    {
        if (written is not null)
        {
            TableFiles.KeepApart(written, read);
            WholeFile.Check(written);
        }
    }

    TableReader<Recording>[] readers = [.. tables.Select(t => TableReader<Recording>.Open(t, ["folder_label", "track_id"]))];
    GenreMap map = list is null ? GenreMap.AsSpelt() : GenreMap.Read(list, options.GetValue(set));
    KeyValuePair<string, string>[] settings = [new("set", map.Set ?? ""), new("policy", options.GetRequiredValue(policy))];

    // Before the work: where nothing can be written, it would be for nothing.
    using var labels = TableWriter<Label>.Create(options.GetRequiredValue(output), Provenance.After(Stage.Name, Stage.Version, settings));
    using CsvList? rows = options.GetValue(csv) is { } name ? CsvList.Create(name) : null;
    var tracks = new LabelledTracks(map);
    var faults = new Faults("lines", options.GetValue(maxFailed));
    foreach ((LabelSource source, string file) in files)
    {
        tracks.Read(source, file, faults, cancel);
    }

    faults.ThrowIfTooMany();
    var findings = new Findings(map, tracks);
    var weights = new Weights(findings.FilePairs);
    Policy decides = policies[options.GetRequiredValue(policy)];
    var judge = new Judge(decides, weights);
    var folders = new ClassFolders(map);
    var keys = new HashSet<string>();
    var said = new Statements();
    using (var progress = Progress.Start("recordings", readers.Sum(r => r.RowCount), options.GetValue(quiet)))
    {
        foreach (Recording recording in readers.SelectMany(r => r.Read(cancel)))
        {
            if (!keys.Add(recording.RecordingId))
            {
                throw new StageException($"there are two recordings '{recording.RecordingId}': datasets side by side need different names (--source of the stage that made them)");
            }

            said.Clear();
            tracks.Find(recording.TrackId, said);
            said[LabelSource.Folder] = folders.Find(recording);
            Decision decision = judge.Decide(said);
            findings.Add(said, decision);
            progress.Advance();
            if (!decision.IsLost)
            {
                Label label = Row(recording, map, said, decision);
                labels.Write(label);
                rows?.Add(recording, label);
            }
        }
    }

    Report report = findings.ToReport(options.GetRequiredValue(policy), decides == Policy.Majority ? weights : null, folders.Genres);
    if (labels.RowCount == 0)
    {
        report.Print();
        throw new StageException(
            keys.Count == 0 ? $"there are no recordings in {string.Join(", ", tables)}"
            : $"none of {Amount.Of(keys.Count, "recording")} gets a genre: {findings.Losses}" + (files.Length > 0 ? "" : folders.Genres.Any()
                ? $"; add lines for the class folders to {list}, or leave --genres out to take their names as they are (make: GENRES=)"
                : "; they are in no class folder (the root of ingestion is the folder above those), and there are no label files (--tagtraum, --topmagd, --masd)"));
    }

    if (options.GetValue(reportFile) is { } path)
    {
        report.Write(path);
    }

    cancel.ThrowIfCancellationRequested();
    rows?.Commit();
    labels.Commit(Provenance.After(Stage.Name, Stage.Version, settings,
    [
        .. tables.Select(t => TableInput.Of("recordings", t)),
        .. files.Select(f => TableInput.Of(GenreMap.NameOf(f.Source), f.File)),
        .. list is null ? (TableInput[])[] : [TableInput.Of("genres", list)],
    ]));
    report.Print();
});
return Stage.Run("unify-labels", command, args);

static Label Row(Recording recording, GenreMap map, Statements said, Decision decision) => new(
    RecordingId: recording.RecordingId,
    Genre: map.Genres[decision.Genre],
    TagtraumMajority: said[LabelSource.Tagtraum]?.Name,
    TagtraumMinority: said.TagtraumSecond?.Name,
    Topmagd: said[LabelSource.Topmagd]?.Name,
    Masd: said[LabelSource.Masd]?.Name,
    Folder: recording.FolderLabel,
    Agreement: decision.Agreement,
    Rule: decision.Rule);
