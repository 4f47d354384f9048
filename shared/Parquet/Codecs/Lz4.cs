using System.Buffers.Binary;

namespace Pipeline.Parquet.Codecs;

/// <summary>
/// LZ4 blocks: sequences of a token, literals, and a copy of earlier output. The token's upper four bits count the
/// literals, its lower four the copied bytes beyond four; 15 means that further bytes add to the count. The last
/// sequence has literals only.
/// </summary>
/// <remarks>Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md</remarks>
internal static unsafe class Lz4
{
    private const int ShortestCopy = 4;

    /// <summary>The densest thing in a block is a byte that adds 255 to a count.</summary>
    public static bool CanExpandTo(int compressedLength, int length) => length <= compressedLength * 255L;

    /// <summary>Decodes one raw block that fills the page exactly, or throws <see cref="CodecException"/>.</summary>
    public static void Decompress(ReadOnlySpan<byte> block, Span<byte> page)
    {
        if (!TryDecompress(block, page, out int written))
        {
            throw new CodecException($"the LZ4 block is damaged or holds more than the announced {page.Length} bytes");
        }

        if (written != page.Length)
        {
            throw new CodecException($"the LZ4 block ends after {written} of {page.Length} bytes");
        }
    }

    /// <summary>
    /// Decodes what the codec number of the deprecated LZ4 stands for: Hadoop's frames, or, since early versions of
    /// Arrow wrote that, one raw block.
    /// </summary>
    public static void DecompressHadoop(ReadOnlySpan<byte> compressed, Span<byte> page)
    {
        if (!TryDecompressFrames(compressed, page))
        {
            Decompress(compressed, page);
        }
    }

    // A frame is its uncompressed length, then blocks with their compressed length in front, until that many bytes
    // are there. Both numbers are four bytes, big-endian.
    private static bool TryDecompressFrames(ReadOnlySpan<byte> compressed, Span<byte> page)
    {
        while (!compressed.IsEmpty)
        {
            if (!TryTakeNumber(ref compressed, out int frameLength) || frameLength > page.Length)
            {
                return false;
            }

            Span<byte> frame = page[..frameLength];
            while (!frame.IsEmpty)
            {
                if (!TryTakeNumber(ref compressed, out int blockLength)
                    || blockLength > compressed.Length
                    || !TryDecompress(compressed[..blockLength], frame, out int written))
                {
                    return false;
                }

                compressed = compressed[blockLength..];
                frame = frame[written..];
            }

            page = page[frameLength..];
        }

        return page.IsEmpty;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> compressed, out int number)
    {
        if (!BinaryPrimitives.TryReadInt32BigEndian(compressed, out number) || number < 0)
        {
            return false;
        }

        compressed = compressed[sizeof(int)..];
        return true;
    }

    // Decodes a block of at most output.Length bytes; false if it is not one.
    private static bool TryDecompress(ReadOnlySpan<byte> block, Span<byte> output, out int written)
    {
        written = 0;
        fixed (byte* input = block, start = output)
        {
            byte* from = input;
            byte* fromEnd = input + block.Length;
            byte* to = start;
            byte* toEnd = start + output.Length;

            while (from < fromEnd)
            {
                uint token = *from++;

                long literals = (long)(token >> 4);
                if (literals == 15 && !TryExtend(ref literals, ref from, fromEnd))
                {
                    return false;
                }

                if (literals > fromEnd - from || literals > toEnd - to)
                {
                    return false;
                }

                MatchCopy.Literal(from, fromEnd, to, toEnd, literals);
                from += literals;
                to += literals;

                if (from == fromEnd)
                {
                    written = (int)(to - start);
                    return true;
                }

                if (fromEnd - from < sizeof(ushort))
                {
                    return false;
                }

                long offset = from[0] | from[1] << 8;
                from += sizeof(ushort);

                long copied = (long)(token & 15);
                if (copied == 15 && !TryExtend(ref copied, ref from, fromEnd))
                {
                    return false;
                }

                copied += ShortestCopy;
                if (offset == 0 || offset > to - start || copied > toEnd - to)
                {
                    return false;
                }

                MatchCopy.Repeat(to, toEnd, offset, copied);
                to += copied;
            }
        }

        return false;   // the last sequence, the one without a copy, is missing
    }

    private static bool TryExtend(ref long count, ref byte* from, byte* fromEnd)
    {
        while (from < fromEnd)
        {
            byte more = *from++;
            count += more;
            if (more < 255)
            {
                return true;
            }
        }

        return false;
    }
}
