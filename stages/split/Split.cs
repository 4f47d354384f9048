using Pipeline.Tables;

namespace Pipeline.Stages.Splitting;

/// <summary>The outcome: which part and which fold every recording is in.</summary>
/// <param name="recordings">The recordings.</param>
/// <param name="groups">The groups.</param>
/// <param name="parts">The part of each group.</param>
/// <param name="folds">The fold of each group.</param>
internal sealed class Split(RecordingSet recordings, Groups groups, Part[] parts, int[] folds)
{
    /// <summary>Whether a recording is in the table.</summary>
    public bool IsKept(int row) => groups.Of(row) >= 0;

    /// <summary>The part of a recording that is kept.</summary>
    public Part PartOf(int row) => parts[groups.Of(row)];

    /// <summary>The fold of a recording that is kept.</summary>
    public int FoldOf(int row) => folds[groups.Of(row)];

    /// <summary>The rows of the table.</summary>
    public IEnumerable<SplitRow> Rows()
    {
        for (int row = 0; row < recordings.Count; row++)
        {
            if (IsKept(row))
            {
                yield return new SplitRow(recordings.Ids[row], recordings.Ids[groups.NamedAfter(groups.Of(row))], Parts.Name(PartOf(row)), FoldOf(row));
            }
        }
    }
}
