using System.Text;

namespace Pipeline.Hdf5.Writing;

/// <summary>A group or dataset to be written: a name in the tree of names.</summary>
internal sealed class GroupNode
{
    /// <summary>The members, in the order of the bytes of their names, as the format has it.</summary>
    public SortedDictionary<string, GroupNode> Children { get; } = new(Comparer<string>.Create(CompareBytes));

    public IReadOnlyList<Hdf5AttributeValue> Attributes { get; set; } = [];

    /// <summary>Whether the caller named it as a group, rather than as a part of a path.</summary>
    public bool IsDeclared { get; set; }

    public bool IsDataset { get; set; }

    /// <summary>The address of the header, once it is written.</summary>
    public long Header { get; set; } = -1;

    /// <summary>A group's B-tree and heap, once they are written.</summary>
    public (long Tree, long Heap) Symbols { get; set; }

    private static int CompareBytes(string? a, string? b) => Encoding.UTF8.GetBytes(a!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b!));
}
