namespace Pipeline.Hdf5;

/// <summary>How a dataset is stored. Without any, in one piece.</summary>
public sealed record Hdf5DatasetOptions
{
    /// <summary>The dimensions of a chunk, in elements; null for data in one piece, which can have no filters and cannot grow.</summary>
    public IReadOnlyList<int>? ChunkShape { get; init; }

    /// <summary>The most that the dimensions may become, -1 for any size; null for no more than now.</summary>
    public IReadOnlyList<long>? MaxShape { get; init; }

    /// <summary>Whether to keep data in the object header: for less than 64 KB, without chunks.</summary>
    public bool Compact { get; init; }

    /// <summary>Whether to order the bytes of a chunk by their place in the element, which packs better.</summary>
    public bool Shuffle { get; init; }

    /// <summary>1 (fast) to 9 (small), or 0 for data that is not packed.</summary>
    public int DeflateLevel { get; init; }

    /// <summary>Whether to add a checksum to each chunk.</summary>
    public bool Fletcher32 { get; init; }

    /// <summary>What elements are that are not written, as many bytes as one has; empty for zeros.</summary>
    public ReadOnlyMemory<byte> FillValue { get; init; }

    /// <summary>The dataset's attributes, in the order in which they are to be written.</summary>
    public IReadOnlyList<Hdf5AttributeValue> Attributes { get; init; } = [];
}
