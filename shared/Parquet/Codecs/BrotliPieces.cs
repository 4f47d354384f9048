using System.Buffers;
using System.IO.Compression;

namespace Pipeline.Parquet.Codecs;

/// <summary>One Brotli stream.</summary>
internal ref struct BrotliPieces(ReadOnlySpan<byte> compressed) : IPieces
{
    private ReadOnlySpan<byte> rest = compressed;
    private BrotliDecoder decoder;

    public int Read(scoped Span<byte> destination)
    {
        var status = decoder.Decompress(rest, destination, out int consumed, out int written);
        rest = rest[consumed..];
        if (written > 0)
        {
            return written;
        }

        return status switch
        {
            OperationStatus.Done when rest.IsEmpty => 0,
            OperationStatus.Done => throw new CodecException("bytes follow the end of the Brotli data"),
            OperationStatus.NeedMoreData => throw new CodecException("the Brotli data is cut off"),
            _ => throw new CodecException("damaged Brotli data"),
        };
    }

    public void Dispose() => decoder.Dispose();
}
