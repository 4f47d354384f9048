namespace Pipeline.Parquet;

/// <summary>What a file says about the values of one column chunk. Bounds are in the value's PLAIN bytes.</summary>
/// <param name="NullCount">Number of nulls, if told.</param>
/// <param name="DistinctCount">Number of different values, if told.</param>
/// <param name="Min">No value is smaller, if told.</param>
/// <param name="Max">No value is greater, if told.</param>
public sealed record ColumnStatistics(
    long? NullCount,
    long? DistinctCount,
    ReadOnlyMemory<byte>? Min,
    ReadOnlyMemory<byte>? Max);
