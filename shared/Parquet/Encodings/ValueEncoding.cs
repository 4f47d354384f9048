namespace Pipeline.Parquet;

/// <summary>How the values of a page are laid out. The numbers are those of the format.</summary>
public enum ValueEncoding
{
    /// <summary>Values one after the other.</summary>
    Plain = 0,

    /// <summary>Old name for dictionary indices and for the dictionary itself.</summary>
    PlainDictionary = 2,

    /// <summary>Runs and bit-packed groups.</summary>
    Rle = 3,

    /// <summary>Bits from the most significant down; old, for levels only.</summary>
    BitPacked = 4,

    /// <summary>Differences of integers, bit-packed by block.</summary>
    DeltaBinaryPacked = 5,

    /// <summary>Lengths as differences, then the bytes.</summary>
    DeltaLengthByteArray = 6,

    /// <summary>Length of the prefix shared with the value before, then the rest.</summary>
    DeltaByteArray = 7,

    /// <summary>Indices into the dictionary page as runs and bit-packed groups.</summary>
    RleDictionary = 8,

    /// <summary>All first bytes, then all second bytes, and so on.</summary>
    ByteStreamSplit = 9,
}
