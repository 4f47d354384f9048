using Pipeline.Native;

namespace Pipeline.Parquet;

/// <summary>How a file is written. The defaults suit tables of features: zstd 1 over split floats.</summary>
public sealed record ParquetWriterOptions
{
    /// <summary>How pages are compressed; null takes zstd, or Brotli where libzstd is not installed.</summary>
    public CompressionCodec? Codec { get; init; }

    /// <summary>Effort of zstd (1 to 22), Brotli (0 to 11) or gzip (0 to 9); null takes the codec's own default, the fast end.</summary>
    public int? Level { get; init; }

    /// <summary>Whether floats are stored as split byte streams, which compress far better and read faster than they look.</summary>
    public bool SplitFloats { get; init; } = true;

    /// <summary>Whether repetitive text is stored as a dictionary.</summary>
    public bool UseDictionaries { get; init; } = true;

    /// <summary>Whether each page carries a checksum.</summary>
    public bool Checksums { get; init; } = true;

    /// <summary>Bytes of values after which a page is closed, at the end of a row.</summary>
    public int PageBytes { get; init; } = 1 << 20;

    /// <summary>Threads that encode pages while the calling one goes on; the file does not depend on it. 1 leaves everything to the calling thread.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Bytes of values, before compression, after which a row group is closed.</summary>
    public long RowGroupBytes { get; init; } = 64 << 20;

    /// <summary>Rows after which a row group is closed.</summary>
    public int RowGroupRows { get; init; } = 1 << 22;

    /// <summary>The name and version of the writing program, for the footer.</summary>
    public string CreatedBy { get; init; } = "Pipeline.Parquet version " + typeof(ParquetWriterOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>The codec that is written.</summary>
    internal CompressionCodec ChosenCodec =>
        Codec ?? (NativeLibraries.IsAvailable("zstd") ? CompressionCodec.Zstd : CompressionCodec.Brotli);
}
