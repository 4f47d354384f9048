using Pipeline.Cli;
using Pipeline.Models;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>What the stage reads and where it writes.</summary>
/// <param name="Predictions">Tables of predictions; empty where a model is asked.</param>
/// <param name="Model">Folder of the model, or null.</param>
/// <param name="Features">Tables of features, each with the name of its input where there are several; may be none.</param>
/// <param name="Splits">Table of splits, or null.</param>
/// <param name="Recordings">Tables of recordings.</param>
/// <param name="Histories">Histories of trainings.</param>
/// <param name="Extra">Folder of one's own songs, or null.</param>
/// <param name="Output">Folder to write.</param>
internal sealed record EvaluateFiles(
    IReadOnlyList<string> Predictions, string? Model, IReadOnlyList<string> Features, string? Splits, IReadOnlyList<string> Recordings, IReadOnlyList<string> Histories, string? Extra, string Output)
{
    private IEnumerable<string> Tables => [.. Predictions, .. Features.Select(PathOf), .. One(Splits), .. Recordings];

    /// <summary>Whether there are tables to judge, and not songs alone.</summary>
    public bool AreTables => Predictions.Count + Features.Count > 0;

    /// <summary>The histories to draw: those that are named, or the model's own where it has one.</summary>
    public static IReadOnlyList<string> HistoriesOf(IReadOnlyList<string> named, string? model) =>
        named.Count == 0 && model is not null && File.Exists(Path.Combine(model, "history.csv")) ? [Path.Combine(model, "history.csv")] : named;

    /// <summary>Sees to it that nothing is read twice, and nothing that is read goes with the folder that is written over.</summary>
    /// <exception cref="StageException">Something does.</exception>
    public void KeepApart()
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Output)) + Path.DirectorySeparatorChar;
        TableFiles.KeepApart(Path.Combine(folder, "predictions.parquet"), Tables);
        string? within = Tables.Concat(One(Model)).Concat(Histories).Concat(One(Extra))
            .FirstOrDefault(i => (Path.GetFullPath(i) + Path.DirectorySeparatorChar).StartsWith(folder, StringComparison.Ordinal));
        if (within is not null)
        {
            throw new StageException($"{within} is read and lies in the folder that is written over: name another one with --out");
        }
    }

    /// <summary>What the report is made of, for its provenance; the model says itself what stands for it.</summary>
    public IReadOnlyList<TableInput> Inputs() =>
    [
        .. Predictions.Select(p => TableInput.Of("predictions", p)), .. Features.Select(f => TableInput.Of("features", PathOf(f))),
        .. One(Splits).Select(s => TableInput.Of("splits", s)), .. Recordings.Select(r => TableInput.Of("recordings", r)),
        .. Histories.Select(h => TableInput.Of("history", h)),
    ];

    /// <summary>What stands for a model that is asked about songs alone.</summary>
    public TableInput ModelInput(Model model)
    {
        string file = Path.Combine(Model!, Models.Model.DescriptionFile);
        return TableInput.Of("model", file, Provenance.Parse(model.Description.Provenance, file));
    }

    // Without the name of the input in front of it.
    private static string PathOf(string features) => FeatureTables.Divide(features).Path;

    private static IEnumerable<string> One(string? path) => path is null ? [] : [path];
}
