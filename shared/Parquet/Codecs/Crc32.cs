using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pipeline.Parquet.Codecs;

/// <summary>CRC-32 with the polynomial of gzip and IEEE 802.3, the checksum of a page.</summary>
/// <remarks>
/// Bits are reflected: bit 31 of a register is the coefficient of x^0. The register starts as all ones and is
/// inverted at the end. This file is the reference; Crc32.Vector.cs computes the same faster.
/// </remarks>
internal static partial class Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private const int Slices = 8;

    // Entry [256 k + b]: what a byte b contributes to the register once k further bytes have passed.
    private static readonly uint[] Table = MakeTable();

    /// <summary>The checksum of some bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>The checksum of what <paramref name="crc"/> is the checksum of, followed by further bytes.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
        => IsVectorSupported ? AppendVector(crc, bytes) : AppendReference(crc, bytes);

    /// <summary><see cref="Append"/> with tables only: eight bytes at a time, "slicing by 8".</summary>
    internal static uint AppendReference(uint crc, ReadOnlySpan<byte> bytes) => ~AdvanceByTable(~crc, bytes);

    private static uint AdvanceByTable(uint register, ReadOnlySpan<byte> bytes)
    {
        ref uint table = ref MemoryMarshal.GetArrayDataReference(Table);

        while (bytes.Length >= Slices)
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ register;
            register = Entry(ref table, 7, eight)
                ^ Entry(ref table, 6, eight >> 8)
                ^ Entry(ref table, 5, eight >> 16)
                ^ Entry(ref table, 4, eight >> 24)
                ^ Entry(ref table, 3, eight >> 32)
                ^ Entry(ref table, 2, eight >> 40)
                ^ Entry(ref table, 1, eight >> 48)
                ^ Entry(ref table, 0, eight >> 56);
            bytes = bytes[Slices..];
        }

        foreach (byte b in bytes)
        {
            register = register >> 8 ^ Entry(ref table, 0, register ^ b);
        }

        return register;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Entry(ref uint table, int slice, ulong value) => Unsafe.Add(ref table, slice * 256 + (byte)value);

    private static uint[] MakeTable()
    {
        uint[] table = new uint[Slices * 256];
        for (int b = 0; b < 256; b++)
        {
            uint register = (uint)b;
            for (int bit = 0; bit < 8; bit++)
            {
                register = register >> 1 ^ (register & 1) * Polynomial;
            }

            table[b] = register;
        }

        for (int i = 256; i < table.Length; i++)
        {
            uint oneByteEarlier = table[i - 256];
            table[i] = oneByteEarlier >> 8 ^ table[(byte)oneByteEarlier];
        }

        return table;
    }
}
