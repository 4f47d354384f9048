using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Pipeline.Hdf5.Filters;

/// <summary>
/// Unpacks zlib streams (RFC 1950 and 1951) that are whole in memory, into a room of known size. The tables are kept for each thread, so that a stream costs no
/// memory. System.IO.Compression does the same by way of streams; the tests hold this against it.
/// </summary>
internal sealed unsafe class Inflate
{
    private const int LiteralBits = 10, DistanceBits = 8, PrecodeBits = 7;
    private const int EndOfBlock = 256;

    // In the fast loop a turn writes three bytes or a match of up to 258, in steps of 16; and takes less than 8 bytes twice.
    private const int FastOutput = 258 + 16 + 3, FastInput = 16;

    private static readonly byte[] PrecodeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    [ThreadStatic]
    private static Inflate? ofThread;

    private readonly HuffmanTable literals = new(LiteralSymbols(), LiteralBits);
    private readonly HuffmanTable distances = new(DistanceSymbols(), DistanceBits);
    private readonly HuffmanTable precode = new([.. Enumerable.Range(0, 19).Select(s => (uint)s << 16)], PrecodeBits);
    private readonly byte[] lengths = new byte[288 + 32 + 138];
    private bool hasFixedCodes;

    // The stream: what is left of it, and the bits taken out of it, the next one lowest.
    private byte* input;
    private byte* inputEnd;
    private ulong bits;
    private int bitCount;
    private int missing;

