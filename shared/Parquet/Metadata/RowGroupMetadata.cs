namespace Pipeline.Parquet;

/// <summary>A run of rows whose columns are stored together.</summary>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Columns">One chunk for each leaf of the schema, in schema order.</param>
public sealed record RowGroupMetadata(long RowCount, IReadOnlyList<ColumnChunkMetadata> Columns);
