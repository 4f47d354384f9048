using System.Text;

namespace Pipeline.Hdf5.Writing;

/// <summary>Writes the names of a group: local heap, symbol table nodes, and a B-tree of as many levels as they need.</summary>
internal static class SymbolTableWriter
{
    /// <summary>Half the most entries of a symbol table node, as the superblock says.</summary>
    public const int LeafK = 4;

    /// <summary>Half the most children of a B-tree node, as the superblock says.</summary>
    public const int NodeK = 16;

    private const int NodeSize = 24 + (2 * NodeK + 1) * 8 + 2 * NodeK * 8;
    private const int LeafSize = 8 + 2 * LeafK * 40;

    public static (long Tree, long Heap) Write(BlockSink sink, GroupNode group)
    {
        // The heap starts with the empty name, which is the first key of every tree.
        var heap = new ByteBuffer();
        heap.Int64(0);
        var entries = new List<(long Name, GroupNode Node)>();
        foreach ((string name, GroupNode node) in group.Children)
        {
            entries.Add((heap.Length, node));
            heap.Bytes(Encoding.UTF8.GetBytes(name)).Byte(0).Pad();
        }

        long names = sink.Append(heap.Span);
        long heapAddress = sink.Append(new ByteBuffer().Bytes("HEAP"u8).UInt32(0).Int64(heap.Length).Int64(1).Int64(names).Span);

        // A child is known by the last name in it.
        List<(long Address, long LastName)> children = [.. entries.Chunk(2 * LeafK).Select(part => (Leaf(sink, part), part[^1].Name))];
        int level = 0;
        do
        {
            children = Level(sink, children, level++);
        }
        while (children.Count > 1);

        return (children[0].Address, heapAddress);
    }

    private static long Leaf(BlockSink sink, (long Name, GroupNode Node)[] entries)
    {
        ByteBuffer to = new ByteBuffer().Bytes("SNOD"u8).Byte(1).Byte(0).UInt16(entries.Length);
        foreach ((long name, GroupNode node) in entries)
        {
            to.Int64(name).Int64(node.Header);
            if (node.IsDataset)
            {
                to.Zeros(24);
            }
            else
            {
                // A group's tree and heap are noted with its name, to save readers its header.
                to.UInt32(1).UInt32(0).Int64(node.Symbols.Tree).Int64(node.Symbols.Heap);
            }
        }

        return sink.Append(to.Zeros(LeafSize - to.Length).Span);
    }

    private static List<(long Address, long LastName)> Level(BlockSink sink, List<(long Address, long LastName)> children, int level)
    {
        var nodes = new List<(long, long)>();
        long lastName = 0;
        for (int first = 0; first < children.Count || first == 0; first += 2 * NodeK)
        {
            int count = Math.Min(2 * NodeK, children.Count - first);
            bool isLast = first + count >= children.Count;

            // Nodes of a level lie one after another, so that each knows its neighbours.
            ByteBuffer to = new ByteBuffer().Bytes("TREE"u8).Byte(0).Byte(level).UInt16(count)
                .Int64(first == 0 ? -1 : sink.End - NodeSize).Int64(isLast ? -1 : sink.End + NodeSize).Int64(lastName);
            for (int i = first; i < first + count; i++)
            {
                lastName = children[i].LastName;
                to.Int64(children[i].Address).Int64(lastName);
            }

            nodes.Add((sink.Append(to.Zeros(NodeSize - to.Length).Span), lastName));
        }

        return nodes;
    }
}
