using Pipeline.Stages.AudioIngestion.Fingerprinting;

namespace Pipeline.Stages.AudioIngestion;

/// <summary>Finds clips that hold the same sound: the same bytes, nearly the same by their fingerprints, or so by the manifest.</summary>
internal sealed class DuplicateSearch
{
    private readonly IReadOnlyList<Clip> clips;
    private readonly int[] parents; // of each clip, another of its group nearer to the first, or itself
    private readonly bool[] isShared; // of each group's first clip: whether there are others

    private DuplicateSearch(IReadOnlyList<Clip> clips)
    {
        this.clips = clips;
        parents = [.. Enumerable.Range(0, clips.Count)];
        isShared = new bool[clips.Count];
    }

    /// <summary>Pairs that are alike by their fingerprints.</summary>
    public IReadOnlyList<Likeness> Alike { get; private set; } = [];

    /// <summary>Searches, and notes exact duplicates among the clips' faults.</summary>
    public static DuplicateSearch Run(IReadOnlyList<Clip> clips, int threads, CancellationToken cancel)
    {
        var search = new DuplicateSearch(clips);
        search.JoinExact();
        search.JoinByManifest();
        search.JoinAlike(threads, cancel);
        return search;
    }

    /// <summary>The first clip of the group that a clip is in; null where it is alone.</summary>
    public AudioItem? GroupOf(int clip)
    {
        int first = First(clip);
        return isShared[first] ? clips[first].Item : null;
    }

    private void JoinExact()
    {
        foreach (IGrouping<string, int> same in Indices().Where(i => clips[i].Sha256 is not null).GroupBy(i => clips[i].Sha256!).Where(g => g.Count() > 1))
        {
            // The one that stays is sound otherwise: of two labels, the manifest knows which one is wrong.
            int original = same.FirstOrDefault(i => clips[i].Faults.Count == 0, same.First());
            foreach (int i in same.Where(i => i != original))
            {
                clips[i].Faults.Add(new Fault(FaultNames.Duplicate, $"of {clips[original].Item.Path}"));
                Join(original, i);
            }
        }
    }

    private void JoinByManifest()
    {
        var byName = new Dictionary<string, int>();
        foreach (int i in Indices())
        {
            byName.TryAdd(Manifest.Key(clips[i].Item.Path), i);
        }

        foreach (int i in Indices())
        {
            if (clips[i].Manifest?.Of is { } of && byName.TryGetValue(Manifest.Key(of), out int other))
            {
                Join(other, i);
            }
        }
    }

    private void JoinAlike(int threads, CancellationToken cancel)
    {
        var index = new FingerprintIndex();
        foreach (Clip clip in clips)
        {
            index.Add(clip.Landmarks);
        }

        Alike = index.FindAlike(threads, cancel);
        foreach (Likeness pair in Alike)
        {
            Join(pair.First, pair.Second);
        }
    }

    private IEnumerable<int> Indices() => Enumerable.Range(0, clips.Count);

    private int First(int clip)
    {
        while (parents[clip] != clip)
        {
            clip = parents[clip] = parents[parents[clip]];
        }

        return clip;
    }

    private void Join(int a, int b)
    {
        (a, b) = (First(a), First(b));
        if (a != b)
        {
            parents[Math.Max(a, b)] = Math.Min(a, b);
            isShared[Math.Min(a, b)] = true;
        }
    }
}
