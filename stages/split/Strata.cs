using System.Runtime.InteropServices;

namespace Pipeline.Stages.Splitting;

/// <summary>
/// How many recordings of each stratum a group holds. A stratum is a genre of a source; each source as a whole is one more, so
/// that what many genres are off by does not add up.
/// </summary>
internal sealed class Strata
{
    private readonly int[] ends; // of each group, in the counts
    private readonly List<(int Stratum, int Count)> counts = [];

    /// <summary>Counts.</summary>
    public Strata(RecordingSet recordings, Groups groups)
    {
        Count = (recordings.Genres.Count + 1) * recordings.Sources.Count;
        Totals = new long[Count];
        ends = new int[groups.Count];
        int[] rows = RowsByGroup(recordings.Count, groups);
        var inGroup = new SortedDictionary<int, int>();
        for (int group = 0, at = 0; group < groups.Count; group++)
        {
            inGroup.Clear();
            for (int end = at + groups.Size(group); at < end; at++)
            {
                int source = recordings.Source(rows[at]);
                Add(recordings.Genre(rows[at]) * recordings.Sources.Count + source);
                Add(recordings.Genres.Count * recordings.Sources.Count + source);
            }

            foreach ((int stratum, int count) in inGroup)
            {
                counts.Add((stratum, count));
                Totals[stratum] += count;
            }

            ends[group] = counts.Count;
        }

        void Add(int stratum) => inGroup[stratum] = inGroup.GetValueOrDefault(stratum) + 1;
    }

    /// <summary>How many strata there are.</summary>
    public int Count { get; }

    /// <summary>How many recordings each has.</summary>
    public long[] Totals { get; }

    /// <summary>What a group holds, by stratum.</summary>
    public ReadOnlySpan<(int Stratum, int Count)> Of(int group)
    {
        int start = group == 0 ? 0 : ends[group - 1];
        return CollectionsMarshal.AsSpan(counts)[start..ends[group]];
    }

    private static int[] RowsByGroup(int count, Groups groups)
    {
        var next = new int[groups.Count];
        int sum = 0;
        for (int group = 0; group < groups.Count; group++)
        {
            next[group] = sum;
            sum += groups.Size(group);
        }

        var rows = new int[sum];
        for (int row = 0; row < count; row++)
        {
            if (groups.Of(row) is >= 0 and int group)
            {
                rows[next[group]++] = row;
            }
        }

        return rows;
    }
}
