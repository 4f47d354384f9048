using Pipeline.Datasets;

namespace Pipeline.Stages.Evaluating;

/// <summary>
/// How far the dataset can be told from some values of the windows: what tells it may be taken for a genre. A recording is given to
/// the dataset whose mean is nearest, the means being those of other recordings.
/// </summary>
/// <param name="Of">What the values are.</param>
/// <param name="Recordings">How many recordings were given to a dataset.</param>
/// <param name="Accuracy">Share of them that were given to their own.</param>
/// <param name="BalancedAccuracy">Mean of that share over the datasets.</param>
/// <param name="MajorityShare">Share of the most frequent dataset.</param>
/// <param name="Majority">That dataset.</param>
internal sealed record SourceProbe(string Of, int Recordings, double Accuracy, double BalancedAccuracy, double MajorityShare, string Majority)
{
    private const int Folds = 5;
    private const int Fewest = Folds; // recordings of a dataset

    /// <summary>Probes; null where there are not two datasets with five recordings each.</summary>
    /// <param name="of">What the values are.</param>
    /// <param name="windows">The windows, each with its recording.</param>
    /// <param name="verdicts">Whose datasets are known.</param>
    /// <param name="seed">Seed of the lots.</param>
    public static SourceProbe? Find(string of, IReadOnlyList<WindowSummary> windows, VerdictSet verdicts, ulong seed)
    {
        // By key, so that sums do not depend on the order of the rows.
        var recordings = windows.GroupBy(w => w.Recording)
            .Select(g => (Id: verdicts.Recordings[g.Key], Source: verdicts.Sources[verdicts.Source(g.Key)], Values: Mean([.. g.Select(w => w.Values)])))
            .OrderBy(r => r.Id, StringComparer.Ordinal).ToArray();
        string[] sources = [.. recordings.GroupBy(r => r.Source).Where(g => g.Count() >= Fewest).Select(g => g.Key).Order(StringComparer.Ordinal)];
        if (sources.Length < 2)
        {
            return null;
        }

        var known = recordings.Where(r => sources.Contains(r.Source)).ToArray();
        var counts = new Scores(sources.Length);
        int[] folds = FoldsOf(known, seed);
        for (int fold = 0; fold < Folds; fold++)
        {
            var others = known.Where((_, i) => folds[i] != fold).ToArray();
            var scale = new Standardisation(known[0].Values.Length);
            foreach (var recording in others)
            {
                scale.Add(recording.Values);
            }

            float[][] means = [.. sources.Select(s => Scaled(Mean([.. others.Where(o => o.Source == s).Select(o => o.Values)])))];
            foreach (var (_, source, values) in known.Where((_, i) => folds[i] == fold))
            {
                float[] scaled = Scaled(values);
                double[] one = new double[sources.Length];
                one[Enumerable.Range(0, sources.Length).MinBy(s => Distance(scaled, means[s]))] = 1;
                counts.Add(Array.IndexOf(sources, source), one);
            }

            float[] Scaled(float[] values)
            {
                float[] copy = [.. values];
                scale.Apply(copy);
                return copy;
            }
        }

        int most = counts.MostFrequent;
        return new SourceProbe(of, (int)counts.Count, counts.Accuracy!.Value, counts.BalancedAccuracy!.Value, (double)counts.Support(most) / counts.Count, sources[most]);
    }

    // Each dataset is dealt out over the folds, in an order drawn by lot.
    private static int[] FoldsOf((string Id, string Source, float[] Values)[] recordings, ulong seed)
    {
        int[] folds = new int[recordings.Length];
        foreach (var source in recordings.Select((r, i) => (r.Source, Lot: Lot.Draw(seed, "probe/" + r.Id), Index: i)).GroupBy(r => r.Source))
        {
            int next = 0;
            foreach (var recording in source.OrderBy(r => r.Lot))
            {
                folds[recording.Index] = next++ % Folds;
            }
        }

        return folds;
    }

    private static float[] Mean(float[][] values) => [.. values[0].Select((_, i) => (float)values.Average(v => (double)v[i]))];

    private static double Distance(float[] a, float[] b) => a.Zip(b).Sum(p => ((double)p.First - p.Second) * ((double)p.First - p.Second));
}
