using System.IO.Compression;

namespace Pipeline.Parquet.Codecs;

/// <summary>
/// Compresses pages into one buffer that it reuses. The same page, codec, level and library versions give the same
/// bytes. For use by one thread at a time.
/// </summary>
internal sealed class PageCompressor : IDisposable
{
    public const int DefaultZstdLevel = 1;
    public const int DefaultBrotliLevel = 4;
    public const int DefaultGzipLevel = 6;

    private const int BrotliWindowBits = 22;

    private readonly CompressionCodec codec;
    private readonly int level;

    private byte[] buffer = [];
    private Zstd.CompressionContext? zstd;
    private MemoryStream? gzip;

    /// <param name="codec">Uncompressed, Snappy, Gzip, Brotli or Zstd; the others can only be read.</param>
    /// <param name="level">Effort: 1 to 22 for Zstd, 0 to 11 for Brotli, 0 to 9 for Gzip; Snappy has no levels.</param>
    public PageCompressor(CompressionCodec codec, int? level = null)
    {
        (int lowest, int highest, int standard) = codec switch
        {
            CompressionCodec.Uncompressed or CompressionCodec.Snappy => (0, 0, 0),
            CompressionCodec.Zstd => (1, 22, DefaultZstdLevel),
            CompressionCodec.Brotli => (0, 11, DefaultBrotliLevel),
            CompressionCodec.Gzip => (0, 9, DefaultGzipLevel),
            _ => throw new ArgumentException($"Pages cannot be written with the codec {codec}.", nameof(codec)),
        };

        this.codec = codec;
        this.level = level ?? standard;
        if (this.level < lowest || this.level > highest)
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, $"{codec} has the levels {lowest} to {highest}.");
        }
    }

    /// <summary>
    /// Returns the compressed page, valid until the next call. Without compression that is the page itself.
    /// </summary>
    public ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> page) => codec switch
    {
        CompressionCodec.Snappy => CompressSnappy(page),
        CompressionCodec.Zstd => CompressZstd(page),
        CompressionCodec.Brotli => CompressBrotli(page),
        CompressionCodec.Gzip => CompressGzip(page),
        _ => page,
    };

    public void Dispose() => zstd?.Dispose();

    private ReadOnlySpan<byte> CompressSnappy(ReadOnlySpan<byte> page)
    {
        Span<byte> room = Room(Snappy.MaxCompressedLength(page.Length));
        return room[..Snappy.Compress(page, room)];
    }

    private ReadOnlySpan<byte> CompressZstd(ReadOnlySpan<byte> page)
    {
        zstd ??= Zstd.CompressionContext.Create();
        Span<byte> room = Room(Zstd.MaxCompressedLength(page.Length));
        return room[..Zstd.Compress(zstd, page, room, level)];
    }

    private ReadOnlySpan<byte> CompressBrotli(ReadOnlySpan<byte> page)
    {
        Span<byte> room = Room(BrotliEncoder.GetMaxCompressedLength(page.Length));
        return BrotliEncoder.TryCompress(page, room, out int written, level, BrotliWindowBits)
            ? room[..written]
            : throw new InvalidOperationException($"Brotli cannot compress a page of {page.Length} bytes.");
    }

    private ReadOnlySpan<byte> CompressGzip(ReadOnlySpan<byte> page)
    {
        gzip ??= new MemoryStream();
        gzip.SetLength(0);
        var options = new ZLibCompressionOptions { CompressionLevel = level };
        using (var encoder = new GZipStream(gzip, options, leaveOpen: true))
        {
            encoder.Write(page);
        }

        return gzip.GetBuffer().AsSpan(0, (int)gzip.Length);
    }

    private Span<byte> Room(int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<byte>(length);
        }

        return buffer;
    }
}
