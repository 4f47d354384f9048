using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>Collects the verdicts of all runs.</summary>
internal static class Collection
{
    /// <summary>The verdicts on each part, in the order of the parts.</summary>
    /// <param name="source">Where they come from.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="quiet">Whether no progress is shown.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static VerdictSet[] Of(VerdictSource source, IReadOnlyList<string> parts, bool quiet, CancellationToken cancel)
    {
        VerdictSet[] sets = [.. parts.Select(p => new VerdictSet(p, source.Genres, source.Runs))];
        var wanted = parts.ToHashSet();
        using var progress = Progress.Start("verdicts", null, quiet);
        for (int run = 0; run < source.Runs.Count; run++)
        {
            foreach (VerdictSet set in sets)
            {
                set.BeginRun();
            }

            foreach (Verdict verdict in source.Read(run, wanted, cancel))
            {
                Array.Find(sets, s => s.Split == verdict.Split)!.Add(run, verdict);
                progress.Advance();
            }
        }

        return sets;
    }
}
