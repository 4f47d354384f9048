namespace Pipeline.Hdf5;

/// <summary>Where a dataset's values lie; the numbers are those of the file format.</summary>
public enum Hdf5Layout
{
    /// <summary>In the object header itself.</summary>
    Compact = 0,

    /// <summary>In one piece.</summary>
    Contiguous = 1,

    /// <summary>In blocks of one shape, each filtered by itself.</summary>
    Chunked = 2,

    /// <summary>In datasets of other files: named, not read.</summary>
    Virtual = 3,
}
