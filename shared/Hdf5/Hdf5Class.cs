namespace Pipeline.Hdf5;

/// <summary>What kind of values a datatype describes; the numbers are those of the file format.</summary>
public enum Hdf5Class
{
    /// <summary>Integers of 1, 2, 4 or 8 bytes.</summary>
    Integer = 0,

    /// <summary>Floating point, IEEE 754.</summary>
    Float = 1,

    /// <summary>Times of day, which libhdf5 itself no longer supports: named, not read.</summary>
    Time = 2,

    /// <summary>Strings of one fixed length.</summary>
    String = 3,

    /// <summary>Bits, as which PyTables stores booleans: read as unsigned integers.</summary>
    BitField = 4,

    /// <summary>Bytes without meaning.</summary>
    Opaque = 5,

    /// <summary>Records of named members.</summary>
    Compound = 6,

    /// <summary>References to objects or regions of the file: named, not read.</summary>
    Reference = 7,

    /// <summary>Named integers: read as the integers.</summary>
    Enumeration = 8,

    /// <summary>Strings or sequences of any length: read in attributes (strings only), not in datasets.</summary>
    VariableLength = 9,

    /// <summary>Arrays of one fixed shape.</summary>
    Array = 10,
}
