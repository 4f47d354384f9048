// evaluate: predictions, or a model and features or songs -> report/
// How good a model is, how sure that is, and what it has to be held against: figures, tables, and a page to look at.
using System.CommandLine;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Listening;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Stages.Evaluating;
using Pipeline.Tables;

var predictions = new Option<string[]>("--predictions")
{
    Description = "Table of predictions to judge; may be given again, once for each seed or fold.",
    HelpName = "FILE",
};
var model = new Option<string?>("--model") { Description = "Model to judge, in place of predictions; needs --features or --extra.", HelpName = "DIR" };
var features = new Option<string[]>("--features")
{
    Description = "Table of features: what the model is asked about, and what the baselines are made of; for a model of several inputs one for each, as NAME=FILE.",
    HelpName = "FILE",
};
var splits = new Option<string?>("--splits") { Description = "Table of splits, whose groups the interval of the accuracy is drawn from.", HelpName = "FILE" };
var recordings = new Option<string[]>("--recordings") { Description = "Table of recordings, for the titles of mistakes; may be given again.", HelpName = "FILE" };
var histories = new Option<string[]>("--history")
{
    Description = "History of a training (CSV) to draw; may be given again (default: the model's history.csv).",
    HelpName = "FILE",
};
var split = new Option<string[]>("--split")
{
    Description = "Part to judge; may be given again (default: test where there is something in it, otherwise valid).",
    HelpName = "valid|test",
};
var extra = new Option<string?>("--extra")
{
    Description = "Folder of one's own songs in folders named after genres, to judge the model by too, or alone; sound, song files (.h5) or pictures, as the model looks at.",
    HelpName = "DIR",
};
var output = new Option<string>("--out") { Description = "Folder to write the report to.", HelpName = "DIR", Required = true };
var importance = new Option<bool>("--importance") { Description = "Find what groups of channels are worth to the model, by mixing them up; needs --model." };
var ffmpeg = new Option<bool>("--ffmpeg") { Description = "Let ffmpeg read what in --extra is neither wav, au, aiff, flac, ogg nor mp3." };
Option<double> maxFailed = CommonOptions.MaxFailed();
maxFailed.Description = "Share of songs in --extra that cannot be heard to tolerate, 0 to 1.";
maxFailed.DefaultValueFactory = _ => 1; // the others count all the same
Option<ulong> seed = CommonOptions.Seed();
Option<int> threads = CommonOptions.Threads();
Option<bool> quiet = CommonOptions.Quiet();
split.AcceptOnlyFromAmong("valid", "test");

