using System.Globalization;
using Pipeline.Cli;
using Pipeline.Models;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Verdicts that a model makes of tables of features; each of its members is a run.</summary>
internal sealed class ModelVerdicts
{
    private const int Batch = 64; // windows

    private readonly Model model;
    private readonly FeatureTables features;

    private ModelVerdicts(Model model, FeatureTables features) => (this.model, this.features) = (model, features);

    /// <summary>Prepares the verdicts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="features">Features of the representation that it was trained on.</param>
    /// <exception cref="StageException">The features are not what the model was made for.</exception>
    public static VerdictSource Of(Model model, FeatureTables features)
    {
        features = features.InOrderOf([.. model.Description.Inputs.Select(i => i.Name)]);
        var verdicts = new ModelVerdicts(model, features);
        FeatureRow[] first = features.Read().First();
        for (int i = 0; i < first.Length; i++)
        {
            ModelInput wanted = model.Description.Inputs[i];
            if (first[i].Representation != wanted.Representation || first[i].Channels != wanted.Channels || first[i].Frames != wanted.Frames)
            {
                throw new StageException($"{features.Readers[i].Path} has {first[i].Channels} x {first[i].Frames} values of {first[i].Representation}, and the model was trained on "
                    + $"{wanted.Channels} x {wanted.Frames} of {wanted.Representation}: make the features with the recipe '{model.Description.Recipe}'");
            }
        }

        string[] runs = [.. model.Members.Select(m => string.Create(CultureInfo.InvariantCulture, $"seed {m.Seed}"))];
        return new VerdictSource(
            model.Genres, runs, PredictionTables.PartsOf(features.Readers[0].Files), features.Provenance, model.Warnings, verdicts.Read);
    }

    private IEnumerable<Verdict> Read(int run, IReadOnlySet<string> parts, CancellationToken cancel)
    {
        int genres = model.Genres.Count;
        float[] probabilities = new float[Batch * genres];
        foreach (FeatureRow[][] batch in features.Read(cancel).Where(w => parts.Contains(w[0].Split)).Chunk(Batch))
        {
            model.Predict(run, [.. batch.Select(w => Array.ConvertAll(w, i => i.Values))], probabilities.AsSpan(0, batch.Length * genres), default);
            for (int k = 0; k < batch.Length; k++)
            {
                FeatureRow row = batch[k][0];
                yield return new Verdict(row.ExampleId, row.RecordingId, row.Source, row.Split, row.Genre, probabilities[(k * genres)..((k + 1) * genres)]);
            }
        }
    }
}
