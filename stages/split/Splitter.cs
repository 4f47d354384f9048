using Pipeline.Cli;

namespace Pipeline.Stages.Splitting;

/// <summary>Decides which recordings are kept, groups them, and places the groups.</summary>
/// <param name="recordings">The recordings, with their genres.</param>
/// <param name="options">What is wanted.</param>
internal sealed class Splitter(RecordingSet recordings, SplitOptions options)
{
    /// <summary>Of each recording, whether it is kept.</summary>
    public Standing[] Standings { get; } = new Standing[recordings.Count];

    /// <summary>The groups, once they are formed.</summary>
    public Groups Groups { get; private set; } = new(0);

    /// <summary>What the groups hold.</summary>
    public Strata? Strata { get; private set; }

    /// <summary>What the lists name for one part while it belongs to another.</summary>
    public long Leaks { get; private set; }

    /// <summary>Does it.</summary>
    /// <exception cref="StageException">The lists divide what must not be divided.</exception>
    public Split Run(CancellationToken cancel)
    {
        Judge();
        Grouping grouping = Grouping.Form(recordings, Standings, options.Linking, cancel);
        Leaks = grouping.Leaks;
        if (Leaks > 0 && !options.LeavesOutLeaks)
        {
            throw new StageException(
                $"the lists put what belongs together on two sides ({Amount.Of(Leaks, "recording")}): {grouping.FirstLeak}; "
                + "correct the lists, or leave such recordings out with --leave-out-leaks");
        }

        Groups = grouping.ToGroups();
        if (options.Folds > Groups.Count && Groups.Count > 0)
        {
            throw new StageException($"{Amount.Of(Groups.Count, "group")} cannot be put into {options.Folds} folds: ask for fewer with --folds");
        }

        Strata = new Strata(recordings, Groups);
        int[] folds = options.Folds == 1
            ? new int[Groups.Count]
            : Placement.Find(recordings, Groups, Strata, [.. Enumerable.Repeat(1.0 / options.Folds, options.Folds)], _ => -1, options.Seed, cancel);
        return new Split(recordings, Groups, options.TestFold is { } test ? PartsByFold(folds, test) : PartsByShare(cancel), folds);
    }

    private void Judge()
    {
        bool[] isKeptFault = [.. recordings.Faults.Select(f => options.KeptFaults.Contains(f))];
        var isListed = new bool[recordings.Sources.Count];
        for (int row = 0; row < recordings.Count; row++)
        {
            isListed[recordings.Source(row)] |= recordings.Listed(row) != 0;
        }

        for (int row = 0; row < recordings.Count; row++)
        {
            Standings[row] = recordings.Fault(row) is >= 0 and int fault && !isKeptFault[fault] ? Standing.Faulty
                : recordings.Genre(row) < 0 ? Standing.Unlabelled
                : !options.PlacesUnlisted && recordings.Listed(row) == 0 && isListed[recordings.Source(row)] ? Standing.Unlisted
                : Standing.Kept;
        }
    }

    private Part[] PartsByShare(CancellationToken cancel)
    {
        int[] bins = Placement.Find(
            recordings, Groups, Strata!, options.Fractions.Shares, g => Groups.Side(g) == Part.None ? -1 : (int)Groups.Side(g) - (int)Part.Train, options.Seed, cancel);
        return [.. bins.Select(b => Parts.All[b])];
    }

    private Part[] PartsByFold(int[] folds, int test)
    {
        int valid = (test + 1) % options.Folds;
        return [.. folds.Select((fold, g) =>
            Groups.Side(g) != Part.None ? Groups.Side(g)
            : fold == test ? Part.Test
            : fold == valid ? Part.Valid
            : Part.Train)];
    }
}
