using System.Buffers;
using System.Buffers.Binary;

namespace Pipeline.Hdf5.Filters;

/// <summary>Undoes a dataset's filters. Its two buffers are rented once and serve every chunk.</summary>
internal sealed class ChunkDecoder : IDisposable
{
    // Deflate makes at most 258 bytes of 2 bits.
    private const int DeflateLimit = 1032;

    private const int ChecksumSize = 4;

    /// <summary>The most bytes of a chunk: with its checksum it has to fit into an array.</summary>
    public static readonly int MostBytes = Array.MaxLength - ChecksumSize;

    private readonly IReadOnlyList<Hdf5Filter> filters;
    private readonly int elementSize;
    private readonly int chunkSize;
    private readonly int shuffleSize;
    private byte[] packed = [];
    private byte[] unpacked = [];

    /// <summary>Prepares for chunks of one dataset.</summary>
    /// <param name="filters">In the order in which they were applied.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <param name="chunkSize">Bytes of a chunk without filters.</param>
    public ChunkDecoder(IReadOnlyList<Hdf5Filter> filters, int elementSize, int chunkSize)
    {
        this.filters = filters;
        this.elementSize = elementSize;
        this.chunkSize = chunkSize;
        shuffleSize = filters.FirstOrDefault(f => f.Id == Hdf5Filter.Shuffle) is { } shuffle ? (int)Math.Min(shuffle.Parameters[0], int.MaxValue) : 0;
    }

    /// <summary>Why some filters cannot be undone, or null.</summary>
    public static string? Obstacle(IReadOnlyList<Hdf5Filter> filters)
    {
        for (int i = 0; i < filters.Count; i++)
        {
            Hdf5Filter filter = filters[i];
            if (!filter.IsSupported)
            {
                return $"its data is packed with the filter {filter.Name} ({filter.Id}), which is not supported: repack it with h5repack -f GZIP=1";
            }

            if (filter.Id == Hdf5Filter.Shuffle && (filter.Parameters.Count == 0 || filter.Parameters[0] == 0))
            {
                return "its shuffle filter does not tell the size of an element: the file is damaged";
            }

            for (int j = 0; j < i; j++)
            {
                if (filters[j].Id == filter.Id)
                {
                    return $"its data went through the filter {filter.Name} twice, which is not supported";
                }
            }
        }

        return null;
    }

    /// <summary>Unpacks a chunk and gives bytes [first, first + destination.Length) of it.</summary>
    /// <param name="stored">The chunk as stored.</param>
    /// <param name="mask">Bit i: filter i was left out for this chunk.</param>
    /// <param name="first">A whole number of elements, in bytes.</param>
    /// <param name="destination">Room for what is wanted.</param>
    /// <exception cref="InvalidDataException">The chunk is damaged.</exception>
    public void Decode(ReadOnlySpan<byte> stored, uint mask, int first, Span<byte> destination)
    {
        // Before anything is made room for: a forged chunk size cannot come of a small chunk.
        if (chunkSize > (stored.Length + 1L) * DeflateLimit)
        {
            throw new InvalidDataException($"a chunk of {chunkSize} bytes cannot come of {stored.Length} stored");
        }

        ReadOnlySpan<byte> data = stored;
        for (int f = filters.Count - 1; f >= 0; f--)
        {
            if ((mask >> f & 1) != 0)
            {
                continue;
            }

            switch (filters[f].Id)
            {
                case Hdf5Filter.Fletcher32:
                    data = CheckSum(data);
                    break;
                case Hdf5Filter.Deflate:
                    // A checksum may have been added before packing.
                    Rent(ref packed, chunkSize + ChecksumSize);
                    data = packed.AsSpan(0, Inflate.Zlib(data, packed.AsSpan(0, chunkSize + ChecksumSize)));
                    break;
                case Hdf5Filter.Shuffle when shuffleSize > 1 && data.Length >= shuffleSize:
                    if (IsLast(f, mask) && data.Length == chunkSize && shuffleSize == elementSize)
                    {
                        Shuffle.Undo(data, shuffleSize, first / shuffleSize, destination);
                        return;
                    }

                    if (data.Length > chunkSize + ChecksumSize)
                    {
                        throw new InvalidDataException($"a chunk has {data.Length} bytes instead of {chunkSize}");
                    }

                    Rent(ref unpacked, chunkSize + ChecksumSize);
                    Shuffle.Undo(data, shuffleSize, 0, unpacked.AsSpan(0, data.Length));
                    data = unpacked.AsSpan(0, data.Length);
                    break;
            }
        }

        if (data.Length != chunkSize)
        {
            throw new InvalidDataException($"a chunk has {data.Length} bytes instead of {chunkSize}");
        }

        data.Slice(first, destination.Length).CopyTo(destination);
    }

    public void Dispose()
    {
        GiveBack(ref packed);
        GiveBack(ref unpacked);
    }

    private static void Rent(ref byte[] buffer, int size)
    {
        if (buffer.Length < size)
        {
            GiveBack(ref buffer);
            buffer = ArrayPool<byte>.Shared.Rent(size);
        }
    }

    private static void GiveBack(ref byte[] buffer)
    {
        byte[] old = buffer;
        buffer = [];
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }

    private static ReadOnlySpan<byte> CheckSum(ReadOnlySpan<byte> data)
    {
        if (data.Length < ChecksumSize)
        {
            throw new InvalidDataException("a chunk is shorter than its checksum");
        }

        ReadOnlySpan<byte> body = data[..^ChecksumSize];
        return Fletcher32.Compute(body) == BinaryPrimitives.ReadUInt32LittleEndian(data[^ChecksumSize..])
            ? body
            : throw new InvalidDataException("the checksum of a chunk is not that of its data");
    }

    // Whether no filter before this one is left to be undone.
    private static bool IsLast(int f, uint mask) => (~mask & ((1u << f) - 1)) == 0;
}
