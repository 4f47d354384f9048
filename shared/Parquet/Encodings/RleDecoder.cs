using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Parquet.Encodings;

/// <summary>
/// Reads the hybrid of runs and bit-packed groups that levels, dictionary indices and booleans are stored in.
/// Stateful: a page is read in as many pieces as the caller likes, so that memory depends on the piece, not on the page.
/// </summary>
internal sealed class RleDecoder
{
    private ReadOnlyMemory<byte> data;
    private int width;
    private int position;         // next byte to read
    private long left;            // values left of the current run or group
    private uint runValue;        // the run's value
    private bool isPacked;        // whether the current piece is a bit-packed group
    private long bit;             // next bit of the group, counted from the start of the data

    /// <summary>Starts on new data. <paramref name="bitWidth"/> is 0 to 32; with 0 every value is 0.</summary>
    public void Start(ReadOnlyMemory<byte> source, int bitWidth)
    {
        data = source;
        width = bitWidth;
        position = 0;
        left = 0;
    }

    /// <summary>Reads levels, which fit a byte.</summary>
    public void Read(Span<byte> destination) => ReadAny(destination);

    /// <summary>Reads indices.</summary>
    public void Read(Span<int> destination) => ReadAny(MemoryMarshal.Cast<int, uint>(destination));

    private void ReadAny<T>(Span<T> destination) where T : unmanaged
    {
        if (width == 0)
        {
            destination.Clear();
            return;
        }

        ReadOnlySpan<byte> source = data.Span;
        while (!destination.IsEmpty)
        {
            if (left == 0)
            {
                NextPiece(source);
                continue;
            }

            int count = (int)Math.Min(left, destination.Length);
            if (isPacked)
            {
                Unpack(source, bit, width, destination[..count]);
                bit += (long)count * width;
            }
            else
            {
                Fill(destination[..count], runValue);
            }

            left -= count;
            destination = destination[count..];
        }
    }

    private void NextPiece(ReadOnlySpan<byte> source)
    {
        uint header = 0;
        for (int shift = 0; ; shift += 7)
        {
            if (position >= source.Length || shift > 28)
            {
                throw new ParquetException("run-length data ends too soon");
            }

            byte b = source[position++];
            header |= (uint)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                break;
            }
        }

        isPacked = (header & 1) != 0;
        left = header >> 1;
        if (isPacked)
        {
            // A last group may be cut to the bytes that its values need.
            long bytes = Math.Min(left * width, source.Length - position);
            left = Math.Min(left * 8, bytes * 8 / width);
            bit = (long)position * 8;
            position += (int)bytes;
            return;
        }

        int valueBytes = (width + 7) / 8;
        if (valueBytes > source.Length - position)
        {
            throw new ParquetException("run-length data ends too soon");
        }

        runValue = 0;
        for (int i = 0; i < valueBytes; i++)
        {
            runValue |= (uint)source[position++] << (8 * i);
        }

        if (width < 32 && runValue >> width != 0)
        {
            throw new ParquetException($"run-length data holds {runValue}, which does not fit {width} bits");
        }
    }

    /// <summary>
    /// Unpacks values of <paramref name="width"/> bits, least significant bit first, starting at bit <paramref name="firstBit"/>.
    /// The source holds them all. Compiled in full at its first call: generic methods are not compiled ahead of time.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Unpack<T>(ReadOnlySpan<byte> source, long firstBit, int width, Span<T> destination) where T : unmanaged
    {
        uint mask = width == 32 ? uint.MaxValue : (1u << width) - 1;
        int i = 0, count = destination.Length;

        // Eight bytes at once hold any value whole, as long as there are eight to read.
        long lastWhole = ((long)source.Length - 8) * 8;
        int whole = lastWhole < firstBit ? 0 : (int)Math.Min(count, (lastWhole - firstBit) / width + 1);
        if (BitConverter.IsLittleEndian)
        {
            fixed (byte* from = source)
            fixed (T* to = destination)
            {
                if (typeof(T) == typeof(byte) && width == 1 && (firstBit & 7) == 0)
                {
                    // The levels of most columns: eight bits become eight bytes.
                    byte* bits = from + (firstBit >> 3);
                    for (; i + 8 <= count; i += 8)
                    {
                        *(ulong*)(to + i) = SpreadBits(*bits++);
                    }
                }

                long at = firstBit + (long)i * width;
                for (; i < whole; i++, at += width)
                {
                    Put(to + i, (uint)(*(ulong*)(from + (at >> 3)) >> (int)(at & 7)) & mask);
                }
            }
        }

        fixed (T* to = destination)
        {
            for (; i < count; i++)
            {
                long at = firstBit + (long)i * width;
                ulong word = 0;
                int first = (int)(at >> 3);
                int bytes = (int)(((at & 7) + width + 7) / 8);
                for (int k = 0; k < bytes; k++)
                {
                    word |= (ulong)source[first + k] << (8 * k);
                }

                Put(to + i, (uint)(word >> (int)(at & 7)) & mask);
            }
        }
    }

    /// <summary>Bit k of a byte as byte k: copies of it, of each the one bit, and that moved to where it counts 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SpreadBits(byte bits) =>
        ((bits * 0x0101010101010101ul & 0x8040201008040201ul) + 0x00406070787C7E7Ful >> 7) & 0x0101010101010101ul;

    private static void Fill<T>(Span<T> destination, uint value) where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
        {
            MemoryMarshal.Cast<T, byte>(destination).Fill((byte)value);
        }
        else
        {
            MemoryMarshal.Cast<T, uint>(destination).Fill(value);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Put<T>(T* to, uint value) where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
        {
            *(byte*)to = (byte)value;
        }
        else
        {
            *(uint*)to = value;
        }
    }
}
