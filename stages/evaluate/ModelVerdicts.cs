using System.Globalization;
using System.Runtime.InteropServices;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Models;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Verdicts that a model makes of a table of features. Each of its members is a run.</summary>
internal static class ModelVerdicts
{
    private const int Batch = 64;
    private const int MostProbed = 10_000;

    /// <summary>Prepares a model for windows of a table.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="model">The model.</param>
    /// <param name="features">The table.</param>
    /// <exception cref="StageException">The table's windows are not what the model was made for.</exception>
    public static JudgedModel Of(string folder, Model model, TableReader<FeatureRow> features)
    {
        ModelInput wanted = model.Description.Inputs[0];
        FeatureRow first = features.Read().FirstOrDefault() ?? throw new StageException($"{features.Path} has no rows: there is nothing to judge by");
        if (first.Representation != wanted.Representation)
        {
            throw new StageException($"{features.Path} is of {first.Representation}, and the model was trained on {wanted.Representation}: make the features with the recipe '{model.Description.Recipe}'");
        }

        string[] members = [.. model.Members.Select(m => string.Create(CultureInfo.InvariantCulture, $"seed {m.Seed}"))];
        return new JudgedModel(model.Genres, members, model.Warnings, model.FeatureCount, TableInput.Of("model", Path.Combine(folder, Model.DescriptionFile)), Predict);

        void Predict(int member, IReadOnlyList<float[]> windows, int channels, int frames, Span<float> probabilities, Span<float> values)
        {
            if (channels != wanted.Channels || frames != wanted.Frames)
            {
                throw new StageException($"{features.Path} has windows of {channels} x {frames}, and the model was trained on {wanted.Channels} x {wanted.Frames}: "
                    + $"make the features with the recipe '{model.Description.Recipe}'");
            }

            model.Predict(member, [.. windows.Select(w => new[] { w })], probabilities, values);
        }
    }

    /// <summary>The model's verdicts on a table of features, which is read once for each member.</summary>
    public static VerdictSource Of(JudgedModel model, TableReader<FeatureRow> features) => new(
        model.Genres, model.Members, PredictionTables.PartsOf(features.Files), features.Provenance, model.Warnings,
        (member, parts, cancel) => Batches(features, parts, cancel).SelectMany(rows => Judge(model, member, rows)));

    /// <summary>What the first member's network makes of the windows of a part, of at most 10,000 drawn by lot: for a probe of their sources.</summary>
    public static WindowSummary[] NetworkFeatures(JudgedModel model, TableReader<FeatureRow> features, VerdictSet verdicts, ulong seed, CancellationToken cancel)
    {
        var sample = new WindowSample(MostProbed);
        foreach (FeatureRow[] rows in Batches(features, new HashSet<string> { verdicts.Split }, cancel))
        {
            (_, float[][] values) = model.Ask(0, [.. rows.Select(r => r.Values)], rows[0].Channels, rows[0].Frames);
            for (int i = 0; i < values.Length; i++)
            {
                int recording = verdicts.Recordings.Find(rows[i].RecordingId);
                sample.Offer(new WindowSummary(rows[i].RowKey, Lot.Draw(seed, rows[i].RecordingId), recording, verdicts.Truth(recording), values[i]));
            }
        }

        return sample.ToArray();
    }

    private static IEnumerable<Verdict> Judge(JudgedModel model, int member, FeatureRow[] rows)
    {
        (float[][] probabilities, _) = model.Ask(member, [.. rows.Select(r => r.Values)], rows[0].Channels, rows[0].Frames);
        return rows.Select((r, i) => new Verdict(r.ExampleId, r.RecordingId, r.Source, r.Split, r.Genre, probabilities[i]));
    }

    // Rows in their order, of one size each.
    private static IEnumerable<FeatureRow[]> Batches(TableReader<FeatureRow> features, IReadOnlySet<string> parts, CancellationToken cancel)
    {
        var rows = new List<FeatureRow>();
        foreach (FeatureRow row in features.Read(cancel).Where(r => parts.Contains(r.Split)))
        {
            if (row.FindFault() is { } fault)
            {
                throw new StageException($"{features.Path}: the row of '{row.RowKey}': {fault}");
            }

            if (rows.Count == Batch || (rows.Count > 0 && (rows[0].Channels, rows[0].Frames) != (row.Channels, row.Frames)))
            {
                yield return [.. CollectionsMarshal.AsSpan(rows)];
                rows.Clear();
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
        {
            yield return [.. rows];
        }
    }
}
