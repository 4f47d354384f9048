// split: recordings + labels -> splits
// Everything that hangs together (a song, an artist, copies of one recording) is one group first; then whole groups are placed.
using System.CommandLine;
using System.Globalization;
using Pipeline.Cli;
using Pipeline.Stages.Splitting;
using Pipeline.Tables;

var recordings = new Option<string[]>("--recordings") { Description = "Table of recordings; may be given again.", HelpName = "FILE", Required = true };
var labels = new Option<string>("--labels") { Description = "Table of labels, in any order; what has no label is left out.", HelpName = "FILE", Required = true };
var lists = new Option<string[]>("--lists")
{
    Description = "Published lists to keep to: a folder of files named train, valid and test, or such a file, or PART=FILE; may be given again. "
        + "A line names a recording by its key or file, a track, a song, or an artist by key or name.",
    HelpName = "PATH",
};
var by = new Option<string>("--by")
{
    Description = "What is never divided: the recordings of an artist, those of a song, or (to compare with others) nothing.",
    HelpName = "artist|song|none",
    DefaultValueFactory = _ => "artist",
};
by.AcceptOnlyFromAmong([.. Linking.All.Select(l => l.Name)]);
var fractions = new Option<Fractions>("--fractions")
{
    Description = "Wanted shares of train, valid and test, of 1 or of 100; 0.8/0/0.2 for no valid part.",
    HelpName = "T/V/T",
    DefaultValueFactory = _ => Fractions.Default,
    CustomParser = result =>
    {
        var parsed = Fractions.Parse(result.Tokens[0].Value);
        if (parsed is null)
        {
            result.AddError($"--fractions needs three shares that add up to 1 or to 100, such as 0.7/0.15/0.15, not '{result.Tokens[0].Value}'");
        }

        return parsed ?? Fractions.Default;
    },
};
var folds = new Option<int>("--folds") { Description = "Folds of a cross-validation.", HelpName = "K", DefaultValueFactory = _ => 1 };
var testFold = new Option<int?>("--test-fold")
{
    Description = "Make the parts of the folds: test is fold I, counted from 0, valid the next one, and train the others.",
    HelpName = "I",
};
var keepFault = new Option<string[]>("--keep-fault") { Description = "Keep recordings with this fault, such as clipped; may be given again.", HelpName = "NAME" };
var placeUnlisted = new Option<bool>("--place-unlisted") { Description = "Place also what the lists do not name while they name others of its source." };
var leaveOutLeaks = new Option<bool>("--leave-out-leaks")
{
    Description = "Where lists divide what belongs together, leave out what is in train or valid, rather than stop.",
};
Option<ulong> seed = CommonOptions.Seed();
var output = new Option<string>("--out") { Description = "Table of splits to write.", HelpName = "FILE", Required = true };
Option<string?> report = CommonOptions.Report();
Option<bool> quiet = CommonOptions.Quiet();

folds.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int count) && count is < 1 or > 1000)
    {
        result.AddError($"--folds needs 1 to 1000, not '{text}'");
    }
});

var command = new RootCommand("Splits the recordings that have a label and no fault into train, valid and test, so that nothing that belongs together is divided.")
{
    recordings, labels, lists, by, fractions, folds, testFold, keepFault, placeUnlisted, leaveOutLeaks, seed, output, report, quiet,
};
CommonOptions.KeepApart(command, output, report);
command.Validators.Add(result =>
{
    // Read from the text: what is no number has been reported by the parser, and has no value to ask for.
    int count = 1;
    if (result.GetResult(testFold)?.Tokens is not [{ Value: var test }] || !int.TryParse(test, CultureInfo.InvariantCulture, out int fold)
        || (result.GetResult(folds)?.Tokens is [{ Value: var given }] && !int.TryParse(given, CultureInfo.InvariantCulture, out count)))
    {
        return;
    }

    if (result.GetResult(fractions) is { Implicit: false })
    {
        result.AddError("--test-fold makes the parts of folds, so that --fractions has no meaning: give one of the two");
    }
    else if (count < 3)
    {
        result.AddError("--test-fold needs --folds of 3 or more: one for test, one for valid, the others for train");
    }
    else if (fold < 0 || fold >= count)
    {
        result.AddError($"--test-fold needs a fold of 0 to {count - 1}, not '{fold}'");
    }
});
command.SetAction((options, cancel) =>
{
    string[] tables = options.GetRequiredValue(recordings);
    string genres = options.GetRequiredValue(labels);
    var published = PublishedLists.Read(options.GetValue(lists) ?? [], cancel);
    string[] inputs = [.. tables, genres, .. published.Files];
    TableFiles.KeepApart(options.GetRequiredValue(output), inputs);
    if (options.GetValue(report) is { } reportFile)
    {
        TableFiles.KeepApart(reportFile, inputs);
        WholeFile.Check(reportFile);    }

    TableReader<Recording>[] readers = [.. tables.Select(t => TableReader<Recording>.Open(t, RecordingSet.Columns))];
    var labelReader = TableReader<Label>.Open(genres, []);
    var wanted = new SplitOptions(
        Linking.All.First(l => l.Name == options.GetValue(by)),
        options.GetRequiredValue(fractions),
        options.GetValue(folds),
        options.GetValue(testFold),
        options.GetValue(keepFault) ?? [],
        options.GetValue(placeUnlisted),
        options.GetValue(leaveOutLeaks),
        options.GetValue(seed));
    KeyValuePair<string, string>[] settings = [.. wanted.Settings(published)];

    // Before the work: where nothing can be written, it would be in vain.
    using var splits = TableWriter<SplitRow>.Create(options.GetRequiredValue(output), Provenance.After(Stage.Name, Stage.Version, settings));
    RecordingSet set;
    using (var progress = Progress.Start("recordings", readers.Sum(r => r.RowCount), options.GetValue(quiet)))
    {
        set = RecordingSet.Read(readers, wanted.Linking, published, wanted.Seed, progress, cancel);
    }

    if (!published.IsEmpty && published.NotFound.Count() == published.Lines)
    {
        throw new StageException($"the lists name no recording that is there (the first line says '{published.NotFound.First()}'): a line is a recording's key or file, a track, a song or an artist");
    }

    set.Label(labelReader, cancel);
    foreach (string name in wanted.KeptFaults.Except(set.Faults))
    {
        string hint = NearestName.Of(name, set.Faults) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        Terminal.Message($"no recording has the fault '{name}' that --keep-fault names{hint}");
    }

    var splitter = new Splitter(set, wanted);
    Split split = splitter.Run(cancel);
    var check = LeakCheck.Run(set, split, wanted.Linking);
    foreach (SplitRow row in split.Rows())
    {
        cancel.ThrowIfCancellationRequested();
        splits.Write(row);
    }

    Report told = SplitReport.Make(set, splitter, split, check, wanted, published);
    if (options.GetValue(report) is { } file)
    {
        told.Write(file);
    }

    cancel.ThrowIfCancellationRequested();
    splits.Commit(Provenance.After(
        Stage.Name,
        Stage.Version,
        settings,
        [.. readers.Select(r => TableInput.Of("recordings", r.Path)), TableInput.Of("labels", genres), .. published.Files.Select(f => TableInput.Of("lists", f))]));
    told.Print();
});
return Stage.Run("split", command, args);
