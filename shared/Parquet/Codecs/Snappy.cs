using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Pipeline.Parquet.Codecs;

/// <summary>
/// Snappy blocks: the length of the page as a varint, then elements. The low two bits of an element's first byte
/// say what it is: a literal, or a copy of earlier output with an offset of one, two or four bytes.
/// </summary>
/// <remarks>Format: https://github.com/google/snappy/blob/main/format_description.txt</remarks>
internal static unsafe class Snappy
{
    private const int Literal = 0;
    private const int CopyWithByteOffset = 1;
    private const int CopyWithShortOffset = 2;

    private const int LongestCopy = 64;

    // The compressor treats a page in pieces of this size, so that positions fit in two bytes.
    private const int FragmentSize = 1 << 16;

    // The largest hash table: 32 KiB, small enough for the first-level cache and for the stack.
    private const int MaxTableSize = 1 << 14;
    private const int MinTableSize = 1 << 8;

    // Matches are looked for as long as this many bytes follow: then 8-byte loads and 16-byte copies need no check.
    private const int InputMargin = 15;

    /// <summary>The densest element is a copy of 64 bytes written in three.</summary>
    public static bool CanExpandTo(int compressedLength, int length) => length <= compressedLength * 64L / 3;

    /// <summary>The most room <see cref="Compress"/> can need.</summary>
    public static int MaxCompressedLength(int length) => checked(32 + length + length / 6);

    /// <summary>Fills <paramref name="page"/> exactly, or throws <see cref="CodecException"/>.</summary>
    public static void Decompress(ReadOnlySpan<byte> compressed, Span<byte> page)
    {
        uint length = ReadLength(compressed, out int headerLength);
        if (length != (uint)page.Length)
        {
            throw new CodecException($"the Snappy data states {length} bytes, the page {page.Length}");
        }

        fixed (byte* input = compressed, output = page)
        {
            byte* from = input + headerLength;
            byte* fromEnd = input + compressed.Length;
            byte* to = output;
            byte* toEnd = output + page.Length;

            while (from < fromEnd)
            {
                uint tag = *from++;
                uint kind = tag & 3;
                long count = (long)(tag >> 2) + 1;

                if (kind == Literal)
                {
                    if (count > 60)
                    {
                        // 61 to 64 stand for a length in the next one to four bytes.
                        from = ReadNumber(from, fromEnd, (int)count - 60, out uint last);
                        count = (long)last + 1;
                    }

                    if (count > fromEnd - from)
                    {
                        throw Truncated();
                    }

                    if (count > toEnd - to)
                    {
                        throw TooLong(page.Length);
                    }

                    MatchCopy.Literal(from, fromEnd, to, toEnd, count);
                    from += count;
                }
                else
                {
                    uint offset;
                    if (kind == CopyWithByteOffset)
                    {
                        from = ReadNumber(from, fromEnd, 1, out offset);
                        offset |= tag >> 5 << 8;
                        count = (long)((tag >> 2) & 7) + 4;
                    }
                    else
                    {
                        from = ReadNumber(from, fromEnd, kind == CopyWithShortOffset ? 2 : 4, out offset);
                    }

                    if (offset == 0 || offset > to - output)
                    {
                        throw new CodecException($"the Snappy data refers {offset} bytes back, {to - output} bytes into the page");
                    }

                    if (count > toEnd - to)
                    {
                        throw TooLong(page.Length);
                    }

                    MatchCopy.Repeat(to, toEnd, (long)offset, count);
                }

                to += count;
            }

            if (to != toEnd)
            {
                throw new CodecException($"the Snappy data ends after {to - output} of {page.Length} bytes");
            }
        }
    }

