namespace Pipeline.Datasets;

/// <summary>Files that hold the same, as groups: the same bytes, or the same recording by the manifest, or whatever else is joined.</summary>
public sealed class DuplicateGroups
{
    private readonly IReadOnlyList<FoundFile> files;
    private readonly int[] parents; // of each file, another of its group nearer to the first, or itself
    private readonly bool[] isShared; // of each group's first file: whether there are others

    private DuplicateGroups(IReadOnlyList<FoundFile> files)
    {
        this.files = files;
        parents = [.. Enumerable.Range(0, files.Count)];
        isShared = new bool[files.Count];
    }

    /// <summary>Joins what is of the same bytes, which is noted among the files' faults, and what the manifest says is the same.</summary>
    public static DuplicateGroups Find(IReadOnlyList<FoundFile> files)
    {
        var groups = new DuplicateGroups(files);
        groups.JoinExact();
        groups.JoinByManifest();
        return groups;
    }

    /// <summary>The first file of the group that a file is in; null where it is alone.</summary>
    public ClassFile? GroupOf(int file)
    {
        int first = First(file);
        return isShared[first] ? files[first].Item : null;
    }

    /// <summary>Makes one group of those of two files.</summary>
    public void Join(int a, int b)
    {
        (a, b) = (First(a), First(b));
        if (a != b)
        {
            parents[Math.Max(a, b)] = Math.Min(a, b);
            isShared[Math.Min(a, b)] = true;
        }
    }

    private void JoinExact()
    {
        foreach (IGrouping<string, int> same in Indices().Where(i => files[i].Sha256 is not null).GroupBy(i => files[i].Sha256!).Where(g => g.Count() > 1))
        {
            // The one that stays is sound otherwise: of two labels, the manifest knows which one is wrong.
            int original = same.FirstOrDefault(i => files[i].Faults.Count == 0, same.First());
            foreach (int i in same.Where(i => i != original))
            {
                files[i].Faults.Add(new Fault(FaultNames.Duplicate, $"of {files[original].Item.Path}"));
                Join(original, i);
            }
        }
    }

    private void JoinByManifest()
    {
        var byName = new Dictionary<string, int>();
        foreach (int i in Indices())
        {
            byName.TryAdd(Manifest.Key(files[i].Item.Path), i);
        }

        foreach (int i in Indices())
        {
            if (files[i].Manifest?.Of is { } of && byName.TryGetValue(Manifest.Key(of), out int other))
            {
                Join(other, i);
            }
        }
    }

    private IEnumerable<int> Indices() => Enumerable.Range(0, files.Count);

    private int First(int file)
    {
        while (parents[file] != file)
        {
            file = parents[file] = parents[parents[file]];
        }

        return file;
    }
}
