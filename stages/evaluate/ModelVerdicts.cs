using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>Verdicts that a model makes of a table of features. Here is the place where a model is opened and asked.</summary>
internal static class ModelVerdicts
{
    /// <summary>Opens a model, each of whose members (seeds or folds) is a run.</summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="features">Features of the representation that it was trained on.</param>
    /// <exception cref="StageException">The model cannot be opened.</exception>
    public static VerdictSource Open(string model, string features) => throw new StageException(
        $"'{model}' and '{features}': this version opens no models: give what a model makes of the examples as --predictions");
}
