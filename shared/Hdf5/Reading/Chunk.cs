namespace Pipeline.Hdf5.Reading;

/// <summary>A stored chunk.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="StoredSize">Its bytes in the file.</param>
/// <param name="FilterMask">Bit i: filter i was left out.</param>
internal readonly record struct Chunk(long Address, int StoredSize, uint FilterMask);
