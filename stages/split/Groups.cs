namespace Pipeline.Stages.Splitting;

/// <summary>The groups of recordings that are never divided.</summary>
/// <param name="rows">How many recordings there are.</param>
internal sealed class Groups(int rows)
{
    private readonly int[] groupOf = new int[rows]; // one more than the group; 0 for none
    private readonly List<int> namesakes = [];
    private readonly List<int> sizes = [];
    private readonly List<Part> sides = [];

    /// <summary>How many there are.</summary>
    public int Count => namesakes.Count;

    /// <summary>The group of a row; -1 where the recording is not kept.</summary>
    public int Of(int row) => groupOf[row] - 1;

    /// <summary>The row of the recording that a group is named after: of its recordings the one whose key comes first.</summary>
    public int NamedAfter(int group) => namesakes[group];

    /// <summary>How many recordings are in it.</summary>
    public int Size(int group) => sizes[group];

    /// <summary>The part that lists put it in; none where they do not.</summary>
    public Part Side(int group) => sides[group];

    /// <summary>Starts a group with a row that is still to be joined.</summary>
    public int Add(int row, Part side)
    {
        namesakes.Add(row);
        sizes.Add(0);
        sides.Add(side);
        return namesakes.Count - 1;
    }

    /// <summary>Puts a row into a group.</summary>
    public void Join(int row, int group, TextStore ids)
    {
        groupOf[row] = group + 1;
        sizes[group]++;
        namesakes[group] = ids.Compare(row, namesakes[group]) < 0 ? row : namesakes[group];
    }
}
