using Pipeline.Hdf5;

namespace Pipeline.Msd;

/// <summary>A compound table of a song file: one row for each song.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Title">Its TITLE attribute.</param>
/// <param name="ChunkRows">Rows of a chunk.</param>
/// <param name="Type">Its members.</param>
public sealed record MsdTable(string Path, string Title, int ChunkRows, Hdf5Type Type);
