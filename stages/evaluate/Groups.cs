using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>Which recordings belong together, as a table of splits has it.</summary>
internal static class Groups
{
    /// <summary>Number of the group of each recording, counted in the order of the recordings.</summary>
    /// <param name="splits">The table.</param>
    /// <param name="verdicts">The recordings.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="StageException">A recording is not in the table.</exception>
    public static int[] Of(TableReader<SplitRow> splits, VerdictSet verdicts, CancellationToken cancel)
    {
        var names = new KeyStore();
        int[] named = new int[verdicts.Recordings.Count];
        Array.Fill(named, -1);
        foreach (SplitRow row in splits.Read(cancel))
        {
            if (verdicts.Recordings.Find(row.RecordingId) is >= 0 and int recording)
            {
                named[recording] = names.Add(row.Group);
            }
        }

        if (Array.IndexOf(named, -1) is >= 0 and int missing)
        {
            throw new StageException(
                $"{splits.Path}: {Amount.Of(named.Count(n => n < 0), "recording")} of {verdicts.Split} {(named.Count(n => n < 0) == 1 ? "is" : "are")} not in it, "
                + $"first '{verdicts.Recordings[missing]}': name the splits that the predictions were made with");
        }

        // Lots are drawn by number: the order of the splits must not matter.
        var numbers = new Dictionary<int, int>();
        return Array.ConvertAll(named, n =>
        {
            numbers.TryAdd(n, numbers.Count);
            return numbers[n];
        });
    }
}
