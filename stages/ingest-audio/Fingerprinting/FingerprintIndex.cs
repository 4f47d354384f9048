namespace Pipeline.Stages.AudioIngestion.Fingerprinting;

/// <summary>
/// Finds recordings that hold the same sound. Each recording's landmarks are looked up among those of all earlier ones;
/// where two recordings share sound, many of them are met with the same difference of time.
/// </summary>
internal sealed class FingerprintIndex
{
    // Below these, two recordings may share a beat or a chord but not a performance.
    private const int LeastShared = 20;
    private const double LeastShare = 0.1;

    // A landmark that so many recordings have tells nothing, and would take most of the time.
    private const int MostEntries = 512;

    private readonly List<Landmark[]> recordings = [];

    /// <summary>Adds a recording; it gets the next index, from 0.</summary>
    public void Add(Landmark[] landmarks) => recordings.Add(landmarks);

    /// <summary>All pairs that are alike, by the second's index and then the first's.</summary>
    public IReadOnlyList<Likeness> FindAlike(int threads, CancellationToken cancel)
    {
        (int[] starts, Entry[] entries) = Sort();
        var found = new Likeness[recordings.Count][];
        Parallel.For(
            0, recordings.Count, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            () => new Dictionary<(int Recording, int Offset), int>(),
            (i, _, votes) =>
            {
                found[i] = FindEarlier(i, starts, entries, votes);
                return votes;
            },
            _ => { });
        return [.. found.SelectMany(f => f)];
    }

    // All landmarks of all recordings, by hash and then by recording; starts has the first of each hash.
    private (int[] Starts, Entry[] Entries) Sort()
    {
        int[] starts = new int[(1 << Landmarks.HashBits) + 1];
        foreach (Landmark landmark in recordings.SelectMany(r => r))
        {
            starts[landmark.Hash + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        int[] next = (int[])starts.Clone();
        var entries = new Entry[starts[^1]];
        for (int i = 0; i < recordings.Count; i++)
        {
            foreach (Landmark landmark in recordings[i])
            {
                entries[next[landmark.Hash]++] = new Entry(i, landmark.Frame);
            }
        }

        return (starts, entries);
    }

    private Likeness[] FindEarlier(int second, int[] starts, Entry[] entries, Dictionary<(int Recording, int Offset), int> votes)
    {
        votes.Clear();
        foreach (Landmark landmark in recordings[second])
        {
            (int from, int to) = (starts[landmark.Hash], starts[landmark.Hash + 1]);
            if (to - from > MostEntries)
            {
                continue;
            }

            for (int i = from; i < to && entries[i].Recording < second; i++)
            {
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(votes, (entries[i].Recording, entries[i].Frame - landmark.Frame), out _)++;
            }
        }

        // A beginning between two frames spreads the votes over two neighbouring offsets.
        var best = new SortedDictionary<int, (int Votes, int Offset)>();
        foreach (((int recording, int offset), int count) in votes)
        {
            int both = count + votes.GetValueOrDefault((recording, offset + 1));
            (int Votes, int Offset) known = best.GetValueOrDefault(recording, (0, int.MinValue));
            if (both >= LeastShared && (both > known.Votes || both == known.Votes && offset < known.Offset))
            {
                best[recording] = (both, offset);
            }
        }

        return [.. best
            .Select(b => new Likeness(b.Key, second, b.Value.Votes, Share(b.Key, second, b.Value.Votes, b.Value.Offset), b.Value.Offset))
            .Where(l => l.Share >= LeastShare)];
    }

    private double Share(int first, int second, int votes, int offset)
    {
        Landmark[] a = recordings[first];
        Landmark[] b = recordings[second];
        int from = Math.Max(a[0].Frame, b[0].Frame + offset);
        int to = Math.Min(a[^1].Frame, b[^1].Frame + offset);
        int fewest = Math.Min(a.Count(l => l.Frame >= from && l.Frame <= to), b.Count(l => l.Frame + offset >= from && l.Frame + offset <= to));
        return Math.Min(1, (double)votes / Math.Max(fewest, 1));
    }

    private readonly record struct Entry(int Recording, int Frame);
}
