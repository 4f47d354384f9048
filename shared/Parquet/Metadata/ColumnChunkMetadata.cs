namespace Pipeline.Parquet;

/// <summary>Where and how the values of one column are stored within one row group.</summary>
public sealed class ColumnChunkMetadata
{
    internal ColumnChunkMetadata(ColumnDescriptor column) => Column = column;

    /// <summary>The column.</summary>
    public ColumnDescriptor Column { get; }

    /// <summary>How pages are compressed.</summary>
    public CompressionCodec Codec { get; internal set; }

    /// <summary>The encodings that occur in the chunk, levels included.</summary>
    public IReadOnlyList<ValueEncoding> Encodings { get; internal set; } = [];

    /// <summary>Number of entries: values, nulls and empty lists.</summary>
    public long ValueCount { get; internal set; }

    /// <summary>Bytes before compression, page headers included.</summary>
    public long UncompressedSize { get; internal set; }

    /// <summary>Bytes in the file, page headers included.</summary>
    public long CompressedSize { get; internal set; }

    /// <summary>What the file says about the values, or null.</summary>
    public ColumnStatistics? Statistics { get; internal set; }

    /// <summary>Offset of the first data page.</summary>
    internal long DataPageOffset { get; set; }

    /// <summary>Offset of the dictionary page, or 0.</summary>
    internal long DictionaryPageOffset { get; set; }

    /// <summary>Offset of the first page: some writers put 0 for a dictionary that stands at the data offset.</summary>
    internal long FirstPageOffset =>
        DictionaryPageOffset > 0 && DictionaryPageOffset < DataPageOffset ? DictionaryPageOffset : DataPageOffset;

    /// <summary>Why the chunk cannot be read, or null.</summary>
    internal string? Refusal { get; set; }
}
