namespace Pipeline.Parquet;

/// <summary>How the pages of a column are compressed; the values are those of the file format.</summary>
public enum CompressionCodec
{
    /// <summary>Pages are stored as they are.</summary>
    Uncompressed = 0,

    /// <summary>Snappy blocks: fast, moderate ratio.</summary>
    Snappy = 1,

    /// <summary>Deflate in a gzip wrapper.</summary>
    Gzip = 2,

    /// <summary>LZO; named so that a message can say so, neither read nor written.</summary>
    Lzo = 3,

    /// <summary>Brotli.</summary>
    Brotli = 4,

    /// <summary>LZ4 as Hadoop frames it, deprecated; read only. Some writers stored raw blocks under this value.</summary>
    Lz4 = 5,

    /// <summary>Zstandard: close to Snappy in speed, close to gzip in ratio.</summary>
    Zstd = 6,

    /// <summary>LZ4 blocks without any framing; read only.</summary>
    Lz4Raw = 7,
}
