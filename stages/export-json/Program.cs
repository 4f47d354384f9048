// export-json: features -> windows and labels in JSON
// The layout that many course projects read, and beside it what divides the windows honestly: their recordings and parts.
using System.CommandLine;
using System.Globalization;
using Pipeline.Cli;
using Pipeline.Stages.JsonExport;
using Pipeline.Tables;

var features = new Option<string>("--features") { Description = "Table of features.", HelpName = "FILE", Required = true };
var output = new Option<string>("--out") { Description = "JSON file to write.", HelpName = "FILE", Required = true };
var split = new Option<string[]>("--split") { Description = "Part to write; may be given again (default: all).", HelpName = "train|valid|test" };
var key = new Option<string?>("--key") { Description = "Name of the values in the file (default: what they are, such as mfcc).", HelpName = "NAME" };
var transpose = new Option<bool>("--transpose") { Description = "Write a window as a list for each channel, not as a list for each frame." };
Option<bool> quiet = CommonOptions.Quiet();
split.AcceptOnlyFromAmong("train", "valid", "test");
key.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var name }] && (name.Length == 0 || WindowsJson.Members.Contains(name)))
    {
        result.AddError(name.Length == 0 ? "--key needs a name" : $"--key cannot be '{name}', which the file has already");
    }
});

var command = new RootCommand("Writes features as JSON: the genres, the label of each window, and its values, frame after frame.")
{
    features, output, split, key, transpose, quiet,
};
command.SetAction((options, cancel) =>
{
    string table = options.GetRequiredValue(features), file = options.GetRequiredValue(output);
    WholeFile.Check(file);
    TableFiles.KeepApart(file, table);
    var windows = new WindowsJson(table, options.GetValue(split) ?? [], cancel);
    windows.Prepare();
    FeatureRow first = windows.First;
    string name = options.GetValue(key) ?? first.Representation;
    if (name.Length == 0 || WindowsJson.Members.Contains(name))
    {
        throw new StageException($"{table} is of a representation that is called '{name}', which cannot be the name of the values: give another one with --key");
    }

    bool channelsFirst = options.GetValue(transpose);
    using (var progress = Progress.Start("windows", windows.Count, options.GetValue(quiet)))
    {
        WholeFile.WriteBytes(file, stream => windows.Write(stream, name, channelsFirst, progress));
    }

    string shape = channelsFirst ? $"{first.Channels} channels x {first.Frames} frames" : $"{first.Frames} frames x {first.Channels} channels";
    Terminal.Message(string.Create(
        CultureInfo.InvariantCulture,
        $"{file}: {Amount.Of(windows.Count, "window")} of {shape} as '{name}', {Amount.Of(windows.Genres.Count, "genre")}; {new FileInfo(file).Length / 1e6:N1} MB"));
});
return Stage.Run("export-json", command, args);
