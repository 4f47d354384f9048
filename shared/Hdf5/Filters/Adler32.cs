using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Hdf5.Filters;

/// <summary>The checksum at the end of a zlib stream (RFC 1950).</summary>
internal static class Adler32
{
    private const uint Modulus = 65521;

    // The most bytes whose sum of sums cannot overflow 32 bits.
    private const int MostBytes = 5552;

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint sum = 1, sumOfSums = 0;
        while (data.Length > 0)
        {
            ReadOnlySpan<byte> part = data[..Math.Min(MostBytes, data.Length)];
            data = data[part.Length..];
            if (Avx2.IsSupported)
            {
                part = AddVectors(part, ref sum, ref sumOfSums);
            }

            Add(part, ref sum, ref sumOfSums);
            sum %= Modulus;
            sumOfSums %= Modulus;
        }

        return sumOfSums << 16 | sum;
    }

    /// <summary>The plain loop. Sums are left to be reduced.</summary>
    internal static void Add(ReadOnlySpan<byte> data, ref uint sum, ref uint sumOfSums)
    {
        foreach (byte b in data)
        {
            sum += b;
            sumOfSums += sum;
        }
    }

    // 32 bytes at a time; gives the rest. The first of 32 bytes counts 32 times in the sum of sums, the last once.
    private static ReadOnlySpan<byte> AddVectors(ReadOnlySpan<byte> data, scoped ref uint sum, scoped ref uint sumOfSums)
    {
        Vector256<sbyte> weights = Vector256.Create((sbyte)32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
        Vector256<uint> sums = Vector256<uint>.Zero, before = Vector256<uint>.Zero, weighted = Vector256<uint>.Zero;
        ReadOnlySpan<Vector256<byte>> vectors = MemoryMarshal.Cast<byte, Vector256<byte>>(data);
        foreach (Vector256<byte> bytes in vectors)
        {
            before += sums;
            sums += Avx2.SumAbsoluteDifferences(bytes, Vector256<byte>.Zero).AsUInt32();
            weighted += Avx2.MultiplyAddAdjacent(Avx2.MultiplyAddAdjacent(bytes, weights), Vector256<short>.One).AsUInt32();
        }

        sumOfSums += (uint)(32 * vectors.Length) * sum + 32 * Vector256.Sum(before) + Vector256.Sum(weighted);
        sum += Vector256.Sum(sums);
        return data[(32 * vectors.Length)..];
    }
}
