// extract-features: examples + recordings, with their audio, segments or pictures -> features
// All examples of a recording are worked on together, so that it is decoded once; recordings are worked on side by side.
using System.CommandLine;
using Pipeline.Cli;
using Pipeline.Features;
using Pipeline.Recipes;
using Pipeline.Stages.FeatureExtraction;
using Pipeline.Tables;

var examples = new Option<string?>("--examples")
{
    Description = "Table of examples, in the order of the recordings (default: each recording that is sound, as a whole).",
    HelpName = "FILE",
};
var recordings = new Option<string[]>("--recordings") { Description = "Table of the examples' recordings; may be given again.", HelpName = "FILE", Required = true };
var segments = new Option<string[]>("--segments")
{
    Description = "Table of segments, in the order of the recordings: what is in it is not analysed again; may be given again.",
    HelpName = "FILE",
};
var roots = new Option<string[]>("--root")
{
    Description = "Folder that the recordings' paths start from; SOURCE=DIR for the recordings of one dataset; may be given again.",
    HelpName = "DIR",
};
var recipe = new Option<string>("--recipe") { Description = "Recipe, whose section 'features' says what to compute.", HelpName = "FILE", Required = true };
var output = new Option<string>("--out") { Description = "Table of features to write.", HelpName = "FILE", Required = true };
var ffmpeg = new Option<bool>("--ffmpeg") { Description = "Let ffmpeg read audio that is neither wav, au, aiff, flac, ogg nor mp3." };
Option<Shard> shard = CommonOptions.Shard();
shard.Description = "Take part I of N of the examples only, I counted from 0, with all examples of a recording in one part; merge puts the parts' tables together.";
Option<int> threads = CommonOptions.Threads();
Option<double> maxFailed = CommonOptions.MaxFailed();
maxFailed.Description = "Share of examples without features to tolerate, 0 to 1.";
Option<bool> quiet = CommonOptions.Quiet();

var command = new RootCommand("Computes the features of examples, from the audio, the segments or the pictures of their recordings.")
{
    examples, recordings, segments, roots, recipe, output, ffmpeg, shard, threads, maxFailed, quiet,
};
command.SetAction((options, cancel) =>
{
    FeatureSettings settings = FeatureSettings.Read(Recipe.Load(options.GetRequiredValue(recipe)).Section("features"));
    TableFiles.KeepApart(
        options.GetRequiredValue(output),
        [.. options.GetValue(examples) is { } list ? (string[])[list] : [], .. options.GetRequiredValue(recordings), .. options.GetValue(segments) ?? []]);
    Shard part = options.GetValue(shard);
    var tables = new ExampleTables(options.GetValue(examples), options.GetRequiredValue(recordings), options.GetValue(segments) ?? [], part, cancel);
    KeyValuePair<string, string>[] provenance =
    [
        new("features", settings.Json),
        new("ffmpeg", options.GetValue(ffmpeg) ? "true" : "false"),
        new("shard", part.ToString()),
    ];

    // Before the work: where nothing can be written, hours would be lost.
    using var features = TableWriter<FeatureRow>.Create(options.GetRequiredValue(output), Provenance.After(Stage.Name, Stage.Version, provenance));
    var faults = new Faults("examples", options.GetValue(maxFailed));
    var tally = new Tally();
    var worker = new ExampleWorker(settings, new Roots(options.GetValue(roots) ?? []), options.GetValue(ffmpeg));
    using (var progress = Progress.Start("examples", tables.ExampleCount, options.GetValue(quiet)))
    {
        foreach (IReadOnlyList<ExampleResult> results in InOrder.Select(tables.Read(cancel), options.GetValue(threads), worker.Work, cancel))
        {
            foreach (ExampleResult result in results)
            {
                progress.Advance();
                faults.Attempted();
                if (result.Fault is { } fault)
                {
                    tally.Add(fault.Name);
                    faults.Report(result.Example.ExampleId, result.Path, fault.Detail is null ? fault.Name : $"{fault.Name}: {fault.Detail}");
                }

                foreach (FeatureWindow window in result.Windows)
                {
                    features.Write(Row(result.Example, settings, window));
                }
            }
        }
    }

    faults.ThrowIfTooMany();
    Provenance history = Provenance.After(Stage.Name, Stage.Version, provenance, tables.Inputs());
    features.Commit(history);
    Terminal.Message(
        $"{Amount.Of(features.RowCount, "window")} of {settings.Name}"
        + (tally.Total > 0 ? $"; faults: {tally}" : "")
        + (tables.LeftOut > 0 ? $"; {Amount.Of(tables.LeftOut, "recording")} with a fault left out" : ""));
    foreach (string warning in history.Warnings)
    {
        Terminal.Message($"warning: {warning}");
    }
});
return Stage.Run("extract-features", command, args);

static FeatureRow Row(Example example, FeatureSettings settings, FeatureWindow window) => new(
    example.ExampleId, example.RecordingId, example.Source, example.Split, example.Genre,
    settings.Name, window.Index, window.StartS, window.LengthS, window.Channels, window.Frames, window.Values);
