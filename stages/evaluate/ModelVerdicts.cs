using System.Runtime.InteropServices;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Verdicts that a model makes of a table of features. Each of its members is a run.</summary>
internal static class ModelVerdicts
{
    private const int Batch = 64;
    private const int MostProbed = 10_000;

    /// <summary>Opens a model: the one place that knows how.</summary>
    /// <exception cref="StageException">It cannot be opened.</exception>
    public static JudgedModel Open(string folder) =>
        throw new StageException($"'{folder}': this version opens no models: give what a model makes of the examples as --predictions");

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
