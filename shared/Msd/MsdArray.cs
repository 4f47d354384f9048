using Pipeline.Hdf5;

namespace Pipeline.Msd;

/// <summary>An extendable array of a song file; in a file of several songs each song's rows follow those of the one before.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Title">Its TITLE attribute.</param>
/// <param name="Type">The type of a value.</param>
/// <param name="Columns">Values of a row; 0 for an array of one dimension.</param>
/// <param name="ChunkRows">Rows of a chunk.</param>
/// <param name="IndexTable">The table that says where a song's rows begin.</param>
/// <param name="IndexField">The table's member that says it.</param>
public sealed record MsdArray(string Path, string Title, Hdf5Type Type, int Columns, int ChunkRows, string IndexTable, string IndexField)
{
    /// <summary>Its name without the group.</summary>
    public string Name { get; } = Path[(Path.LastIndexOf('/') + 1)..];
}
