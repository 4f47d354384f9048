// train: features (+ splits) -> model/
// Fits a recipe's network to the train part, stops by the valid part, and never looks at the test part.
using System.CommandLine;
using System.Globalization;
using Pipeline.Cli;
using Pipeline.Features;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Recipes;
using Pipeline.Stages.Training;
using Pipeline.Tables;

var features = new Option<string[]>("--features")
{
    Description = "Table of features; for a network of several inputs one for each, as NAME=FILE.",
    HelpName = "FILE",
    Required = true,
};
var splits = new Option<string?>("--splits") { Description = "Table of splits that the features were made of: no group may be divided.", HelpName = "FILE" };
var recipe = new Option<string>("--recipe") { Description = "Recipe, whose sections 'network' and 'training' say what to train and how.", HelpName = "FILE", Required = true };
var fold = new Option<int?>("--fold")
{
    Description = "Make the parts of the folds of --splits: test is fold K, counted from 0, valid the next one, and train the others.",
    HelpName = "K",
};
var seeds = new Option<int?>("--seeds") { Description = "Networks to train, which differ by their seed (default: the recipe's, or 1).", HelpName = "N" };
var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoints of the same training in --out, where there are any." };
var memory = new Option<double?>("--memory")
{
    Description = "Gigabytes that the windows may take; what is more is kept in a file in --out (default: half of what there is).",
    HelpName = "GB",
};
Option<ulong> seed = CommonOptions.Seed();
var output = new Option<string>("--out") { Description = "Folder of the model.", HelpName = "DIR", Required = true };
Option<int> threads = CommonOptions.Threads();
Option<bool> quiet = CommonOptions.Quiet();
seeds.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int count) && count is < 1 or > 100)
    {
        result.AddError($"--seeds needs 1 to 100, not '{text}'");
    }
});
fold.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && int.TryParse(text, CultureInfo.InvariantCulture, out int value) && value < 0)
    {
        result.AddError($"--fold is counted from 0, not '{text}'");
    }
});
memory.Validators.Add(result =>
{
    if (result.Tokens is [{ Value: var text }] && double.TryParse(text, CultureInfo.InvariantCulture, out double value) && !(value >= 0))
    {
        result.AddError($"--memory needs a number of gigabytes, not '{text}'");
    }
});

var command = new RootCommand("Trains a network to tell genres: weighs rare genres up, stops when the valid part gets no better, and keeps the best weights.")
{
    features, splits, recipe, fold, seeds, resume, memory, seed, output, threads, quiet,
};
command.Validators.Add(result =>
{
    if (result.GetResult(fold) is not null && result.GetResult(splits) is null)
    {
        result.AddError("--fold needs --splits: the table that says which fold a recording is in");
    }
});
command.SetAction((options, cancel) =>
{
    string recipeFile = options.GetRequiredValue(recipe);
    Recipe whole = Recipe.Load(recipeFile);
    if (!whole.Has("network"))
    {
        throw new StageException($"{recipeFile} has no section 'network', which says what to train: add one, or name a recipe that has it, such as manifests/recipes/top-n.json");
    }

    NetworkPlan plan = NetworkPlan.Read(whole.Section("network"));
    var settings = TrainingSettings.Read(whole.Section("training"));
    FeatureTables tables = FeatureTables.Open(options.GetRequiredValue(features));
    tables = tables.InOrderOf([.. plan.Inputs.Select(i => i.Name)]);
    using var folder = new ModelFolder(options.GetRequiredValue(output));
    var run = new TrainingRun(tables, plan, settings, folder)
    {
        Recipe = whole.Name,
        RecipeFeatures = whole.Has("features") ? FeatureSettings.Read(whole.Section("features")) : null,
        SplitsPath = options.GetValue(splits),
        Fold = options.GetValue(fold),
        Seeds = [.. Enumerable.Range(0, options.GetValue(seeds) ?? settings.Seeds).Select(i => options.GetValue(seed) + (ulong)i)],
        Resumes = options.GetValue(resume),
        MemoryBytes = options.GetValue(memory) is { } gigabytes ? (long)(gigabytes * 1e9) : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2,
        Quiet = options.GetValue(quiet),
    };
    using var team = new Team(options.GetValue(threads));
    run.Execute(team, cancel);
});
return Stage.Run("train", command, args);
