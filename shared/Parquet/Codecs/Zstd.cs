using System.Runtime.InteropServices;
using Pipeline.Native;

namespace Pipeline.Parquet.Codecs;

/// <summary>The part of libzstd that pages need: whole buffers, and decoding piece by piece.</summary>
internal static unsafe partial class Zstd
{
    private const string Library = "zstd";

    private const ulong ContentSizeUnknown = ulong.MaxValue;
    private const ulong ContentSizeError = ulong.MaxValue - 1;

    private const int ResetSessionOnly = 1;

    static Zstd() => NativeLibraries.Register(typeof(Zstd).Assembly);

    /// <summary>The most room <see cref="Compress"/> can need.</summary>
    public static int MaxCompressedLength(int length) => checked((int)ZSTD_compressBound((nuint)length));

    /// <summary>Compresses a page to one frame that states its content size, and returns the frame's length.</summary>
    public static int Compress(CompressionContext context, ReadOnlySpan<byte> page, Span<byte> compressed, int level)
    {
        fixed (byte* from = page, to = compressed)
        {
            nuint result = ZSTD_compressCCtx(context, to, (nuint)compressed.Length, from, (nuint)page.Length, level);
            return ZSTD_isError(result) == 0
                ? (int)result
                : throw new InvalidOperationException($"libzstd cannot compress a page of {page.Length} bytes: {ErrorName(result)}");
        }
    }

    /// <summary>What the first frame says it decompresses to, or null if it does not say.</summary>
    public static ulong? StatedContentSize(ReadOnlySpan<byte> compressed)
    {
        fixed (byte* from = compressed)
        {
            return ZSTD_getFrameContentSize(from, (nuint)compressed.Length) switch
            {
                ContentSizeUnknown => null,
                ContentSizeError => throw new CodecException("the Zstandard data does not start with a frame header"),
                ulong size => size,
            };
        }
    }

    /// <summary>Fills <paramref name="page"/> exactly from one or several frames, or throws <see cref="CodecException"/>.</summary>
    public static void Decompress(DecompressionContext context, ReadOnlySpan<byte> compressed, Span<byte> page)
    {
        fixed (byte* from = compressed, to = page)
        {
            nuint written = ZSTD_decompressDCtx(context, to, (nuint)page.Length, from, (nuint)compressed.Length);
            ThrowIfError(written);
            if (written != (nuint)page.Length)
            {
                throw new CodecException($"the Zstandard data ends after {written} of {page.Length} bytes");
            }
        }
    }

    private static void ThrowIfError(nuint result)
    {
        if (ZSTD_isError(result) != 0)
        {
            throw new CodecException($"damaged Zstandard data: {ErrorName(result)}");
        }
    }

    private static string? ErrorName(nuint result) => Marshal.PtrToStringUTF8(ZSTD_getErrorName(result));

    /// <summary>
    /// Decodes frames piece by piece. Slower than <see cref="Decompress"/>, as the library keeps its own window:
    /// up to what the frame header asks for, at most 128 MiB (the library's limit), touched as output arrives.
    /// </summary>
    public ref struct Pieces : IPieces
    {
        private readonly DecompressionContext context;
        private readonly ReadOnlySpan<byte> compressed;
        private int position;
        private bool insideFrame = true;

        public Pieces(DecompressionContext context, ReadOnlySpan<byte> compressed)
        {
            this.context = context;
            this.compressed = compressed;
            ThrowIfError(ZSTD_DCtx_reset(context, ResetSessionOnly));
        }

        public int Read(scoped Span<byte> destination)
        {
            fixed (byte* from = compressed, to = destination)
            {
                while (position < compressed.Length || insideFrame)
                {
                    var input = new InBuffer { Source = from, Size = (nuint)compressed.Length, Position = (nuint)position };
                    var output = new OutBuffer { Destination = to, Size = (nuint)destination.Length };
                    nuint wanted = ZSTD_decompressStream(context, &output, &input);
                    ThrowIfError(wanted);

                    bool stuck = output.Position == 0 && (int)input.Position == position;
                    insideFrame = wanted != 0;
                    position = (int)input.Position;
                    if (output.Position > 0)
                    {
                        return (int)output.Position;
                    }

                    if (stuck && insideFrame)
                    {
                        throw new CodecException("the Zstandard data ends inside a frame");
                    }
                }
            }

            return 0;
        }

        public readonly void Dispose()
        {
            // The context belongs to the caller.
        }
    }

    /// <summary>State and tables of a compression, reused from page to page.</summary>
    public sealed class CompressionContext() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        /// <summary>A new context, to be disposed of.</summary>
        public static CompressionContext Create() => ThrowIfInvalid(ZSTD_createCCtx());

        protected override bool ReleaseHandle() => ZSTD_freeCCtx(handle) == 0;
    }

    /// <summary>State and tables of a decompression, reused from page to page.</summary>
    public sealed class DecompressionContext() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        /// <summary>A new context, to be disposed of.</summary>
        public static DecompressionContext Create() => ThrowIfInvalid(ZSTD_createDCtx());

        protected override bool ReleaseHandle() => ZSTD_freeDCtx(handle) == 0;
    }

    private static T ThrowIfInvalid<T>(T context)
        where T : SafeHandle
        => context.IsInvalid ? throw new InsufficientMemoryException("libzstd cannot allocate a context") : context;

    private struct InBuffer
    {
        public byte* Source;
        public nuint Size;
        public nuint Position;
    }

    private struct OutBuffer
    {
        public byte* Destination;
        public nuint Size;
        public nuint Position;
    }

    [LibraryImport(Library)]
    private static partial nuint ZSTD_compressBound(nuint length);

    [LibraryImport(Library)]
    private static partial CompressionContext ZSTD_createCCtx();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_compressCCtx(
        CompressionContext context, byte* to, nuint capacity, byte* from, nuint length, int level);

    [LibraryImport(Library)]
    private static partial DecompressionContext ZSTD_createDCtx();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_freeDCtx(nint context);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_decompressDCtx(
        DecompressionContext context, byte* to, nuint capacity, byte* from, nuint length);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_DCtx_reset(DecompressionContext context, int directive);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_decompressStream(DecompressionContext context, OutBuffer* output, InBuffer* input);

    [LibraryImport(Library)]
    private static partial ulong ZSTD_getFrameContentSize(byte* from, nuint length);

    [LibraryImport(Library)]
    private static partial uint ZSTD_isError(nuint result);

    [LibraryImport(Library)]
    private static partial nint ZSTD_getErrorName(nuint result);
}
