namespace Pipeline.Hdf5.Writing;

/// <summary>Writes the B-tree that finds a dataset's chunks.</summary>
internal static class ChunkTreeWriter
{
    // Half the most children of a node: fixed for files of superblock version 0.
    private const int NodeK = 32;

    /// <summary>Writes a tree and gives the address of its first node.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="chunks">What to find: stored size, where it starts in elements, address; in the order of their starts.</param>
    /// <param name="end">A start behind the last.</param>
    public static long Write(BlockSink sink, List<(int Size, long[] Start, long Address)> chunks, long[] end)
    {
        int keySize = 8 + 8 * (end.Length + 1), nodeSize = 24 + (2 * NodeK + 1) * keySize + 2 * NodeK * 8;
        for (int level = 0; ; level++)
        {
            var nodes = new List<(int, long[], long)>();
            for (int first = 0; first < chunks.Count; first += 2 * NodeK)
            {
                int count = Math.Min(2 * NodeK, chunks.Count - first);
                bool isLast = first + count == chunks.Count;

                // Nodes of a level lie one after another, so that each knows its neighbours.
                ByteBuffer to = new ByteBuffer().Bytes("TREE"u8).Byte(1).Byte(level).UInt16(count)
                    .Int64(first == 0 ? -1 : sink.End - nodeSize).Int64(isLast ? -1 : sink.End + nodeSize);
                for (int i = first; i < first + count; i++)
                {
                    Key(to, chunks[i].Size, chunks[i].Start);
                    to.Int64(chunks[i].Address);
                }

                Key(to, 0, isLast ? end : chunks[first + count].Start);
                nodes.Add((chunks[first].Size, chunks[first].Start, sink.Append(to.Zeros(nodeSize - to.Length).Span)));
            }

            if (nodes.Count == 1)
            {
                return nodes[0].Item3;
            }

            chunks = nodes;
        }
    }

    // Stored size, no filter left out, where the chunk starts, and a last dimension for the bytes of an element.
    private static void Key(ByteBuffer to, int size, long[] start)
    {
        to.UInt32(size).UInt32(0);
        foreach (long offset in start)
        {
            to.Int64(offset);
        }

        to.Int64(0);
    }
}
