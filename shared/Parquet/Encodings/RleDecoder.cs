using System.Buffers.Binary;
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
                destination[..count].Fill(Narrow<T>(runValue));
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

    /// <summary>Unpacks values of <paramref name="width"/> bits, least significant bit first, starting at bit <paramref name="firstBit"/>.</summary>
    private static void Unpack<T>(ReadOnlySpan<byte> source, long firstBit, int width, Span<T> destination) where T : unmanaged
    {
        uint mask = width == 32 ? uint.MaxValue : (1u << width) - 1;
        int i = 0;

        // Eight bytes at once hold any value whole, as long as there are eight to read.
        long lastWhole = ((long)source.Length - 8) * 8;
        for (; i < destination.Length; i++)
        {
            long at = firstBit + (long)i * width;
            if (at > lastWhole)
            {
                break;
            }

            ulong word = BinaryPrimitives.ReadUInt64LittleEndian(source[(int)(at >> 3)..]);
            destination[i] = Narrow<T>((uint)(word >> (int)(at & 7)) & mask);
        }

        for (; i < destination.Length; i++)
        {
            long at = firstBit + (long)i * width;
            ulong word = 0;
            int first = (int)(at >> 3);
            int bytes = (int)(((at & 7) + width + 7) / 8);
            for (int k = 0; k < bytes; k++)
            {
                word |= (ulong)source[first + k] << (8 * k);
            }

            destination[i] = Narrow<T>((uint)(word >> (int)(at & 7)) & mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Narrow<T>(uint value) where T : unmanaged =>
        typeof(T) == typeof(byte) ? Unsafe.BitCast<byte, T>((byte)value) : Unsafe.BitCast<uint, T>(value);
}
