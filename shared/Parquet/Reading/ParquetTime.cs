namespace Pipeline.Parquet;

/// <summary>A time of day.</summary>
/// <param name="Value">Units since midnight.</param>
/// <param name="Unit">The unit.</param>
public readonly record struct ParquetTime(long Value, TimeUnit Unit)
{
    /// <summary><c>hh:mm:ss</c> with the unit's digits after the point.</summary>
    public override string ToString() => ParquetTimestamp.Clock(Value, Unit);
}
