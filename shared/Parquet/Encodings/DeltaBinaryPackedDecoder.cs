using System.Buffers.Binary;
using System.Numerics;

namespace Pipeline.Parquet.Encodings;

/// <summary>
/// DELTA_BINARY_PACKED integers: blocks of differences, each block with its smallest difference and, for each of its
/// miniblocks, the bits that the differences need above that.
/// </summary>
internal sealed class DeltaBinaryPackedDecoder<T> : ValueDecoder<T> where T : unmanaged, IBinaryInteger<T>
{
    private const int MaxBlock = 1 << 16;

    private ReadOnlyMemory<byte> data;
    private int position;
    private int miniblocks;
    private int perMiniblock;
    private long remaining;          // values not yet given out, the first included
    private bool isFirst;
    private long value;
    private long minDelta;
    private int widthsAt;            // position of the current block's bit widths
    private int miniblock;           // index within the block; miniblocks when a new block is due
    private int inMiniblock;         // values of the current miniblock already used
    private int width;
    private int miniblockEnd;        // position after the current miniblock's bytes

    /// <summary>Number of values that the data announce.</summary>
    public int Count { get; private set; }

    /// <summary>Where the data end; known once all values have been read.</summary>
    public int End
    {
        get
        {
            // The bytes of a last miniblock are there whole, or cut to what its values need: then nothing follows.
            return Math.Min(miniblockEnd, data.Length);
        }
    }

    public override void Start(ReadOnlyMemory<byte> data, int count)
    {
        this.data = data;
        position = 0;
        long block = ReadHeaderNumber("block size");
        miniblocks = (int)ReadHeaderNumber("number of miniblocks");
        long total = ReadHeaderNumber("number of values");
        if (block <= 0 || block > MaxBlock || miniblocks <= 0 || block % miniblocks != 0 || block / miniblocks % 8 != 0)
        {
            throw new ParquetException($"delta-encoded data has impossible blocks of {block} values in {miniblocks} parts");
        }

        if (total > count)
        {
            throw new ParquetException($"delta-encoded data announces {total} values in a page of {count}");
        }

        perMiniblock = (int)(block / miniblocks);
        value = ReadZigZag();
        Count = (int)total;
        remaining = total;
        isFirst = true;
        miniblock = miniblocks;
        inMiniblock = perMiniblock;
        miniblockEnd = position;
    }

    public override void Read(Span<T> destination)
    {
        if (destination.Length > remaining)
        {
            throw TooShort();
        }

        remaining -= destination.Length;
        ReadOnlySpan<byte> source = data.Span;
        int i = 0;
        if (isFirst && destination.Length > 0)
        {
            destination[i++] = T.CreateTruncating(value);
            isFirst = false;
        }

        while (i < destination.Length)
        {
            if (inMiniblock == perMiniblock)
            {
                NextMiniblock(source);
            }

            int count = Math.Min(perMiniblock - inMiniblock, destination.Length - i);
            if (width == 0)
            {
                for (int k = 0; k < count; k++)
                {
                    value = unchecked(value + minDelta);
                    destination[i++] = T.CreateTruncating(value);
                }
            }
            else
            {
                long bit = (long)position * 8 + (long)inMiniblock * width;
                if ((bit + (long)count * width + 7) / 8 > source.Length)
                {
                    throw TooShort();
                }

                for (int k = 0; k < count; k++, bit += width)
                {
                    value = unchecked(value + minDelta + (long)Bits(source, bit));
                    destination[i++] = T.CreateTruncating(value);
                }
            }

            inMiniblock += count;
        }
    }

    private void NextMiniblock(ReadOnlySpan<byte> source)
    {
        position = miniblockEnd;
        if (miniblock == miniblocks)
        {
            minDelta = ReadZigZag();
            widthsAt = position;
            position += miniblocks;
            if (position > source.Length)
            {
                throw TooShort();
            }

            miniblock = 0;
        }

        width = source[widthsAt + miniblock];
        if (width > 64)
        {
            throw new ParquetException($"delta-encoded data has a width of {width} bits");
        }

        miniblock++;
        inMiniblock = 0;
        miniblockEnd = position + perMiniblock / 8 * width;
    }

    /// <summary>The <see cref="width"/> bits from <paramref name="bit"/> on; the caller has checked that they are there.</summary>
    private ulong Bits(ReadOnlySpan<byte> source, long bit)
    {
        int first = (int)(bit >> 3), shift = (int)(bit & 7);
        ulong mask = width == 64 ? ulong.MaxValue : (1ul << width) - 1;
        if (first + 8 <= source.Length && shift + width <= 64)
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(source[first..]) >> shift & mask;
        }

        ulong low = 0;
        int bytes = (shift + width + 7) / 8;
        for (int k = 0; k < Math.Min(8, bytes); k++)
        {
            low |= (ulong)source[first + k] << (8 * k);
        }

        ulong bits = low >> shift;
        return (bytes > 8 ? bits | (ulong)source[first + 8] << (64 - shift) : bits) & mask;
    }

    private long ReadHeaderNumber(string what)
    {
        ulong number = ReadVarint();
        return number <= int.MaxValue
            ? (long)number
            : throw new ParquetException($"delta-encoded data has an impossible {what}: {number}");
    }

    private long ReadZigZag()
    {
        ulong number = ReadVarint();
        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    private ulong ReadVarint()
    {
        ReadOnlySpan<byte> source = data.Span;
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (position >= source.Length)
            {
                throw TooShort();
            }

            byte b = source[position++];
            number |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return number;
            }
        }

        throw new ParquetException("delta-encoded data holds a number longer than 64 bits");
    }
}
