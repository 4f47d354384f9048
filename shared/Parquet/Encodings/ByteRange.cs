namespace Pipeline.Parquet;

/// <summary>Where a value of a byte array column lies within its batch's bytes.</summary>
/// <param name="Offset">Offset of its first byte.</param>
/// <param name="Length">Number of bytes.</param>
public readonly record struct ByteRange(int Offset, int Length);
