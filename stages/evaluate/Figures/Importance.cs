using System.Globalization;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>What a group of channels is worth to a model: the accuracy it loses where they come from other windows (Breiman 2001).</summary>
/// <param name="Group">The channels.</param>
/// <param name="Loss">Accuracy of windows that is lost, on average over several draws of those other windows.</param>
/// <param name="Deviation">Standard deviation of it over the draws.</param>
internal sealed record Importance(string Group, double Loss, double Deviation)
{
    private const int Draws = 5;
    private const int MostWindows = 1000;
    private const long MostValues = 1 << 26;

    /// <summary>The importance of each group on a part, found by as many windows as 256 MB hold, at most 1,000, drawn by lot.</summary>
    /// <param name="model">The model; of several members the mean of their probabilities counts.</param>
    /// <param name="verdicts">The part.</param>
    /// <param name="seed">Seed of the lots.</param>
    /// <param name="cancel">Ends the work.</param>
    public static IReadOnlyList<Importance> Of(JudgedModel model, VerdictSet verdicts, ulong seed, CancellationToken cancel)
    {
        WindowSummary[] windows = Sample(model, verdicts, seed, cancel);
        if (windows.Length == 0)
        {
            return [];
        }

        float[][] values = [.. windows.Select(w => w.Values)];
        double whole = Accuracy(values);
        return [.. model.Groups().Select(Measure)];

        Importance Measure((string Name, int Start, int Length) group)
        {
            double[] losses = [.. Enumerable.Range(0, Draws).Select(d => whole - Accuracy(Mixed(group, d)))];
            double mean = losses.Average();
            return new Importance(group.Name, mean, Math.Sqrt(losses.Sum(l => (l - mean) * (l - mean)) / (Draws - 1)));
        }

        // Each window with the group's channels of the one whose place it takes in a drawn order.
        float[][] Mixed((string Name, int Start, int Length) group, int draw)
        {
            cancel.ThrowIfCancellationRequested();
            string lot = string.Create(CultureInfo.InvariantCulture, $"{group.Name}/{draw}/");
            int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => Lot.Draw(seed, lot + windows[i].Key))];
            return [.. values.Select((own, i) =>
            {
                float[] mixed = [.. own];
                Array.Copy(values[order[i]], group.Start, mixed, group.Start, group.Length);
                return mixed;
            })];
        }

        double Accuracy(float[][] asked)
        {
            int right = 0;
            double[] sums = new double[model.Genres.Count];
            float[][][] members = [.. model.Members.Select((_, m) => model.Ask(m, asked).Probabilities)];
            for (int i = 0; i < asked.Length; i++)
            {
                Array.Clear(sums);
                foreach (float[][] member in members)
                {
                    for (int g = 0; g < sums.Length; g++)
                    {
                        sums[g] += member[i][g];
                    }
                }

                right += Scores.Verdict(sums) == windows[i].Genre ? 1 : 0;
            }

            return (double)right / asked.Length;
        }
    }

    private static WindowSummary[] Sample(JudgedModel model, VerdictSet verdicts, ulong seed, CancellationToken cancel)
    {
        WindowSample? sample = null;
        foreach (FeatureRow row in model.Windows(new HashSet<string> { verdicts.Split }, cancel))
        {
            sample ??= new WindowSample((int)Math.Clamp(MostValues / row.Values.Length, 1, MostWindows));
            if (verdicts.Recordings.Find(row.RecordingId) is >= 0 and int recording)
            {
                sample.Offer(new WindowSummary(row.RowKey, Lot.Draw(seed, row.RowKey), recording, verdicts.Truth(recording), row.Values));
            }
        }

        return sample?.ToArray() ?? [];
    }
}
