namespace Pipeline.Parquet;

/// <summary>The value of a map, in stored order; keys may repeat.</summary>
/// <param name="Entries">Keys with values; the value is null where the map has none (a set).</param>
public sealed record ParquetMap(IReadOnlyList<KeyValuePair<object?, object?>> Entries);