    /// <summary>Compresses a page and returns how many bytes of <paramref name="compressed"/> that took.</summary>
    /// <param name="page">What to compress.</param>
    /// <param name="compressed">At least <see cref="MaxCompressedLength"/> bytes.</param>
    public static int Compress(ReadOnlySpan<byte> page, Span<byte> compressed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(compressed.Length, MaxCompressedLength(page.Length), nameof(compressed));

        Span<ushort> table = stackalloc ushort[MaxTableSize];
        fixed (byte* input = page, output = compressed)
        fixed (ushort* positions = table)
        {
            byte* to = WriteLength(output, (uint)page.Length);
            for (int start = 0; start < page.Length; start += FragmentSize)
            {
                int length = Math.Min(FragmentSize, page.Length - start);
                int tableSize = Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)length), MinTableSize, MaxTableSize);
                table[..tableSize].Clear();
                to = CompressFragment(input + start, length, to, positions, BitOperations.Log2((uint)tableSize));
            }

            return (int)(to - output);
        }
    }

    // Greedy matching: the table holds the last position at which each hash of four bytes was seen; the first
    // candidate that agrees is taken and extended as far as it goes.
    private static byte* CompressFragment(byte* start, int length, byte* to, ushort* table, int tableBits)
    {
        byte* end = start + length;
        byte* lastStart = end - InputMargin;
        byte* unwritten = start;            // the first byte not yet covered by an element
        byte* at = start + 1;               // position 0 is what an empty table entry means

        while (at <= lastStart)
        {
            // Data without matches is passed over faster and faster: one byte further per 32 failed attempts.
            byte* match;
            int attempts = 32;
            while (true)
            {
                uint bytes = Load32(at);
                match = Exchange(start, at, table, tableBits, bytes);
                if (Load32(match) == bytes)
                {
                    break;
                }

                at += attempts++ >> 5;
                if (at > lastStart)
                {
                    return WriteLiteral(to, unwritten, end - unwritten);
                }
            }

            if (at > unwritten)
            {
                to = WriteLiteralInside(to, unwritten, at - unwritten);
            }

            // What follows a match often starts with another one.
            while (true)
            {
                long matched = 4 + CommonLength(match + 4, at + 4, end);
                to = WriteCopy(to, at - match, matched);
                at += matched;
                unwritten = at;
                if (at > lastStart)
                {
                    return WriteLiteral(to, unwritten, end - unwritten);
                }

                Exchange(start, at - 1, table, tableBits, Load32(at - 1));
                uint bytes = Load32(at);
                match = Exchange(start, at, table, tableBits, bytes);
                if (Load32(match) != bytes)
                {
                    break;
                }
            }

            at++;
        }

        return WriteLiteral(to, unwritten, end - unwritten);
    }

    // Returns where these four bytes were last seen, if at all, and notes that they are here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Exchange(byte* start, byte* at, ushort* table, int tableBits, uint bytes)
    {
        ushort* entry = table + (bytes * 0x1E35A7BD >> (32 - tableBits));
        byte* candidate = start + *entry;
        *entry = (ushort)(at - start);
        return candidate;
    }

    // How many bytes from a and b on agree, up to the end of the fragment; b is the later one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long CommonLength(byte* a, byte* b, byte* end)
    {
        byte* start = b;
        while (end - b >= sizeof(ulong))
        {
            ulong difference = Load64(a) ^ Load64(b);
            if (difference != 0)
            {
                int equalBits = BitConverter.IsLittleEndian
                    ? BitOperations.TrailingZeroCount(difference)
                    : BitOperations.LeadingZeroCount(difference);
                return b - start + equalBits / 8;
            }

            a += sizeof(ulong);
            b += sizeof(ulong);
        }

        while (b < end && *a == *b)
        {
            a++;
            b++;
        }

        return b - start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WriteLiteral(byte* to, byte* from, long length)
    {
        if (length > 0)
        {
            to = WriteLiteralTag(to, length);
            Buffer.MemoryCopy(from, to, length, length);
        }

        return to + length;
    }

    // A literal with at least InputMargin bytes of input after it: a short one may be copied in one move.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WriteLiteralInside(byte* to, byte* from, long length)
    {
        if (length > 16)
        {
            return WriteLiteral(to, from, length);
        }

        *to++ = (byte)((length - 1) << 2);
        Unsafe.CopyBlockUnaligned(to, from, 16);
        return to + length;
    }

    private static byte* WriteLiteralTag(byte* to, long length)
    {
        uint last = (uint)(length - 1);
        if (last < 60)
        {
            *to++ = (byte)(last << 2);
            return to;
        }

        // A fragment holds at most 2^16 bytes, so the length fits in two.
        int lengthBytes = last < 256 ? 1 : 2;
        *to++ = (byte)((59 + lengthBytes) << 2);
        *to++ = (byte)last;
        if (lengthBytes == 2)
        {
            *to++ = (byte)(last >> 8);
        }

        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WriteCopy(byte* to, long offset, long length)
    {
        // Never leave a rest shorter than the four bytes that the short form needs.
        while (length >= LongestCopy + 4)
        {
            to = WriteShortOffsetCopy(to, offset, LongestCopy);
            length -= LongestCopy;
        }

        if (length > LongestCopy)
        {
            to = WriteShortOffsetCopy(to, offset, LongestCopy - 4);
            length -= LongestCopy - 4;
        }

        if (length < 12 && offset < 2048)
        {
            *to++ = (byte)(CopyWithByteOffset | (length - 4) << 2 | offset >> 8 << 5);
            *to++ = (byte)offset;
            return to;
        }

        return WriteShortOffsetCopy(to, offset, length);
    }

    private static byte* WriteShortOffsetCopy(byte* to, long offset, long length)
    {
        *to++ = (byte)(CopyWithShortOffset | (length - 1) << 2);
        *to++ = (byte)offset;
        *to++ = (byte)(offset >> 8);
        return to;
    }

    private static uint ReadLength(ReadOnlySpan<byte> compressed, out int headerLength)
    {
        ulong length = 0;
        for (int i = 0; i < 5 && i < compressed.Length; i++)
        {
            length |= (ulong)(compressed[i] & 0x7F) << (7 * i);
            if (compressed[i] < 0x80)
            {
                headerLength = i + 1;
                return length <= uint.MaxValue ? (uint)length : throw BadLength();
            }
        }

        throw BadLength();
    }

    private static byte* WriteLength(byte* to, uint length)
    {
        for (; length >= 0x80; length >>= 7)
        {
            *to++ = (byte)(length | 0x80);
        }

        *to++ = (byte)length;
        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* ReadNumber(byte* from, byte* fromEnd, int byteCount, out uint number)
    {
        if (fromEnd - from >= sizeof(uint))
        {
            number = BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(from, sizeof(uint)))
                & (uint)((1UL << (8 * byteCount)) - 1);
        }
        else
        {
            number = ReadNumberAtEnd(from, fromEnd, byteCount);
        }

        return from + byteCount;
    }

    private static uint ReadNumberAtEnd(byte* from, byte* fromEnd, int byteCount)
    {
        if (fromEnd - from < byteCount)
        {
            throw Truncated();
        }

        uint number = 0;
        for (int i = 0; i < byteCount; i++)
        {
            number |= (uint)from[i] << (8 * i);
        }

        return number;
    }

    private static uint Load32(byte* at) => Unsafe.ReadUnaligned<uint>(at);

    private static ulong Load64(byte* at) => Unsafe.ReadUnaligned<ulong>(at);

    private static CodecException BadLength() => new("the Snappy data does not start with a length");

    private static CodecException Truncated() => new("the Snappy data ends inside an element");

    private static CodecException TooLong(int length) => new($"the Snappy data holds more than the announced {length} bytes");
}
