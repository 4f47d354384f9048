using Pipeline.Datasets;

namespace Pipeline.Stages.Balancing;

/// <summary>Draws recordings of one genre, evenly from sources and, within each, from groups. It does not depend on their order.</summary>
internal static class Draw
{
    /// <summary>The recordings of each source in the order in which they are taken: one of each group first, then second ones, and so on.</summary>
    /// <param name="pieces">All recordings.</param>
    /// <param name="genre">Places of those of the genre.</param>
    /// <param name="seed">Seed of the lots.</param>
    public static List<int[]> BySource(Piece[] pieces, IEnumerable<int> genre, ulong seed) =>
        [.. genre.GroupBy(i => pieces[i].Source).OrderBy(g => g.Key).Select(g => InTurns(pieces, [.. g], seed))];

    /// <summary>How many to take of each source so that all take part as evenly as they can.</summary>
    /// <param name="available">How many each source has.</param>
    /// <param name="cap">How many to take in all, at most.</param>
    /// <param name="lot">Which of two sources with as many gets one more.</param>
    public static int[] Quotas(IReadOnlyList<int> available, int cap, Func<int, ulong> lot)
    {
        int[] quotas = new int[available.Count];
        int left = cap;
        int sources = available.Count;
        foreach (int source in Enumerable.Range(0, available.Count).OrderBy(s => available[s]).ThenBy(lot))
        {
            quotas[source] = Math.Min(available[source], left / sources--);
            left -= quotas[source];
        }

        return quotas;
    }

    private static int[] InTurns(Piece[] pieces, int[] places, ulong seed)
    {
        var drawn = new (ulong Group, ulong Lot, int Turn, int Place)[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            Piece piece = pieces[places[i]];
            drawn[i] = (piece.Group, Lot.Draw(seed, piece.RecordingId + "/cap"), 0, places[i]);
        }

        Array.Sort(drawn, (a, b) => a.Group != b.Group ? a.Group.CompareTo(b.Group) : Compare(a, b));
        for (int i = 1; i < drawn.Length; i++)
        {
            drawn[i].Turn = drawn[i].Group == drawn[i - 1].Group ? drawn[i - 1].Turn + 1 : 0;
        }

        Array.Sort(drawn, (a, b) => a.Turn != b.Turn ? a.Turn.CompareTo(b.Turn) : Compare(a, b));
        return Array.ConvertAll(drawn, d => d.Place);

        int Compare((ulong Group, ulong Lot, int Turn, int Place) a, (ulong Group, ulong Lot, int Turn, int Place) b) => a.Lot != b.Lot
            ? a.Lot.CompareTo(b.Lot)
            : string.CompareOrdinal(pieces[a.Place].RecordingId, pieces[b.Place].RecordingId);
    }
}
