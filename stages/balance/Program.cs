// balance: splits + labels + recordings -> examples
// A plan that people can read: which recordings are trained with, how often, and with which changes. Valid and test stay as they are.
using System.CommandLine;
using System.CommandLine.Parsing;
using Pipeline.Cli;
using Pipeline.Recipes;
using Pipeline.Stages.Balancing;
using Pipeline.Tables;

var recordings = new Option<string[]>("--recordings")
{
    Description = "Table of recordings, whose order the examples have; may be given again.",
    HelpName = "FILE",
    Required = true,
};
var labels = new Option<string>("--labels") { Description = "Table of their genres.", HelpName = "FILE", Required = true };
var splits = new Option<string>("--splits") { Description = "Table of the parts they belong to: what is not in it has no example.", HelpName = "FILE", Required = true };
var recipe = new Option<string?>("--recipe") { Description = "Recipe, whose section 'balance' the options below override.", HelpName = "FILE" };
var leaveOut = new Option<string[]>("--leave-out") { Description = "Genre to leave out of all parts; may be given again.", HelpName = "GENRE" };
Option<int?> min = Whole("--min", "Leave out genres with fewer train recordings, everywhere (default: the recipe's, or 0).", least: 0);
var small = new Option<string?>("--small") { Description = "What to do about such genres (default: the recipe's, or drop).", HelpName = "drop|refuse" };
Option<int?> perSourceCap = Whole("--per-source-cap", "Train recordings of a genre to take from each source at most.", least: 1);
Option<int?> cap = Whole("--cap", "Train recordings of a genre to take at most, evenly from sources and groups.", least: 1);
Option<int?> target = Whole("--target", "Train examples to have of a genre, by copies where there are fewer recordings.", least: 1);
var augment = new Option<string[]?>("--augment")
{
    Description = "Changes to make to copies: pitch, stretch, gain, noise and crop, with commas; "
        + "'repeat' for copies without changes, 'none' for no copies (default: the recipe's changes).",
    HelpName = "LIST",
    CustomParser = ParseChanges,
};
Option<ulong> seed = CommonOptions.Seed();
var output = new Option<string>("--out") { Description = "Table of examples to write.", HelpName = "FILE", Required = true };
var picture = new Option<string?>("--picture") { Description = "Picture (SVG) of the train part before and after, to write.", HelpName = "FILE" };
Option<string?> report = CommonOptions.Report();
Option<bool> quiet = CommonOptions.Quiet();
small.AcceptOnlyFromAmong("drop", "refuse");
picture.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var name }] && !name.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
    {
        result.AddError($"--picture needs a name that ends in .svg, not '{name}'");
    }
});

var command = new RootCommand(
    "Plans the examples: caps genres and sources, repeats or changes the recordings of small genres, and says how far the source tells the genre.")
{
    recordings, labels, splits, recipe, leaveOut, min, small, perSourceCap, cap, target, augment, seed, output, picture, report, quiet,
};
CommonOptions.KeepApart(command, output, picture, report);
command.Validators.Add(result =>
{
    if (result.GetResult(target) is not null && result.GetResult(augment) is { Tokens: [{ Value: Augmentation.NoCopies }] })
    {
        result.AddError("--target asks for copies and --augment none for none: --augment repeat makes copies without changes");
    }
});
command.SetAction((options, cancel) =>
{
    Recipe? whole = options.GetValue(recipe) is { } file ? Recipe.Load(file) : null;
    BalanceSettings fromRecipe = BalanceSettings.Read(whole?.Section("balance") ?? RecipeSection.Parse("{}", "no recipe"));
    var settings = fromRecipe with
    {
        LeaveOut = [.. (options.GetValue(leaveOut) ?? []).Distinct().Order(StringComparer.Ordinal)],
        Min = options.GetValue(min) ?? fromRecipe.Min,
        Small = options.GetValue(small) is { } choice ? Enum.Parse<SmallGenres>(choice, ignoreCase: true) : fromRecipe.Small,
        PerSourceCap = options.GetValue(perSourceCap) ?? fromRecipe.PerSourceCap,
        Cap = options.GetValue(cap) ?? fromRecipe.Cap,
        Target = options.GetValue(augment) is [Augmentation.NoCopies] ? null : options.GetValue(target) ?? fromRecipe.Target,
        Augmentation = options.GetValue(augment) is { Length: > 0 } names ? fromRecipe.Augmentation.Only(names) : fromRecipe.Augmentation,
        Media = whole is null ? fromRecipe.Media : Media.Read(whole.Section("features")),
        Seed = options.GetValue(seed),
    };
    if (settings.Target is null && options.GetValue(augment) is [not Augmentation.NoCopies, ..])
    {
        Terminal.Message("--augment changes nothing where there are no copies: --target says how many examples of a genre to make");
    }

    var files = new BalanceFiles(
        options.GetRequiredValue(recordings), options.GetRequiredValue(labels), options.GetRequiredValue(splits), options.GetValue(recipe),
        options.GetRequiredValue(output), options.GetValue(picture), options.GetValue(report));
    files.KeepApart();
    PieceReader reader = PieceReader.Open(files);

    // Before the work: where nothing can be written, it would be lost.
    using var table = TableWriter<Example>.Create(files.Output, Provenance.After(Stage.Name, Stage.Version, settings.Provenance));
    Pieces pieces = reader.Read(settings.Media, options.GetValue(quiet), cancel);
    var plan = Plan.Make(pieces, settings, cancel);
    foreach (Example example in plan.Examples(cancel))
    {
        table.Write(example);
    }

    Report summary = Summary.Of(plan, [.. reader.Warnings]);
    files.WriteBeside(summary, plan);
    cancel.ThrowIfCancellationRequested();
    table.Commit(Provenance.After(Stage.Name, Stage.Version, settings.Provenance, files.Inputs()));
    summary.Print();
});
return Stage.Run("balance", command, args);

static Option<int?> Whole(string name, string description, int least)
{
    var option = new Option<int?>(name) { Description = description, HelpName = "N" };
    option.Validators.Add(result =>
    {
        // What is no number at all has been reported by the parser.
        if (result.Tokens is [{ Value: var text }] && int.TryParse(text, out int number) && number < least)
        {
            result.AddError($"{name} needs at least {least}, not '{text}'");
        }
    });
    return option;
}

static string[]? ParseChanges(ArgumentResult result)
{
    string[] names = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries);
    if (Augmentation.FindFault(names) is { } fault)
    {
        result.AddError("--augment " + fault);
    }

    return names;
}
