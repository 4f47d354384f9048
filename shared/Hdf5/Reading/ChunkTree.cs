using System.Buffers.Binary;

namespace Pipeline.Hdf5.Reading;

/// <summary>The B-tree that finds a dataset's chunks by where they start.</summary>
internal sealed class ChunkTree
{
    private readonly Hdf5Dataset dataset;
    private readonly FileSource source;
    private readonly long root;
    private readonly int rank;
    private readonly int keySize;

    /// <summary>Prepares for a dataset's tree.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="root">The address of the tree's first node; -1 where there are no chunks.</param>
    /// <param name="rank">The dataset's number of dimensions.</param>
    public ChunkTree(Hdf5Dataset dataset, long root, int rank)
    {
        this.dataset = dataset;
        this.root = root;
        this.rank = rank;
        source = dataset.File.Source;

        // Stored size, filter mask, the offset in each dimension, and one for the bytes of an element, which is always zero.
        keySize = 8 + 8 * (rank + 1);
    }

    /// <summary>Gives every chunk that starts within rows [first, end) to <paramref name="visit"/>, with where it starts, in elements.</summary>
    /// <param name="first">The first row a wanted chunk may start at.</param>
    /// <param name="end">Behind the last.</param>
    /// <param name="expected">How many chunks there can be at most; more are refused.</param>
    /// <param name="visit">Called for each. The offsets are good during the call only.</param>
    public void Visit(long first, long end, long expected, Action<Chunk, long[]> visit)
    {
        if (root != -1)
        {
            var search = new Search(first, end, visit, new long[rank]) { ChunksLeft = expected, NodeBytesLeft = source.Length };
            Node(root, -1, search);
        }
    }

    private void Node(long address, int level, Search search)
    {
        ReadOnlySpan<byte> head = source.Span(address, 24);
        int here = head[5], count = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
        if (!head[..4].SequenceEqual("TREE"u8) || head[4] != 1 || (level >= 0 && here != level))
        {
            throw dataset.Fault($"there is no B-tree node of chunks at {address}, where one should be: the file is damaged");
        }

        // Nodes do not overlap: those of a circle, or one that is met again and again, are soon more than the file.
        int step = keySize + 8;
        search.NodeBytesLeft -= 24 + (long)count * step;
        if (search.NodeBytesLeft < 0)
        {
            throw dataset.Fault("its B-tree of chunks runs in a circle: the file is damaged");
        }

        for (int i = 0; i < count; i++)
        {
            // Asked for again in every turn: what is read below may have taken the place of this node's bytes.
            ReadOnlySpan<byte> entry = source.Span(address + 24 + (long)i * step, step + keySize);
            long start = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]), next = BinaryPrimitives.ReadInt64LittleEndian(entry[(step + 8)..]);
            if (start >= search.End)
            {
                break;
            }

            long child = BinaryPrimitives.ReadInt64LittleEndian(entry[keySize..]);
            if (here > 0)
            {
                // The last key of a node is not that of a chunk, so that its child is looked into in any case.
                if (next >= search.First || i == count - 1)
                {
                    Node(child, here - 1, search);
                }
            }
            else if (start >= search.First)
            {
                Leaf(entry, child, search);
            }
        }
    }

    private void Leaf(ReadOnlySpan<byte> key, long address, Search search)
    {
        if (--search.ChunksLeft < 0)
        {
            throw dataset.Fault("it has more chunks than its shape has room for: the file is damaged");
        }

        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(key);
        search.StoredBytes += stored;
        if (search.StoredBytes > source.Length)
        {
            throw dataset.Fault("its chunks are larger than the file: the file is damaged");
        }

        for (int d = 0; d < rank; d++)
        {
            search.Offsets[d] = BinaryPrimitives.ReadInt64LittleEndian(key[(8 + 8 * d)..]);
        }

        search.Visit(new Chunk(address, (int)Math.Min(stored, int.MaxValue), BinaryPrimitives.ReadUInt32LittleEndian(key[4..])), search.Offsets);
    }

    private sealed record Search(long First, long End, Action<Chunk, long[]> Visit, long[] Offsets)
    {
        public long ChunksLeft { get; set; }

        public long NodeBytesLeft { get; set; }

        public long StoredBytes { get; set; }
    }
}
