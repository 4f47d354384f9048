using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Verdicts that a model makes of tables of features. Each of its members is a run.</summary>
internal static class ModelVerdicts
{
    private const int Batch = 64; // windows
    private const int MostProbed = 10_000;

    /// <summary>The model's verdicts; the features are read once for each member.</summary>
    public static VerdictSource Of(JudgedModel model) => new(
        model.Genres, model.Members, model.Parts, model.History, model.Warnings,
        (member, parts, cancel) => model.Windows(parts, cancel).Chunk(Batch).SelectMany(rows => Judge(model, member, rows)));

    /// <summary>What the first member's network makes of the windows of a part, of at most 10,000 drawn by lot: for a probe of their sources.</summary>
    public static WindowSummary[] NetworkFeatures(JudgedModel model, VerdictSet verdicts, ulong seed, CancellationToken cancel)
    {
        var sample = new WindowSample(MostProbed);
        foreach (FeatureRow[] rows in model.Windows(new HashSet<string> { verdicts.Split }, cancel).Chunk(Batch))
        {
            (_, float[][] values) = model.Ask(0, [.. rows.Select(r => r.Values)]);
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
        (float[][] probabilities, _) = model.Ask(member, [.. rows.Select(r => r.Values)]);
        if (Array.FindIndex(probabilities, p => !p.All(float.IsFinite)) is >= 0 and int none)
        {
            throw new StageException($"the model has no verdict on '{rows[none].RowKey}': its values, or the model's weights, are too great to compute with");
        }

        return rows.Select((r, i) => new Verdict(r.ExampleId, r.RecordingId, r.Source, r.Split, r.Genre, probabilities[i]));
    }
}
