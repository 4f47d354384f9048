using Pipeline.Datasets;
using Pipeline.Stages.AudioIngestion.Fingerprinting;

namespace Pipeline.Stages.AudioIngestion;

/// <summary>Finds clips that hold the same sound: the same bytes, nearly the same by their fingerprints, or so by the manifest.</summary>
internal sealed class DuplicateSearch
{
    private readonly DuplicateGroups groups;

    private DuplicateSearch(DuplicateGroups groups, IReadOnlyList<Likeness> alike)
    {
        this.groups = groups;
        Alike = alike;
    }

    /// <summary>Pairs that are alike by their fingerprints.</summary>
    public IReadOnlyList<Likeness> Alike { get; }

    /// <summary>Searches, and notes exact duplicates among the clips' faults.</summary>
    public static DuplicateSearch Run(IReadOnlyList<Clip> clips, int threads, CancellationToken cancel)
    {
        DuplicateGroups groups = DuplicateGroups.Find(clips);
        var index = new FingerprintIndex();
        foreach (Clip clip in clips)
        {
            index.Add(clip.Landmarks);
        }

        IReadOnlyList<Likeness> alike = index.FindAlike(threads, cancel);
        foreach (Likeness pair in alike)
        {
            groups.Join(pair.First, pair.Second);
        }

        return new DuplicateSearch(groups, alike);
    }

    /// <summary>The first clip of the group that a clip is in; null where it is alone.</summary>
    public ClassFile? GroupOf(int clip) => groups.GroupOf(clip);
}
