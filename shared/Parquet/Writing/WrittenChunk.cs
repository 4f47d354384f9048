namespace Pipeline.Parquet.Writing;

/// <summary>A column chunk that stands in the file: what the footer says of it.</summary>
internal sealed record WrittenChunk(
    ParquetColumn Column,
    IReadOnlyList<ValueEncoding> Encodings,
    long ValueCount,
    long UncompressedSize,
    long CompressedSize,
    long DataPageOffset,
    long DictionaryPageOffset,
    ColumnStatistics Statistics);
