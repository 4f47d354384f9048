// predict: model/ + sound | song files | pictures -> genres
// Features are computed by the settings in the model, with the code that computed those it learnt from.
using System.CommandLine;
using System.Globalization;
using Pipeline.Cli;
using Pipeline.Listening;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Stages.Prediction;
using Pipeline.Tables;

var files = new Argument<string[]>("FILE")
{
    Description = "Sound, song files (.h5) or pictures (.png): files, folders, patterns; - for sound on stdin. Without any, the program asks.",
    Arity = ArgumentArity.ZeroOrMore,
};
var model = new Option<string>("--model") { Description = "Folder of the model, as train made it.", HelpName = "DIR", Required = true };
var top = new Option<int>("--top") { Description = "Genres to show, the most probable first (default 5); CSV and tables have all.", HelpName = "N", DefaultValueFactory = _ => 5 };
var windows = new Option<bool>("--windows") { Description = "Show the verdict on each window of a piece too." };
Option<bool> json = CommonOptions.Json();
json.Description = "Print a line of JSON for each piece.";
var csv = new Option<bool>("--csv") { Description = "Print CSV, with a column for each genre." };
var parquet = new Option<string?>("--parquet") { Description = "Write a table of verdicts, and print nothing.", HelpName = "FILE" };
var ffmpeg = new Option<bool>("--ffmpeg") { Description = "Let ffmpeg read what is neither wav, au, aiff, flac, ogg nor mp3." };
Option<int> threads = CommonOptions.Threads();
Option<bool> quiet = CommonOptions.Quiet();

top.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int n) && n < 1)
    {
        result.AddError($"--top needs a number of at least 1, not '{text}'");
    }
});

var command = new RootCommand("Names the genres of music: of a piece as a whole, or window by window.")
{
    files, model, top, windows, json, csv, parquet, ffmpeg, threads, quiet,
};
command.Validators.Add(result =>
{
    Option[] forms = [.. new Option[] { json, csv, parquet }.Where(o => result.GetResult(o) is { Implicit: false })];
    if (forms.Length > 1)
    {
        result.AddError($"{forms[0].Name} and {forms[1].Name} are two forms of the same verdicts: give one of them");
    }

    string[] named = [.. result.GetResult(files)?.Tokens.Select(t => t.Value) ?? []];
    if (named.Contains(""))
    {
        result.AddError("the name of a file is empty");
    }
    else if (named.Count(n => n == "-") > 1)
    {
        result.AddError("- is named twice: stdin is read once");
    }
    else if (named.Contains("-") && !Console.IsInputRedirected)
    {
        result.AddError("- is sound on stdin, which is the terminal: put a file or a program in front of it, as in predict --model DIR - < song.wav");
    }

    if (named.Length == 0 && (forms.Length > 0 || Console.IsInputRedirected || Console.IsOutputRedirected))
    {
        result.AddError("name the files to ask about, or - for sound on stdin");
    }
});
command.SetAction((options, cancel) =>
{
    string folder = options.GetRequiredValue(model);
    string[] names = options.GetValue(files) ?? [];
    bool useFfmpeg = options.GetValue(ffmpeg), showsWindows = options.GetValue(windows);
    using var team = new Team(options.GetValue(threads));
    using Listener listener = Listener.Open(folder, team, useFfmpeg);
    foreach (string warning in listener.Description.Warnings)
    {
        Terminal.Message($"warning: {warning}");
    }

    string? table = options.GetValue(parquet);
    if (table is not null && names.Append(Path.Combine(folder, Model.DescriptionFile)).Append(Path.Combine(folder, Model.WeightsFile)).Any(n => IsSame(n, table)))
    {
        throw new StageException($"{table} is read and cannot be written over: give the table another name");
    }

    using var stdin = new StandardInput();
    using VerdictOutput output = options.GetValue(json) ? new JsonOutput(listener.Genres, options.GetValue(top), showsWindows)
        : options.GetValue(csv) ? new CsvOutput(listener.Genres, showsWindows)
        : table is not null ? new ParquetOutput(table, listener.Genres, showsWindows, History())
        : new TextOutput(listener.Genres, options.GetValue(top), showsWindows);
    var asked = new Asked(listener);
    var session = new Session(listener, output, options.GetValue(threads));
    if (names.Length == 0)
    {
        new Conversation(listener, session, asked).Run(cancel);
        return ExitCode.Done;
    }

    using (Progress? progress = output.IsOnTerminal ? null : Progress.Start("pieces", null, options.GetValue(quiet)))
    {
        session.Ask(names.SelectMany(name => name == "-" ? stdin.Pieces(cancel) : asked.Pieces(name, cancel)), progress, cancel);
    }

    output.Commit();
    Console.Out.Flush();
    if (session.Failed > 0 && session.Count > 1)
    {
        Terminal.Message($"{session.Failed} of {session.Count} pieces got no verdict");
    }

    return session.Outcome;

    static bool IsSame(string a, string b) => a.Length > 0 && b.Length > 0 && Path.GetFullPath(a) == Path.GetFullPath(b);

    Provenance History()
    {
        string description = Path.Combine(folder, Model.DescriptionFile);
        return Provenance.After(
            Stage.Name, Stage.Version, [new("ffmpeg", useFfmpeg ? "true" : "false"), new("windows", showsWindows ? "true" : "false")],
            TableInput.Of("model", description, Provenance.Parse(listener.Description.Provenance, description)));
    }
});
return Stage.Run("predict", command, args);
