namespace Pipeline.Stages.Splitting;

/// <summary>
/// Puts together what must not be divided. Copies of one song come first, whatever recording tells that they are; then the
/// recordings that lists name, and a recording that would join two of their sides is left out. About 30 bytes for each recording
/// and each key.
/// </summary>
internal sealed class Grouping
{
    private readonly RecordingSet recordings;
    private readonly Standing[] standings;
    private readonly Linking linking;
    private readonly int[] parents; // of the rows, and behind them of the keys
    private readonly Part[] sides; // of each root

    private Grouping(RecordingSet recordings, Standing[] standings, Linking linking)
    {
        this.recordings = recordings;
        this.standings = standings;
        this.linking = linking;
        parents = new int[recordings.Count + recordings.Keys.Count];
        sides = new Part[parents.Length];
        for (int i = 0; i < parents.Length; i++)
        {
            parents[i] = i;
        }
    }

    /// <summary>Recordings that the lists name for a part while they are linked to another one, or named for it as well.</summary>
    public long Leaks { get; private set; }

    /// <summary>The first of them, in words.</summary>
    public string? FirstLeak { get; private set; }

    /// <summary>Forms the groups.</summary>
    /// <param name="recordings">The recordings.</param>
    /// <param name="standings">Which of them are kept; those that turn out to join two sides are marked in here.</param>
    /// <param name="linking">What holds recordings together.</param>
    /// <param name="cancel">Ends the work.</param>
    public static Grouping Form(RecordingSet recordings, Standing[] standings, Linking linking, CancellationToken cancel)
    {
        var grouping = new Grouping(recordings, standings, linking);
        grouping.JoinCopies();

        // The strongest side first, so that a part yields to the later ones; what is not kept comes last and never decides.
        int[] order = recordings.Order();
        grouping.Pass(order, (kept, part) => kept && part == Part.Test, cancel);
        grouping.Pass(order, (kept, part) => kept && part == Part.Valid, cancel);
        grouping.Pass(order, (kept, part) => kept && part == Part.Train, cancel);
        grouping.Pass(order, (kept, part) => kept && part == Part.None, cancel);
        grouping.Pass(order, (kept, part) => !kept && part != Part.None, cancel);
        grouping.Pass(order, (kept, part) => !kept && part == Part.None, cancel);
        return grouping;
    }

    /// <summary>The groups of the recordings that are kept.</summary>
    public Groups ToGroups()
    {
        var indices = new Dictionary<int, int>();
        var groups = new Groups(recordings.Count);
        for (int row = 0; row < recordings.Count; row++)
        {
            if (standings[row] != Standing.Kept)
            {
                continue;
            }

            int root = Root(row);
            if (!indices.TryGetValue(root, out int group))
            {
                indices.Add(root, group = groups.Add(row, sides[root]));
            }

            groups.Join(row, group, recordings.Ids);
        }

        return groups;
    }

    private static Part PartOf(byte mask) =>
        (mask & (1 << (int)Part.Test)) != 0 ? Part.Test
        : (mask & (1 << (int)Part.Valid)) != 0 ? Part.Valid
        : mask != 0 ? Part.Train
        : Part.None;

    // What is the same as a third is the same, also where the third is not kept. Of artists that cannot be said.
    private void JoinCopies()
    {
        for (int row = 0; row < recordings.Count; row++)
        {
            int first = -1;
            foreach (int key in recordings.Keys.Of(row))
            {
                LinkKind kind = recordings.Keys.Kind(key);
                if (linking.Has(kind) && kind is not (LinkKind.ArtistId or LinkKind.ArtistName))
                {
                    int root = Root(recordings.Count + key);
                    first = first < 0 ? root : first;
                    parents[root] = first;
                }
            }
        }
    }

    private void Pass(int[] order, Func<bool, Part, bool> isMeant, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (int row in order)
        {
            Part part = PartOf(recordings.Listed(row));
            if (!isMeant(standings[row] == Standing.Kept, part))
            {
                continue;
            }

            if (part != Part.None && standings[row] == Standing.Kept && !byte.IsPow2(recordings.Listed(row)))
            {
                Leaks++;
                string parts = string.Join(" and for ", Parts.All.Where(p => (recordings.Listed(row) & (1 << (int)p)) != 0).Select(Parts.Name));
                FirstLeak ??= $"{recordings.Ids[row]} is named for {parts}";
            }

            Place(row, part);
        }
    }

    private void Place(int row, Part part)
    {
        Part side = part;
        foreach (int key in recordings.Keys.Of(row))
        {
            if (!linking.Has(recordings.Keys.Kind(key)) || sides[Root(recordings.Count + key)] is not (var other and not Part.None) || other == side)
            {
                continue;
            }

            if (side != Part.None)
            {
                TurnAway(row, part, key, other);
                return;
            }

            side = other;
        }

        int root = row;
        foreach (int key in recordings.Keys.Of(row))
        {
            if (linking.Has(recordings.Keys.Kind(key)))
            {
                int added = Root(recordings.Count + key);
                parents[added] = root;
            }
        }

        sides[root] = side;
    }

    private void TurnAway(int row, Part part, int key, Part other)
    {
        if (standings[row] != Standing.Kept)
        {
            return;
        }

        standings[row] = part == Part.None ? Standing.Bridge : Standing.Leak;
        if (part != Part.None)
        {
            Leaks++;
            FirstLeak ??= Leak(row, part, key, other);
        }
    }

    // A side's component holds its listed recordings and their keys alone while listed recordings are placed.
    private string Leak(int row, Part part, int key, Part other)
    {
        int root = Root(recordings.Count + key);
        int[] partners = [.. Enumerable.Range(0, recordings.Count).Where(r => standings[r] == Standing.Kept && PartOf(recordings.Listed(r)) == other && Root(r) == root)];
        int direct = Array.FindIndex(partners, r => recordings.Keys.Of(r).Contains(key));
        string why = direct < 0 ? "are copies of one recording by way of others" : recordings.Keys.Describe(key);
        return $"{recordings.Ids[row]} ({Parts.Name(part)}) and {recordings.Ids[partners[Math.Max(0, direct)]]} ({Parts.Name(other)}) {why}";
    }

    private int Root(int node)
    {
        while (parents[node] != node)
        {
            node = parents[node] = parents[parents[node]];
        }

        return node;
    }
}
