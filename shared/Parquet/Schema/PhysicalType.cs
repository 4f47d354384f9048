namespace Pipeline.Parquet;

/// <summary>How a value is stored. The numbers are those of the format.</summary>
public enum PhysicalType
{
    /// <summary>One bit.</summary>
    Boolean = 0,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 1,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 2,

    /// <summary>96 bits, used by old writers for timestamps: see <see cref="Pipeline.Parquet.Int96"/>.</summary>
    Int96 = 3,

    /// <summary>32-bit IEEE 754.</summary>
    Float = 4,

    /// <summary>64-bit IEEE 754.</summary>
    Double = 5,

    /// <summary>Bytes of any length.</summary>
    ByteArray = 6,

    /// <summary>Bytes of one length, fixed in the schema.</summary>
    FixedLengthByteArray = 7,
}
