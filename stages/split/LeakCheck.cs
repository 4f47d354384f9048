using Pipeline.Cli;

namespace Pipeline.Stages.Splitting;

/// <summary>
/// Goes over the recordings once more when all is placed: whatever two of them have in common, they must be in one part and one
/// fold. It knows nothing of how the groups came about.
/// </summary>
internal sealed class LeakCheck
{
    private readonly RecordingSet recordings;
    private readonly Split split;
    private readonly int[] firstOf; // of each key, the first row that has it; -1 before
    private readonly byte[] parts; // of each key, those of its rows, a bit for each

    private LeakCheck(RecordingSet recordings, Split split)
    {
        this.recordings = recordings;
        this.split = split;
        firstOf = new int[recordings.Keys.Count];
        parts = new byte[recordings.Keys.Count];
        Array.Fill(firstOf, -1);
    }

    /// <summary>Looks at every key of every recording that is kept.</summary>
    /// <exception cref="StageException">Something that has to stay together is divided.</exception>
    public static LeakCheck Run(RecordingSet recordings, Split split, Linking linking)
    {
        var check = new LeakCheck(recordings, split);
        for (int row = 0; row < recordings.Count; row++)
        {
            if (!split.IsKept(row))
            {
                continue;
            }

            foreach (int key in recordings.Keys.Of(row))
            {
                check.parts[key] |= (byte)(1 << (int)split.PartOf(row));
                int first = check.firstOf[key] < 0 ? check.firstOf[key] = row : check.firstOf[key];
                if (linking.Has(recordings.Keys.Kind(key)) && (split.PartOf(first) != split.PartOf(row) || split.FoldOf(first) != split.FoldOf(row)))
                {
                    throw new StageException(
                        $"nothing was written: {check.Place(first)} and {check.Place(row)} {recordings.Keys.Describe(key)}, which is a mistake of this program");
                }
            }
        }

        return check;
    }

    /// <summary>How many songs, artists and the like are in several parts.</summary>
    /// <param name="kinds">What is counted.</param>
    public long Divided(params IReadOnlyList<LinkKind> kinds)
    {
        long count = 0;
        for (int key = 0; key < parts.Length; key++)
        {
            count += parts[key] != 0 && !byte.IsPow2(parts[key]) && kinds.Contains(recordings.Keys.Kind(key)) ? 1 : 0;
        }

        return count;
    }

    private string Place(int row) => $"{recordings.Ids[row]} ({Parts.Name(split.PartOf(row))}, fold {split.FoldOf(row)})";
}
