namespace Pipeline.Hdf5.Writing;

/// <summary>Appends blocks to a file, each at a multiple of 8 bytes.</summary>
internal sealed class BlockSink(Stream stream, long start)
{
    private static readonly byte[] Padding = new byte[8];

    /// <summary>Where the next block goes, and in the end the file's length.</summary>
    public long End { get; private set; } = start;

    /// <summary>Appends a block and gives its address.</summary>
    public long Append(ReadOnlySpan<byte> block)
    {
        long address = End;
        stream.Write(block);
        int padding = (int)((8 - block.Length % 8) % 8);
        stream.Write(Padding, 0, padding);
        End += block.Length + padding;
        return address;
    }
}
