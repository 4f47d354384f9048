using System.Buffers.Binary;
using System.IO.Compression;
using Pipeline.Hdf5.Filters;

namespace Pipeline.Hdf5.Writing;

/// <summary>Sends chunks through a dataset's filters.</summary>
internal sealed class ChunkEncoder(IReadOnlyList<Hdf5Filter> filters, int chunkSize)
{
    private readonly MemoryStream packed = new();
    private byte[] current = new byte[chunkSize + 4];
    private byte[] other = new byte[chunkSize + 4];
    private int length;

    /// <summary>The chunk to fill in before <see cref="Encode"/>, which leaves it in disorder.</summary>
    public Span<byte> Chunk => current.AsSpan(0, chunkSize);

    /// <summary>The chunk as it is stored; good until the next is filled in.</summary>
    public ReadOnlySpan<byte> Encode()
    {
        length = chunkSize;
        foreach (Hdf5Filter filter in filters)
        {
            switch (filter.Id)
            {
                case Hdf5Filter.Fletcher32:
                    BinaryPrimitives.WriteUInt32LittleEndian(current.AsSpan(length), Fletcher32.Compute(current.AsSpan(0, length)));
                    length += 4;
                    break;
                case Hdf5Filter.Shuffle:
                    Shuffle.Do(current.AsSpan(0, length), (int)filter.Parameters[0], other);
                    (current, other) = (other, current);
                    break;
                case Hdf5Filter.Deflate:
                    packed.SetLength(0);
                    using (var deflate = new ZLibStream(packed, new ZLibCompressionOptions { CompressionLevel = (int)filter.Parameters[0] }, leaveOpen: true))
                    {
                        deflate.Write(current, 0, length);
                    }

                    // The last filter, always.
                    return packed.GetBuffer().AsSpan(0, (int)packed.Length);
            }
        }

        return current.AsSpan(0, length);
    }
}
