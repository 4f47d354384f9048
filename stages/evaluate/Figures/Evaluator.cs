using System.Runtime.InteropServices;

namespace Pipeline.Stages.Evaluating;

/// <summary>Makes the figures of a part.</summary>
/// <param name="verdicts">All verdicts on it.</param>
/// <param name="groupOf">Group of each recording; null where each is one of its own.</param>
/// <param name="seed">Seed of the lots.</param>
internal sealed class Evaluator(VerdictSet verdicts, int[]? groupOf, ulong seed)
{
    private const int MostMistakes = 50;

    private readonly (int[] Starts, int[] Windows) byRecording = verdicts.ByRecording();
    private readonly int genres = verdicts.Genres.Count;

    /// <summary>Makes them.</summary>
    public Evaluation Run(CancellationToken cancel)
    {
        int[] runs = [.. Enumerable.Range(0, verdicts.Runs.Count)];
        var all = new Levels(genres);
        var bySource = verdicts.Sources.Select(_ => new Levels(genres)).ToArray();
        var groups = new List<GroupCounts>();
        var mistakes = new PriorityQueue<Mistake, Mistake>(Comparer<Mistake>.Create((a, b) => -Precedence(a, b)));
        Judge(runs, cancel, (recording, sums) =>
        {
            int truth = verdicts.Truth(recording);
            Levels source = bySource[verdicts.Source(recording)];
            all.Recordings.Add(truth, sums);
            source.Recordings.Add(truth, sums);
            int verdict = Scores.Verdict(sums);
            if (verdict != truth)
            {
                var mistake = new Mistake(
                    verdicts.Recordings[recording], verdicts.Sources[verdicts.Source(recording)],
                    verdicts.Genres[truth], verdicts.Genres[verdict], sums[verdict], sums[truth]);
                mistakes.Enqueue(mistake, mistake);
                if (mistakes.Count > MostMistakes)
                {
                    mistakes.Dequeue();
                }
            }

            Count(groups, recording, new GroupCounts(1, verdict == truth ? 1 : 0, 0, 0));
        }, (recording, probabilities) =>
        {
            int truth = verdicts.Truth(recording);
            all.Windows.Add(truth, probabilities);
            bySource[verdicts.Source(recording)].Windows.Add(truth, probabilities);
            Count(groups, recording, new GroupCounts(0, 0, 1, Scores.Verdict(probabilities) == truth ? 1 : 0));
        });
        GroupCounts[] counted = [.. groups.Where(g => g.Recordings > 0)];
        (Interval? recordingAccuracy, Interval? windowAccuracy) = Bootstrap.Of(counted, seed, cancel);
        Levels[] single = runs.Length == 1 ? [] : [.. runs.Select(r => OfRun(r, cancel))];
        return new Evaluation(
            verdicts, all, recordingAccuracy, windowAccuracy, counted.Length, single,
            single.Sum(r => r.Windows.Count) > verdicts.Windows,
            [.. bySource.Select((s, i) => (verdicts.Sources[i], s)).OrderBy(s => s.Item1, StringComparer.Ordinal)],
            [.. mistakes.UnorderedItems.Select(m => m.Element).Order(Comparer<Mistake>.Create(Precedence))]);
    }

    private static int Precedence(Mistake a, Mistake b) =>
        a.Probability != b.Probability ? b.Probability.CompareTo(a.Probability) : string.CompareOrdinal(a.RecordingId, b.RecordingId);

    private Levels OfRun(int run, CancellationToken cancel)
    {
        var scores = new Levels(genres);
        Judge(
            [run], cancel,
            (recording, sums) => scores.Recordings.Add(verdicts.Truth(recording), sums),
            (recording, probabilities) => scores.Windows.Add(verdicts.Truth(recording), probabilities));
        return scores;
    }

    private void Count(List<GroupCounts> groups, int recording, GroupCounts counts)
    {
        int group = groupOf is null ? recording : groupOf[recording];
        while (group >= groups.Count)
        {
            groups.Add(default);
        }

        CollectionsMarshal.AsSpan(groups)[group] += counts;
    }

    // Recording after recording: first its windows, then itself.
    private void Judge(int[] runs, CancellationToken cancel, Action<int, ReadOnlySpan<double>> ofRecording, Action<int, ReadOnlySpan<double>> ofWindow)
    {
        (int[] starts, int[] windows) = byRecording;
        double[] probabilities = new double[genres], sums = new double[genres];
        for (int recording = 0; recording + 1 < starts.Length; recording++)
        {
            cancel.ThrowIfCancellationRequested();
            Array.Clear(sums);
            int count = 0;
            for (int i = starts[recording]; i < starts[recording + 1]; i++)
            {
                Array.Clear(probabilities);
                if (verdicts.AddMean(runs, windows[i], probabilities) > 0)
                {
                    count++;
                    ofWindow(recording, probabilities);
                    for (int g = 0; g < genres; g++)
                    {
                        sums[g] += probabilities[g];
                    }
                }
            }

            if (count > 0)
            {
                for (int g = 0; g < genres; g++)
                {
                    sums[g] /= count;
                }

                ofRecording(recording, sums);
            }
        }
    }
}
