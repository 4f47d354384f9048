using System.IO.Compression;

namespace Pipeline.Parquet.Codecs;

/// <summary>Gzip, one or several members, or the zlib format that some writers used in its place.</summary>
/// <remarks>
/// The streams of .NET verify a checksum that is there but do not miss one that is cut off, nor an end marker; the
/// length of the page shows whether any data is missing.
/// </remarks>
internal readonly struct DeflatePieces(Stream compressed, bool isZlib) : IPieces
{
    private readonly Stream decoder = isZlib
        ? new ZLibStream(compressed, CompressionMode.Decompress)
        : new GZipStream(compressed, CompressionMode.Decompress);

    /// <summary>Whether these are the two bytes that a zlib stream starts with; gzip's magic number is not such a pair.</summary>
    public static bool IsZlib(ReadOnlySpan<byte> compressed)
        => compressed.Length >= 2 && (compressed[0] & 15) == 8 && (compressed[0] << 8 | compressed[1]) % 31 == 0;

    public int Read(scoped Span<byte> destination)
    {
        try
        {
            return decoder.Read(destination);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new CodecException($"damaged gzip data: {e.Message}", e);
        }
    }

    public void Dispose() => decoder.Dispose();
}
