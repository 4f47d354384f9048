namespace Pipeline.Parquet.Codecs;

/// <summary>
/// Decompresses pages into one buffer that it reuses. For use by one thread at a time.
/// </summary>
/// <remarks>
/// The announced length comes from the file and may be forged. Room for it is made at once only if it is small or
/// plausible for the amount of compressed data; otherwise the buffer grows with the output that really arrives.
/// </remarks>
internal sealed class PageDecompressor : IDisposable
{
    /// <summary>Up to this many bytes are allocated on the word of a page header.</summary>
    public const int TrustedLength = 16 << 20;

    /// <summary>So are this many times the bytes that are there.</summary>
    public const int TrustedRatio = 64;

    private byte[] buffer = [];
    private Zstd.DecompressionContext? zstd;

    /// <summary>What <see cref="Decompress"/> last wrote, for a caller that keeps it while it decodes: valid until the next call.</summary>
    public ReadOnlyMemory<byte> Page { get; private set; }

    /// <summary>
    /// Returns exactly <paramref name="announcedLength"/> bytes, valid until the next call, or throws
    /// <see cref="CodecException"/>. What is not compressed is returned as it is, without a copy.
    /// </summary>
    public ReadOnlySpan<byte> Decompress(CompressionCodec codec, ReadOnlySpan<byte> compressed, int announcedLength)
    {
        if (announcedLength < 0)
        {
            throw new CodecException($"the page announces {announcedLength} bytes");
        }

        switch (codec)
        {
            case CompressionCodec.Uncompressed:
                return compressed.Length == announcedLength
                    ? compressed
                    : throw new CodecException($"the page announces {announcedLength} uncompressed bytes but holds {compressed.Length}");

            case CompressionCodec.Snappy or CompressionCodec.Gzip or CompressionCodec.Brotli or CompressionCodec.Lz4
                or CompressionCodec.Zstd or CompressionCodec.Lz4Raw when compressed.IsEmpty:
                return announcedLength == 0     // some writers do not compress what is empty
                    ? compressed
                    : throw new CodecException($"the page announces {announcedLength} bytes but holds no {codec} data");

            case CompressionCodec.Snappy:
                ThrowUnless(Snappy.CanExpandTo(compressed.Length, announcedLength), codec, compressed, announcedLength);
                Snappy.Decompress(compressed, Room(announcedLength));
                break;

            case CompressionCodec.Lz4:
                ThrowUnless(Lz4.CanExpandTo(compressed.Length, announcedLength), codec, compressed, announcedLength);
                Lz4.DecompressHadoop(compressed, Room(announcedLength));
                break;

            case CompressionCodec.Lz4Raw:
                ThrowUnless(Lz4.CanExpandTo(compressed.Length, announcedLength), codec, compressed, announcedLength);
                Lz4.Decompress(compressed, Room(announcedLength));
                break;

            case CompressionCodec.Zstd:
                DecompressZstd(compressed, announcedLength);
                break;

            case CompressionCodec.Gzip:
                DecompressGzip(compressed, announcedLength);
                break;

            case CompressionCodec.Brotli:
                ReadAll(new BrotliPieces(compressed), codec, compressed.Length, announcedLength);
                break;

            case CompressionCodec.Lzo:
                throw new CodecException("pages compressed with LZO cannot be read");

            default:
                throw new CodecException($"the compression codec {(int)codec} is unknown");
        }

        Page = buffer.AsMemory(0, announcedLength);
        return Page.Span;
    }

    public void Dispose() => zstd?.Dispose();

    private void DecompressZstd(ReadOnlySpan<byte> compressed, int announcedLength)
    {
        ulong? stated = Zstd.StatedContentSize(compressed);
        if (stated > (ulong)announcedLength)
        {
            throw new CodecException($"the Zstandard frame states {stated} bytes, the page {announcedLength}");
        }

        zstd ??= Zstd.DecompressionContext.Create();
        if (IsTrusted(compressed.Length, announcedLength) || buffer.Length >= announcedLength)
        {
            Zstd.Decompress(zstd, compressed, Room(announcedLength));
        }
        else
        {
            ReadAll(new Zstd.Pieces(zstd, compressed), CompressionCodec.Zstd, compressed.Length, announcedLength);
        }
    }

    private unsafe void DecompressGzip(ReadOnlySpan<byte> compressed, int announcedLength)
    {
        fixed (byte* start = compressed)
        {
            using var stream = new UnmanagedMemoryStream(start, compressed.Length);
            ReadAll(new DeflatePieces(stream, DeflatePieces.IsZlib(compressed)), CompressionCodec.Gzip, compressed.Length, announcedLength);
        }
    }

    // Takes over the pieces and disposes of them.
    private void ReadAll<TPieces>(TPieces pieces, CompressionCodec codec, int compressedLength, int announcedLength)
        where TPieces : IPieces, allows ref struct
    {
        try
        {
            Room(IsTrusted(compressedLength, announcedLength) ? announcedLength : TrustedLength);

            int filled = 0;
            while (filled < announcedLength)
            {
                if (filled == buffer.Length)
                {
                    Grow(announcedLength);
                }

                int end = Math.Min(buffer.Length, announcedLength);
                int read = pieces.Read(buffer.AsSpan(filled, end - filled));
                if (read == 0)
                {
                    throw new CodecException($"the {codec} data ends after {filled} of {announcedLength} bytes");
                }

                filled += read;
            }

            // The end must be here: that also verifies the checksum of the formats that have one.
            Span<byte> probe = stackalloc byte[1];
            if (pieces.Read(probe) != 0)
            {
                throw new CodecException($"the {codec} data holds more than the announced {announcedLength} bytes");
            }
        }
        finally
        {
            pieces.Dispose();
        }
    }

    private static bool IsTrusted(int compressedLength, int announcedLength)
        => announcedLength <= TrustedLength || announcedLength <= (long)compressedLength * TrustedRatio;

    private static void ThrowUnless(bool possible, CompressionCodec codec, ReadOnlySpan<byte> compressed, int announcedLength)
    {
        if (!possible)
        {
            throw new CodecException($"{compressed.Length} bytes of {codec} data cannot hold the announced {announcedLength} bytes");
        }
    }

    // The buffer's first bytes, contents undefined.
    private Span<byte> Room(int length)
    {
        if (buffer.Length < length)
        {
            buffer = [];    // lets the old one be collected before the new one is made
            buffer = GC.AllocateUninitializedArray<byte>(length);
        }

        return buffer.AsSpan(0, length);
    }

    private void Grow(int announcedLength)
    {
        int length = (int)Math.Min(buffer.Length * 2L, announcedLength);
        byte[] larger = GC.AllocateUninitializedArray<byte>(length);
        buffer.CopyTo(larger, 0);
        buffer = larger;
    }
}
