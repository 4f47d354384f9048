using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ArmCrc32 = System.Runtime.Intrinsics.Arm.Crc32;

namespace Pipeline.Parquet.Codecs;

/// <content>
/// CRC-32 with carry-less multiplication on x86, and with the CRC instructions on Arm.
///
/// A block of data is a polynomial, and only its remainder modulo P counts. Moving a 128-bit register D bits ahead
/// multiplies it by x^D; its two halves are multiplied by x^(D+32) mod P and x^(D-32) mod P instead, which has the
/// same remainder and fits in 128 bits again, so that it can be XORed onto the data found there ("folding").
/// The two constants of a distance are reflected and shifted left by one, as a product of reflected polynomials
/// is one bit too low.
/// The loops are compiled in full at their first call: see ByteStreamSplit.Vector.cs for why.
/// See V. Gopal et al., Fast CRC Computation for Generic Polynomials Using PCLMULQDQ Instruction, Intel, 2009.
/// </content>
internal static unsafe partial class Crc32
{
    internal const ulong Ahead128Low = 0x1_751997D0;    // x^160 mod P
    internal const ulong Ahead128High = 0x0_CCAA009E;   // x^96 mod P
    internal const ulong Ahead512Low = 0x1_54442BD4;    // x^544 mod P
    internal const ulong Ahead512High = 0x1_C6E41596;   // x^480 mod P
    internal const ulong Ahead2048Low = 0x1_1542778A;   // x^2080 mod P
    internal const ulong Ahead2048High = 0x1_322D1430;  // x^2016 mod P

    internal static bool IsVectorSupported => Pclmulqdq.IsSupported || ArmCrc32.Arm64.IsSupported;

    /// <summary><see cref="Append"/> with vector or CRC instructions, where <see cref="IsVectorSupported"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static uint AppendVector(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint register = ~crc;
        if (ArmCrc32.Arm64.IsSupported)
        {
            return ~AdvanceByArmCrc(register, bytes);
        }

        fixed (byte* start = bytes)
        {
            byte* at = start;
            byte* end = start + bytes.Length;
            if (end - at >= 4 * Vector128<byte>.Count)
            {
                // The register is XORed onto the first four bytes, as in the reference.
                Vector128<byte> initial = Vector128.CreateScalar(register).AsByte();
                Vector128<byte> folded = Pclmulqdq.V512.IsSupported && end - at >= 4 * Vector512<byte>.Count
                    ? FoldBy2048(ref at, end, initial)
                    : FoldBy512(ref at, end, initial);

                Vector128<ulong> ahead128 = Vector128.Create(Ahead128Low, Ahead128High);
                for (; end - at >= Vector128<byte>.Count; at += Vector128<byte>.Count)
                {
                    folded = Fold(folded, ahead128) ^ Vector128.Load(at);
                }

                // 16 bytes with the checksum of everything so far: the tables reduce them to 32 bits.
                register = AdvanceByTable(0, new ReadOnlySpan<byte>(&folded, Vector128<byte>.Count));
            }

            return ~AdvanceByTable(register, new ReadOnlySpan<byte>(at, (int)(end - at)));
        }
    }

    // Four registers side by side, so that the multiplications of one do not wait for those of another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<byte> FoldBy512(ref byte* at, byte* end, Vector128<byte> initial)
    {
        const int Size = 16;
        Vector128<ulong> ahead512 = Vector128.Create(Ahead512Low, Ahead512High);

        Vector128<byte> a = Vector128.Load(at) ^ initial;
        Vector128<byte> b = Vector128.Load(at + Size);
        Vector128<byte> c = Vector128.Load(at + 2 * Size);
        Vector128<byte> d = Vector128.Load(at + 3 * Size);
        byte* next = at + 4 * Size;

        for (; end - next >= 4 * Size; next += 4 * Size)
        {
            a = Fold(a, ahead512) ^ Vector128.Load(next);
            b = Fold(b, ahead512) ^ Vector128.Load(next + Size);
            c = Fold(c, ahead512) ^ Vector128.Load(next + 2 * Size);
            d = Fold(d, ahead512) ^ Vector128.Load(next + 3 * Size);
        }

        at = next;
        return Join(a, b, c, d);
    }

    // The same with registers of 512 bits, each four polynomials that move ahead together.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector128<byte> FoldBy2048(ref byte* at, byte* end, Vector128<byte> initial)
    {
        const int Size = 64;
        Vector512<ulong> ahead2048 = Vector512.Create(Vector256.Create(Vector128.Create(Ahead2048Low, Ahead2048High)));
        Vector512<ulong> ahead512 = Vector512.Create(Vector256.Create(Vector128.Create(Ahead512Low, Ahead512High)));

        Vector512<byte> a = Vector512.Load(at) ^ initial.ToVector256().ToVector512();
        Vector512<byte> b = Vector512.Load(at + Size);
        Vector512<byte> c = Vector512.Load(at + 2 * Size);
        Vector512<byte> d = Vector512.Load(at + 3 * Size);
        byte* next = at + 4 * Size;

        for (; end - next >= 4 * Size; next += 4 * Size)
        {
            a = Fold(a, ahead2048) ^ Vector512.Load(next);
            b = Fold(b, ahead2048) ^ Vector512.Load(next + Size);
            c = Fold(c, ahead2048) ^ Vector512.Load(next + 2 * Size);
            d = Fold(d, ahead2048) ^ Vector512.Load(next + 3 * Size);
        }

        at = next;
        b ^= Fold(a, ahead512);
        c ^= Fold(b, ahead512);
        d ^= Fold(c, ahead512);
        return Join(d.GetLower().GetLower(), d.GetLower().GetUpper(), d.GetUpper().GetLower(), d.GetUpper().GetUpper());
    }

    private static Vector128<byte> Join(Vector128<byte> a, Vector128<byte> b, Vector128<byte> c, Vector128<byte> d)
    {
        Vector128<ulong> ahead128 = Vector128.Create(Ahead128Low, Ahead128High);
        b ^= Fold(a, ahead128);
        c ^= Fold(b, ahead128);
        d ^= Fold(c, ahead128);
        return d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Fold(Vector128<byte> register, Vector128<ulong> ahead)
    {
        Vector128<ulong> low = Pclmulqdq.CarrylessMultiply(register.AsUInt64(), ahead, 0x00);
        Vector128<ulong> high = Pclmulqdq.CarrylessMultiply(register.AsUInt64(), ahead, 0x11);
        return (low ^ high).AsByte();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Fold(Vector512<byte> register, Vector512<ulong> ahead)
    {
        Vector512<ulong> low = Pclmulqdq.V512.CarrylessMultiply(register.AsUInt64(), ahead, 0x00);
        Vector512<ulong> high = Pclmulqdq.V512.CarrylessMultiply(register.AsUInt64(), ahead, 0x11);
        return (low ^ high).AsByte();
    }

    private static uint AdvanceByArmCrc(uint register, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            register = ArmCrc32.Arm64.ComputeCrc32(register, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte b in bytes)
        {
            register = ArmCrc32.ComputeCrc32(register, b);
        }

        return register;
    }
}
