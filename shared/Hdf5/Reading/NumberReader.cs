using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Pipeline.Hdf5.Reading;

/// <summary>Converts stored numbers to the machine's.</summary>
internal static class NumberReader
{
    /// <summary>Why numbers of a type cannot be had as wanted, or null.</summary>
    public static string? Obstacle(Hdf5Type type, bool wantInteger)
    {
        if (!type.IsNumber)
        {
            return $"its values are no numbers, but {type}";
        }

        return !type.IsStandard ? $"its numbers are {type}, which is not supported"
            : wantInteger && type.Class == Hdf5Class.Float ? $"its numbers are {type}, not integers: read them as floating point"
            : null;
    }

    /// <summary>One integer of a type without <see cref="Obstacle"/>.</summary>
    /// <exception cref="OverflowException">It is over 2^63 - 1.</exception>
    public static long Int64(Hdf5Type type, ReadOnlySpan<byte> bytes)
    {
        bool big = type.IsBigEndian;
        return (type.Size, type.IsSigned) switch
        {
            (1, true) => (sbyte)bytes[0],
            (1, false) => bytes[0],
            (2, true) => big ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt16LittleEndian(bytes),
            (2, false) => big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (4, true) => big ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes),
            (4, false) => big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (_, true) => big ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes),
            _ => checked((long)(big ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes))),
        };
    }

    /// <summary>One number of a type without <see cref="Obstacle"/>.</summary>
    public static double Double(Hdf5Type type, ReadOnlySpan<byte> bytes)
    {
        bool big = type.IsBigEndian;
        return (type.Class, type.Size) switch
        {
            (Hdf5Class.Float, 8) => big ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            (Hdf5Class.Float, 4) => big ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (Hdf5Class.Float, _) => (double)(big ? BinaryPrimitives.ReadHalfBigEndian(bytes) : BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            (_, 8) when !type.IsSigned => big ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            _ => Int64(type, bytes),
        };
    }

    /// <summary>Converts as many numbers as <paramref name="destination"/> takes to floating point, rounding where needed.</summary>
    public static void Read<T>(Hdf5Type type, ReadOnlySpan<byte> bytes, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (type.Class == Hdf5Class.Float && !type.IsBigEndian && BitConverter.IsLittleEndian)
        {
            if (type.Size == Marshal.SizeOf<T>())
            {
                bytes[..(destination.Length * type.Size)].CopyTo(MemoryMarshal.AsBytes(destination));
                return;
            }

            // What MSD's arrays are read as.
            if (type.Size == 8 && typeof(T) == typeof(float))
            {
                Narrow(MemoryMarshal.Cast<byte, double>(bytes), MemoryMarshal.Cast<T, float>(destination));
                return;
            }
        }

        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateSaturating(Double(type, bytes.Slice(i * type.Size, type.Size)));
        }
    }

    private static void Narrow(ReadOnlySpan<double> source, Span<float> destination)
    {
        int i = 0;
        for (; i <= destination.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Narrow(new Vector<double>(source[i..]), new Vector<double>(source[(i + Vector<double>.Count)..])).CopyTo(destination[i..]);
        }

        for (; i < destination.Length; i++)
        {
            destination[i] = (float)source[i];
        }
    }
}