    /// <summary>Unpacks a stream and gives how many bytes it held.</summary>
    /// <exception cref="InvalidDataException">The stream is damaged, or holds more than there is room for.</exception>
    public static int Zlib(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        // Method 8 with a window of up to 32 KB, and no dictionary from elsewhere.
        if (source.Length < 6 || (source[0] & 15) != 8 || source[0] >> 4 > 7 || (source[0] << 8 | source[1]) % 31 != 0 || (source[1] & 0x20) != 0)
        {
            throw new InvalidDataException("it is no zlib stream");
        }

        Inflate inflate = ofThread ??= new Inflate();
        fixed (byte* from = source, to = destination)
        {
            inflate.input = from + 2;
            inflate.inputEnd = from + source.Length;
            int length = (int)(inflate.Run(to, to + destination.Length) - to);

            // What was taken out of the stream ahead of need is put back.
            byte* end = inflate.input - (inflate.bitCount >> 3) + inflate.missing;
            if (inflate.missing > inflate.bitCount >> 3 || inflate.inputEnd - end < 4)
            {
                throw CutShort();
            }

            if (BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(end, 4)) != Adler32.Compute(destination[..length]))
            {
                throw new InvalidDataException("the checksum of its deflate stream is not that of its data");
            }

            return length;
        }
    }

    private static InvalidDataException CutShort() => new("its deflate stream is cut short");

    private static InvalidDataException Damaged() => new("its deflate stream is damaged");

    private static InvalidDataException TooLong() => new("its deflate stream holds more than its room");

    private static uint[] LiteralSymbols()
    {
        // Lengths 3 to 257 in groups of 8, 8, 4, 4, ... symbols with ever more extra bits; 258 has a symbol of its own.
        var symbols = new uint[288];
        for (uint s = 0; s < 256; s++)
        {
            symbols[s] = s << 16 | HuffmanTable.Literal;
        }

        symbols[EndOfBlock] = HuffmanTable.Exceptional;
        for (uint s = 257, length = 3; s < 285; s++)
        {
            uint extra = s < 265 ? 0 : (s - 261) / 4;
            symbols[s] = length << 16 | extra << 8;
            length += 1u << (int)extra;
        }

        symbols[285] = 258 << 16;
        symbols[286] = symbols[287] = HuffmanTable.Exceptional | 1 << 16; // have codes and must not occur
        return symbols;
    }

    private static uint[] DistanceSymbols()
    {
        var symbols = new uint[32];
        for (uint s = 0, distance = 1; s < 30; s++)
        {
            uint extra = s < 4 ? 0 : s / 2 - 1;
            symbols[s] = distance << 16 | extra << 8;
            distance += 1u << (int)extra;
        }

        symbols[30] = symbols[31] = HuffmanTable.Exceptional;
        return symbols;
    }

    private byte* Run(byte* output, byte* outputEnd)
    {
        byte* start = output;
        bits = 0;
        bitCount = 0;
        missing = 0;
        bool last;
        do
        {
            Refill();
            last = Take(1) != 0;
            switch (Take(2))
            {
                case 0:
                    output = Stored(output, outputEnd);
                    continue;
                case 1:
                    FixedCodes();
                    break;
                case 2:
                    DynamicCodes();
                    break;
                default:
                    throw Damaged();
            }

            output = Block(start, output, outputEnd);
        }
        while (!last);

        return output;
    }

    // At least 56 bits, zeros behind the stream's end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Refill()
    {
        if (inputEnd - input >= 8)
        {
            bits |= Unsafe.ReadUnaligned<ulong>(input) << bitCount;
            input += (63 - bitCount) >> 3;
            bitCount |= 56;
        }
        else
        {
            RefillAtEnd();
        }
    }

    private void RefillAtEnd()
    {
        // The fast way leaves bits above the count, which are those that come again.
        bits &= (1UL << bitCount) - 1;
        for (; bitCount < 56; bitCount += 8)
        {
            if (input < inputEnd)
            {
                bits |= (ulong)*input++ << bitCount;
            }
            else if (++missing > 16)
            {
                // Enough for a last code and the end of a block; who needs more reads on without a stream.
                throw CutShort();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Take(int count)
    {
        uint value = (uint)bits & ((1u << count) - 1);
        bits >>= count;
        bitCount -= count;
        return value;
    }

    private byte* Stored(byte* output, byte* outputEnd)
    {
        // From the next whole byte on.
        input -= bitCount >> 3;
        bits = 0;
        bitCount = 0;
        if (missing > 0 || inputEnd - input < 4)
        {
            throw CutShort();
        }

        int length = input[0] | input[1] << 8, check = input[2] | input[3] << 8;
        input += 4;
        if ((length ^ check) != 0xFFFF)
        {
            throw Damaged();
        }

        if (length > inputEnd - input)
        {
            throw CutShort();
        }

        if (length > outputEnd - output)
        {
            throw TooLong();
        }

        Unsafe.CopyBlockUnaligned(output, input, (uint)length);
        input += length;
        return output + length;
    }

    private void FixedCodes()
    {
        if (!hasFixedCodes)
        {
            Span<byte> all = lengths.AsSpan(0, 288);
            all[..144].Fill(8);
            all[144..256].Fill(9);
            all[256..280].Fill(7);
            all[280..].Fill(8);
            _ = literals.Build(all);
            lengths.AsSpan(0, 32).Fill(5);
            _ = distances.Build(lengths.AsSpan(0, 32));
            hasFixedCodes = true;
        }
    }

    private void DynamicCodes()
    {
        hasFixedCodes = false;
        int literalCount = (int)Take(5) + 257, distanceCount = (int)Take(5) + 1, precodeCount = (int)Take(4) + 4;
        lengths.AsSpan(0, 19).Clear();
        for (int i = 0; i < precodeCount; i++)
        {
            Refill();
            lengths[PrecodeOrder[i]] = (byte)Take(3);
        }

        if (literalCount > 286 || distanceCount > 30 || !precode.Build(lengths.AsSpan(0, 19)))
        {
            throw Damaged();
        }

        int total = literalCount + distanceCount;
        for (int i = 0; i < total;)
        {
            Refill();
            uint entry = precode.Entries[bits & ((1 << PrecodeBits) - 1)];
            if ((entry & HuffmanTable.Exceptional) != 0)
            {
                throw Damaged();
            }

            Take((int)(entry & 0xFF));
            int symbol = (int)(entry >> 16);
            if (symbol < 16)
            {
                lengths[i++] = (byte)symbol;
                continue;
            }

            if (symbol == 16 && i == 0)
            {
                throw Damaged();
            }

            byte value = symbol == 16 ? lengths[i - 1] : (byte)0;
            int repeat = symbol switch { 16 => 3 + (int)Take(2), 17 => 3 + (int)Take(3), _ => 11 + (int)Take(7) };
            lengths.AsSpan(i, repeat).Fill(value);
            i += repeat;
            if (i > total)
            {
                throw Damaged();
            }
        }

        if (lengths[EndOfBlock] == 0 || !literals.Build(lengths.AsSpan(0, literalCount)) || !distances.Build(lengths.AsSpan(literalCount, distanceCount)))
        {
            throw Damaged();
        }
    }

    private byte* Block(byte* start, byte* output, byte* outputEnd)
    {
        const uint LiteralMask = (1 << LiteralBits) - 1, DistanceMask = (1 << DistanceBits) - 1;
        fixed (uint* literal = literals.Entries, distance = distances.Entries)
        {
            // A turn begins where there is room for all that it may read and write.
            byte* fastOutput = outputEnd - FastOutput, fastInput = inputEnd - FastInput;
            byte* from = input;
            ulong buffer = bits;
            int count = bitCount;
            while (output <= fastOutput && from <= fastInput)
            {
                buffer |= Unsafe.ReadUnaligned<ulong>(from) << count;
                from += (63 - count) >> 3;
                count |= 56;
                uint entry = literal[buffer & LiteralMask];
                if ((entry & HuffmanTable.Literal) != 0)
                {
                    buffer >>= (byte)entry;
                    count -= (byte)entry;
                    *output++ = (byte)(entry >> 16);
                    entry = literal[buffer & LiteralMask];
                    if ((entry & HuffmanTable.Literal) != 0)
                    {
                        buffer >>= (byte)entry;
                        count -= (byte)entry;
                        *output++ = (byte)(entry >> 16);
                        entry = literal[buffer & LiteralMask];
                        if ((entry & HuffmanTable.Literal) != 0)
                        {
                            buffer >>= (byte)entry;
                            count -= (byte)entry;
                            *output++ = (byte)(entry >> 16);
                            continue;
                        }
                    }
                }

                buffer >>= (byte)entry;
                count -= (byte)entry;
                if ((entry & HuffmanTable.Exceptional) != 0)
                {
                    if ((entry & HuffmanTable.Further) != 0)
                    {
                        entry = literal[(entry >> 16) + (buffer & ((1u << (int)(entry >> 8 & 31)) - 1))];
                        buffer >>= (byte)entry;
                        count -= (byte)entry;
                    }

                    if ((entry & HuffmanTable.Literal) != 0)
                    {
                        *output++ = (byte)(entry >> 16);
                        continue;
                    }

                    if ((entry & HuffmanTable.Exceptional) != 0)
                    {
                        input = from;
                        bits = buffer;
                        bitCount = count;
                        return entry >> 16 == 0 && (entry & 0xFF) > 0 ? output : throw Damaged();
                    }
                }

                int extra = (int)(entry >> 8 & 31);
                int length = (int)(entry >> 16) + (int)(buffer & ((1u << extra) - 1));
                buffer >>= extra;
                count -= extra;

                buffer |= Unsafe.ReadUnaligned<ulong>(from) << count;
                from += (63 - count) >> 3;
                count |= 56;
                entry = distance[buffer & DistanceMask];
                if ((entry & HuffmanTable.Further) != 0)
                {
                    buffer >>= (byte)entry;
                    count -= (byte)entry;
                    entry = distance[(entry >> 16) + (buffer & ((1u << (int)(entry >> 8 & 31)) - 1))];
                }

                buffer >>= (byte)entry;
                count -= (byte)entry;
                extra = (int)(entry >> 8 & 31);
                int back = (int)(entry >> 16) + (int)(buffer & ((1u << extra) - 1));
                buffer >>= extra;
                count -= extra;
                if ((entry & HuffmanTable.Exceptional) != 0 || back > output - start)
                {
                    throw Damaged();
                }

                output = CopyFast(output, back, length);
            }

            input = from;
            bits = buffer;
            bitCount = count;
            return BlockAtEnd(start, output, outputEnd, literal, distance);
        }
    }

    // Writes up to 16 bytes more than the match has.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* CopyFast(byte* output, int back, int length)
    {
        byte* end = output + length, from = output - back;
        if (back >= 16)
        {
            do
            {
                Unsafe.WriteUnaligned(output, Unsafe.ReadUnaligned<UInt128>(from));
                output += 16;
                from += 16;
            }
            while (output < end);
        }
        else if (back == 1)
        {
            Unsafe.InitBlockUnaligned(output, *from, (uint)length);
        }
        else
        {
            while (output < end)
            {
                *output++ = *from++;
            }
        }

        return end;
    }

    // The same, one symbol and one byte at a time.
    private byte* BlockAtEnd(byte* start, byte* output, byte* outputEnd, uint* literal, uint* distance)
    {
        while (true)
        {
            Refill();
            uint entry = Next(literal, LiteralBits);
            if ((entry & HuffmanTable.Literal) != 0)
            {
                if (output == outputEnd)
                {
                    throw TooLong();
                }

                *output++ = (byte)(entry >> 16);
                continue;
            }

            if ((entry & HuffmanTable.Exceptional) != 0)
            {
                return entry >> 16 == 0 && (entry & 0xFF) > 0 ? output : throw Damaged();
            }

            int length = (int)(entry >> 16) + (int)Take((int)(entry >> 8 & 31));
            Refill();
            entry = Next(distance, DistanceBits);
            int back = (int)(entry >> 16) + (int)Take((int)(entry >> 8 & 31));
            if ((entry & HuffmanTable.Exceptional) != 0 || back > output - start)
            {
                throw Damaged();
            }

            if (length > outputEnd - output)
            {
                throw TooLong();
            }

            for (byte* end = output + length; output < end; output++)
            {
                *output = *(output - back);
            }
        }
    }

    private uint Next(uint* table, int width)
    {
        uint entry = table[bits & ((1u << width) - 1)];
        Take((int)(entry & 0xFF));
        if ((entry & HuffmanTable.Further) != 0)
        {
            entry = table[(entry >> 16) + (bits & ((1u << (int)(entry >> 8 & 31)) - 1))];
            Take((int)(entry & 0xFF));
        }

        return entry;
    }
}
