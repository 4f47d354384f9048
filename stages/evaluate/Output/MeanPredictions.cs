using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>The predictions of all runs and windows together, one of each example. Those of one's own songs are of <c>test</c>, which is what they are for.</summary>
internal static class MeanPredictions
{
    /// <summary>Writes them.</summary>
    /// <param name="path">The table.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="provenance">How they came to be.</param>
    /// <param name="cancel">Ends the work.</param>
    public static void Write(string path, IEnumerable<Evaluation> parts, Provenance provenance, CancellationToken cancel)
    {
        using var table = TableWriter<Prediction>.Create(path, provenance);
        foreach ((VerdictSet verdicts, string split) in parts.Select(p => (p.Verdicts, p.Extra is null ? p.Split : "test")))
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
                    verdicts.Examples[example], verdicts.Recordings[recording], split, verdicts.Genres[verdicts.Truth(recording)],
                    genres, Array.ConvertAll(sums, s => (float)(s / count))));
            }
        }

        table.Commit();
    }
}
