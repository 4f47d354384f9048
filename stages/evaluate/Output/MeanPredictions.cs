using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>The predictions of all runs and windows together, one of each example.</summary>
internal static class MeanPredictions
{
    /// <summary>Writes them.</summary>
    public static void Write(string path, Findings findings, CancellationToken cancel)
    {
        using var table = TableWriter<Prediction>.Create(path, findings.Provenance);
        foreach (VerdictSet verdicts in findings.Parts.Select(p => p.Verdicts))
        {
            string[] genres = [.. verdicts.Genres.Take(verdicts.ModelGenres)];
            int[] runs = [.. Enumerable.Range(0, verdicts.Runs.Count)];
            double[] sums = new double[genres.Length];
            (int[] starts, int[] windows) = verdicts.ByExample();
            for (int example = 0; example + 1 < starts.Length; example++)
            {
                cancel.ThrowIfCancellationRequested();
                Array.Clear(sums);
                int count = 0;
                for (int i = starts[example]; i < starts[example + 1]; i++)
                {
                    count += verdicts.AddMean(runs, windows[i], sums) > 0 ? 1 : 0;
                }

                int recording = verdicts.RecordingOfExample(example);
                table.Write(new Prediction(
                    verdicts.Examples[example], verdicts.Recordings[recording], verdicts.Split, verdicts.Genres[verdicts.Truth(recording)],
                    genres, Array.ConvertAll(sums, s => (float)(s / count))));
            }
        }

        table.Commit();
    }
}
