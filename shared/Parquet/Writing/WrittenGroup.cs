namespace Pipeline.Parquet.Writing;

/// <summary>A row group that stands in the file.</summary>
internal sealed record WrittenGroup(IReadOnlyList<WrittenChunk> Chunks, long Rows);