var command = new RootCommand("Judges a model by what it makes of recordings that it was not trained on.")
{
    predictions, model, features, splits, recordings, histories, split, extra, output, importance, ffmpeg, seed, threads, maxFailed, quiet,
};
command.Validators.Add(result =>
{
    bool hasModel = result.GetResult(model) is not null, hasFeatures = result.GetResult(features) is not null, hasExtra = result.GetResult(extra) is not null;
    if (hasModel == (result.GetResult(predictions) is not null))
    {
        result.AddError(hasModel ? "--model and --predictions are two ways to say what is judged: give one of them" : "what is judged is missing: give --predictions or --model");
    }
    else if (hasExtra && !hasModel)
    {
        result.AddError("--extra needs --model: tables of predictions cannot be asked about songs");
    }
    else if (hasModel && !hasFeatures && !hasExtra)
    {
        result.AddError("--model needs --features or --extra, which it is asked about");
    }
    else if (hasModel && !hasFeatures && new Option[] { split, splits, importance }.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } ofTables)
    {
        result.AddError($"{ofTables.Name} needs --features: it is of no use to --extra alone");
    }
    else if (!hasExtra && new Option[] { ffmpeg, maxFailed }.FirstOrDefault(o => result.GetResult(o) is { Implicit: false }) is { } ofSongs)
    {
        result.AddError($"{ofSongs.Name} needs --extra, whose songs it is for");
    }
    else if (!hasModel && result.GetResult(importance) is { Implicit: false })
    {
        result.AddError("--importance needs --model: tables of predictions cannot be asked again");
    }
});
command.SetAction((options, cancel) =>
{
    var files = new EvaluateFiles(
        options.GetValue(predictions) ?? [], options.GetValue(model), options.GetValue(features) ?? [], options.GetValue(splits),
        options.GetValue(recordings) ?? [], EvaluateFiles.HistoriesOf(options.GetValue(histories) ?? [], options.GetValue(model)),
        options.GetValue(extra), options.GetRequiredValue(output));
    files.KeepApart();
    FeatureTables? tables = files.Features.Count == 0 ? null : FeatureTables.Open(files.Features);
    using var team = new Team(options.GetValue(threads));
    using Model? trained = files.Model is null ? null : Model.Open(files.Model, team);
    if (tables is not null && trained?.Description.Fold is { } fold)
    {
        string folds = files.Splits ?? throw new StageException($"the model was trained with --fold {fold}: give the --splits that say which recordings it has not learnt from");
        tables = tables.Placed(FoldParts.Read(folds, fold, cancel));
    }

    JudgedModel? judgedModel = trained is null || tables is null ? null : new JudgedModel(files.Model!, trained, tables);
    VerdictSource source = judgedModel is not null ? ModelVerdicts.Of(judgedModel) : trained is not null ? VerdictSource.OfNoTables(trained) : PredictionTables.Open(files.Predictions);
    TableReader<SplitRow>? splitRows = files.Splits is null ? null : TableReader<SplitRow>.Open(files.Splits);
    TableReader<Recording>[] titles = [.. files.Recordings.Select(r => TableReader<Recording>.Open(r, files.Extra is null ? Titles.Columns : [.. Titles.Columns, "sha256"]))];
    History[] trainings = [.. files.Histories.SelectMany(History.Read)];
    string[] asked = [.. (options.GetValue(split) ?? []).Distinct()];
    string[] judged = !files.AreTables ? [] : asked.Length > 0 ? asked : source.Parts.Contains("test") || !source.Parts.Contains("valid") ? ["test"] : ["valid"];
    using Listener? listener = files.Extra is null ? null : Listener.Open(files.Model!, team, options.GetValue(ffmpeg));
    ExtraFolder? songs = listener is null ? null : ExtraFolder.Open(files.Extra!, listener, cancel);
    foreach (string leftOut in songs?.Notes ?? [])
    {
        Terminal.Message(leftOut);
    }

    // Before the work: where nothing can be written, it would be lost.
    using OutputFolder folder = ReportFolder.Prepare(files.Output);
    VerdictSet[] verdicts = Collection.Of(source, judged, options.GetValue(quiet), cancel);
    List<Evaluation> parts =
        [.. verdicts.Select(v => new Evaluator(v, splitRows is null ? null : Groups.Of(splitRows, v, cancel), options.GetValue(seed)).Run(cancel))];
    if (songs is not null)
    {
        int? compared = tables is null ? null : Math.Max(0, trained!.Description.Inputs.ToList().FindIndex(i => i.Name == tables.Names[0]));
        ExtraSet heard = new ExtraJudge(songs, listener!, source.Runs, compared, options.GetValue(seed))
            .Run(options.GetValue(threads), options.GetValue(maxFailed), options.GetValue(quiet), cancel);
        parts.Add(new Evaluator(heard.Verdicts, null, options.GetValue(seed)).Run(cancel) with { Extra = heard });
    }

    FeatureStudy? study = null;
    if (tables is not null)
    {
        using var progress = Progress.Start("features", tables.RowCount, options.GetValue(quiet));
        study = FeatureStudy.Read(tables, parts, options.GetValue(seed), progress, cancel);
    }

    parts = [.. parts.Select(p => p with { Majority = Majority.Of(p, study?.Majority), Neighbours = study?.Neighbours(p, cancel) })];
    parts = [.. parts.Select(p => p.Extra is not null ? p : p with
    {
        Probes = [.. new[] { study?.Probe(p, options.GetValue(seed)), judgedModel is null ? null : NetworkProbe(judgedModel, p.Verdicts) }.OfType<SourceProbe>()],
        Importance = judgedModel is not null && options.GetValue(importance) ? Importance.Of(judgedModel, p.Verdicts, options.GetValue(seed), cancel) : [],
    })];
    parts = [.. Titles.Add(titles, parts, cancel)];
    ExtraSet? own = parts[^1].Extra;
    var provenance = Provenance.After(
        Stage.Name, Stage.Version,
        [
            .. judged.Length == 0 ? [] : new[] { KeyValuePair.Create("split", string.Join(' ', judged)) },
            .. own is null ? [] : new[]
            {
                KeyValuePair.Create("extra", own.Folder.Name), KeyValuePair.Create("ffmpeg", options.GetValue(ffmpeg) ? "true" : "false"),
            },
            new("seed", $"{options.GetValue(seed)}"),
        ],
        [
            .. files.Inputs(), .. judgedModel is not null ? [judgedModel.Input] : trained is null ? [] : new[] { files.ModelInput(trained) },
            .. own is null ? [] : new[] { new TableInput("extra", FoundFile.HashOf(own.Files)) },
        ]);
    var caveats = new Caveats();
    caveats.OfTables(source, provenance);
    foreach (Evaluation part in parts)
    {
        caveats.OfPart(part, isOfModel: judgedModel is not null, hasGroups: splitRows is not null || part.Extra is not null);
    }

    if (study is not null)
    {
        caveats.OfFeatures(study, parts);
    }

    if (own is not null)
    {
        caveats.OfExtra(parts[^1], own, LearntFiles.Find(own.Files, titles, id => study is null || study.IsLearnt(id), cancel));
    }

    var findings = new Findings(parts, caveats.Warnings, caveats.Notes, trainings, provenance);
    ReportFolder.Write(folder, findings, cancel).Print();
    Terminal.Message($"{Path.Combine(files.Output, "report.html")} shows all of it");

    SourceProbe? NetworkProbe(JudgedModel asked, VerdictSet judgedVerdicts) => SourceProbe.Find(
        "network", ModelVerdicts.NetworkFeatures(asked, judgedVerdicts, options.GetValue(seed), cancel), judgedVerdicts, options.GetValue(seed));
});
return Stage.Run("evaluate", command, args);
