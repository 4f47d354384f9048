using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Pictures.Png;

/// <content>
/// Up takes 32 bytes at a time and Sub of single bytes 16. The others go from pixel to pixel, the bytes of one side by side: a
/// pixel has to wait for the one before it, but once for all its bytes, and nothing waits for a guess at which neighbour is nearest.
/// </content>
internal static partial class RowFilter
{
    internal static bool IsVectorSupported => Avx2.IsSupported;

    /// <summary>Undoes what vectors can; returns how many bytes of the row are done.</summary>
    internal static int UndoVector(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step) => (filter, step) switch
    {
        (Sub, 1) => UndoSubOfBytes(row),
        (Sub, _) => UndoSub(row, step),
        (Up, _) => UndoUp(row, above),
        (Average, _) => UndoAverage(row, above, step),
        (Paeth, _) => UndoPaeth(row, above, step),
        _ => 0,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int UndoUp(Span<byte> row, ReadOnlySpan<byte> above)
    {
        ref byte to = ref MemoryMarshal.GetReference(row);
        ref byte up = ref MemoryMarshal.GetReference(above);
        int i = 0;
        for (; i + Vector256<byte>.Count <= row.Length; i += Vector256<byte>.Count)
        {
            (Vector256.LoadUnsafe(ref to, (nuint)i) + Vector256.LoadUnsafe(ref up, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        return i;
    }

    // Running sums: of two bytes, of four, of eight, of sixteen, and of all that came before.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int UndoSubOfBytes(Span<byte> row)
    {
        ref byte to = ref MemoryMarshal.GetReference(row);
        Vector128<byte> before = Vector128<byte>.Zero;
        Vector128<byte> last = Vector128.Create((byte)15);
        int i = 0;
        for (; i + Vector128<byte>.Count <= row.Length; i += Vector128<byte>.Count)
        {
            Vector128<byte> sum = Vector128.LoadUnsafe(ref to, (nuint)i);
            sum += Sse2.ShiftLeftLogical128BitLane(sum, 1);
            sum += Sse2.ShiftLeftLogical128BitLane(sum, 2);
            sum += Sse2.ShiftLeftLogical128BitLane(sum, 4);
            sum += Sse2.ShiftLeftLogical128BitLane(sum, 8);
            sum += before;
            sum.StoreUnsafe(ref to, (nuint)i);
            before = Ssse3.Shuffle(sum, last);
        }

        return i;
    }

    // Eight bytes are loaded whatever the step; those beyond the pixel are computed with and not stored.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int UndoSub(Span<byte> row, int step)
    {
        Vector128<byte> left = Vector128<byte>.Zero;
        int i = 0;
        for (; i + sizeof(ulong) <= row.Length; i += step)
        {
            left += Load(row, i);
            Store(left, row[i..], step);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int UndoAverage(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        Vector128<byte> left = Vector128<byte>.Zero;
        Vector128<byte> one = Vector128<byte>.One;
        int i = 0;
        for (; i + sizeof(ulong) <= row.Length; i += step)
        {
            // The instruction rounds up.
            Vector128<byte> up = Load(above, i);
            left = Load(row, i) + Sse2.Average(left, up) - ((left ^ up) & one);
            Store(left, row[i..], step);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int UndoPaeth(Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        Vector128<short> left = Vector128<short>.Zero, corner = Vector128<short>.Zero;
        Vector128<short> low = Vector128.Create((short)255);
        int i = 0;
        for (; i + sizeof(ulong) <= row.Length; i += step)
        {
            Vector128<short> up = Sse41.ConvertToVector128Int16(Load(above, i));
            Vector128<short> toLeft = up - corner, toAbove = left - corner;
            Vector128<short> toCorner = Vector128.Abs(toLeft + toAbove);
            toLeft = Vector128.Abs(toLeft);
            toAbove = Vector128.Abs(toAbove);
            Vector128<short> least = Vector128.Min(toCorner, Vector128.Min(toLeft, toAbove));
            Vector128<short> nearest = Vector128.ConditionalSelect(
                Vector128.Equals(least, toLeft), left, Vector128.ConditionalSelect(Vector128.Equals(least, toAbove), up, corner));
            left = (Sse41.ConvertToVector128Int16(Load(row, i)) + nearest) & low;
            corner = up;
            Store(Sse2.PackUnsignedSaturate(left, left), row[i..], step);
        }

        return i;
    }

    // From the second pixel on; the differences of a row do not wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long ApplyVector(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> filtered, out int done)
    {
        ref byte from = ref MemoryMarshal.GetReference(row);
        ref byte up = ref MemoryMarshal.GetReference(above);
        ref byte to = ref MemoryMarshal.GetReference(filtered);
        Vector256<long> sums = Vector256<long>.Zero;
        int i = step;
        for (; i + Vector256<byte>.Count <= row.Length; i += Vector256<byte>.Count)
        {
            Vector256<byte> left = Vector256.LoadUnsafe(ref from, (nuint)(i - step)), over = Vector256.LoadUnsafe(ref up, (nuint)i);
            Vector256<byte> difference = Vector256.LoadUnsafe(ref from, (nuint)i) - filter switch
            {
                None => Vector256<byte>.Zero,
                Sub => left,
                Up => over,
                Average => Avx2.Average(left, over) - ((left ^ over) & Vector256<byte>.One),
                _ => Nearest(left, over, Vector256.LoadUnsafe(ref up, (nuint)(i - step))),
            };
            difference.StoreUnsafe(ref to, (nuint)i);
            sums += Avx2.SumAbsoluteDifferences(Avx2.Abs(difference.AsSByte()), Vector256<byte>.Zero).AsInt64();
        }

        done = i;
        return Vector256.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Nearest(Vector256<byte> left, Vector256<byte> above, Vector256<byte> corner)
    {
        Vector256<byte> zero = Vector256<byte>.Zero; // interleaving and packing keep to the same halves
        return Avx2.PackUnsignedSaturate(
            Nearest(Avx2.UnpackLow(left, zero).AsInt16(), Avx2.UnpackLow(above, zero).AsInt16(), Avx2.UnpackLow(corner, zero).AsInt16()),
            Nearest(Avx2.UnpackHigh(left, zero).AsInt16(), Avx2.UnpackHigh(above, zero).AsInt16(), Avx2.UnpackHigh(corner, zero).AsInt16()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Nearest(Vector256<short> left, Vector256<short> above, Vector256<short> corner)
    {
        Vector256<short> toLeft = above - corner, toAbove = left - corner;
        Vector256<short> toCorner = Vector256.Abs(toLeft + toAbove);
        toLeft = Vector256.Abs(toLeft);
        toAbove = Vector256.Abs(toAbove);
        Vector256<short> least = Vector256.Min(toCorner, Vector256.Min(toLeft, toAbove));
        return Vector256.ConditionalSelect(
            Vector256.Equals(least, toLeft), left, Vector256.ConditionalSelect(Vector256.Equals(least, toAbove), above, corner));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Load(ReadOnlySpan<byte> bytes, int place) =>
        Vector128.CreateScalarUnsafe(BinaryPrimitives.ReadUInt64LittleEndian(bytes[place..])).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<byte> pixel, Span<byte> to, int step)
    {
        ulong bytes = pixel.AsUInt64().ToScalar();
        switch (step)
        {
            case 1:
                to[0] = (byte)bytes;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)bytes);
                break;
            case 3:
                BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)bytes);
                to[2] = (byte)(bytes >> 16);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)bytes);
                break;
            case 6:
                BinaryPrimitives.WriteUInt32LittleEndian(to, (uint)bytes);
                BinaryPrimitives.WriteUInt16LittleEndian(to[4..], (ushort)(bytes >> 32));
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(to, bytes);
                break;
        }
    }
}
