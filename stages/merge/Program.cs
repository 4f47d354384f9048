// merge: parts of a table -> the table
// What processes with --shard 0/N to N-1/N wrote becomes, byte for byte, what one process without --shard writes.
using System.CommandLine;
using Pipeline.Cli;
using Pipeline.Stages.Merging;
using Pipeline.Tables;

var files = new Argument<string[]>("PART")
{
    Description = "Files, or folders of files: all parts of a table that were made with --shard, in any order; or tables that are whole, in the order that they are to have.",
    Arity = ArgumentArity.OneOrMore,
};
var output = new Option<string>("--out") { Description = "Table to write.", HelpName = "FILE", Required = true };
var recordings = new Option<string?>("--recordings")
{
    Description = "Table of all recordings, which is merged first: needed for parts of segments, as it tells which are left out because their track has come before.",
    HelpName = "FILE",
};
Option<bool> quiet = CommonOptions.Quiet();

var command = new RootCommand("Puts the parts of a table together: its rows and its history become those of a single run.") { files, output, recordings, quiet };
command.SetAction((options, cancel) =>
{
    string whole = options.GetRequiredValue(output);
    string[] paths = options.GetRequiredValue(files);
    string? sound = options.GetValue(recordings);
    TableFiles.KeepApart(whole, [.. paths, .. sound is null ? [] : (string[])[sound]]);
    Parts parts = Parts.Open(paths);
    if (sound is not null && !(parts.AreOfOneRun && parts.TableName == Segments.Contract.Name))
    {
        string these = parts.AreOfOneRun ? $"parts of {parts.TableName}" : "tables that are whole";
        throw new StageException($"--recordings is for parts of segments, made with --shard: leave it out for {these}");
    }

    var merger = new Merger(parts, whole, options.GetValue(quiet), cancel);
    switch (parts.TableName)
    {
        case "recordings" when parts.AreOfOneRun:
            merger.CopyRecordings();
            break;
        case "segments" when parts.AreOfOneRun:
            merger.CopySegments(sound);
            break;
        case "recordings":
            merger.Copy<Recording>();
            break;
        case "segments":
            merger.Copy<Segments>();
            break;
        case "labels":
            merger.Copy<Label>();
            break;
        case "splits":
            merger.Copy<SplitRow>();
            break;
        case "examples":
            merger.Copy<Example>();
            break;
        case "features":
            merger.Copy<FeatureRow>();
            break;
        case "predictions":
            merger.Copy<Prediction>();
            break;
        default:
            throw new StageException($"there is no way yet to merge tables of '{parts.TableName}'");
    }
});
return Stage.Run("merge", command, args);
