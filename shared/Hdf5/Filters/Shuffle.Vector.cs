using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Hdf5.Filters;

/// <content>Elements of 8 bytes, which is what MSD's arrays are made of, sixteen at a time.</content>
internal static partial class Shuffle
{
    private static bool HasInterleave => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    /// <summary>Puts elements of 8 bytes together and gives how many: a multiple of sixteen, the rest is left.</summary>
    internal static int UndoVector8(ReadOnlySpan<byte> source, int count, int first, Span<byte> destination)
    {
        int wanted = destination.Length / 8;
        if (!HasInterleave || wanted < 16)
        {
            return 0;
        }

        ref byte from = ref MemoryMarshal.GetReference(source[first..(7 * count + first + wanted)]);
        ref byte to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= wanted - 16; i += 16)
        {
            // Bytes 0 to 7 of sixteen elements; then pairs of bytes, quads of bytes, whole elements.
            Vector128<byte> b0 = Vector128.LoadUnsafe(ref from, (nuint)i);
            Vector128<byte> b1 = Vector128.LoadUnsafe(ref from, (nuint)(i + count));
            Vector128<byte> b2 = Vector128.LoadUnsafe(ref from, (nuint)(i + 2 * count));
            Vector128<byte> b3 = Vector128.LoadUnsafe(ref from, (nuint)(i + 3 * count));
            Vector128<byte> b4 = Vector128.LoadUnsafe(ref from, (nuint)(i + 4 * count));
            Vector128<byte> b5 = Vector128.LoadUnsafe(ref from, (nuint)(i + 5 * count));
            Vector128<byte> b6 = Vector128.LoadUnsafe(ref from, (nuint)(i + 6 * count));
            Vector128<byte> b7 = Vector128.LoadUnsafe(ref from, (nuint)(i + 7 * count));

            Vector128<ushort> p01a = Low(b0, b1).AsUInt16(), p01b = High(b0, b1).AsUInt16();
            Vector128<ushort> p23a = Low(b2, b3).AsUInt16(), p23b = High(b2, b3).AsUInt16();
            Vector128<ushort> p45a = Low(b4, b5).AsUInt16(), p45b = High(b4, b5).AsUInt16();
            Vector128<ushort> p67a = Low(b6, b7).AsUInt16(), p67b = High(b6, b7).AsUInt16();

            Store(Low(p01a, p23a).AsUInt32(), Low(p45a, p67a).AsUInt32(), ref to, i);
            Store(High(p01a, p23a).AsUInt32(), High(p45a, p67a).AsUInt32(), ref to, i + 4);
            Store(Low(p01b, p23b).AsUInt32(), Low(p45b, p67b).AsUInt32(), ref to, i + 8);
            Store(High(p01b, p23b).AsUInt32(), High(p45b, p67b).AsUInt32(), ref to, i + 12);
        }

        return i;
    }

    // Lower and upper halves of four elements.
    private static void Store(Vector128<uint> lower, Vector128<uint> upper, ref byte to, int element)
    {
        Low(lower, upper).AsByte().StoreUnsafe(ref to, (nuint)(8 * element));
        High(lower, upper).AsByte().StoreUnsafe(ref to, (nuint)(8 * element + 16));
    }

    private static Vector128<byte> Low(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    private static Vector128<byte> High(Vector128<byte> a, Vector128<byte> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    private static Vector128<ushort> Low(Vector128<ushort> a, Vector128<ushort> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    private static Vector128<ushort> High(Vector128<ushort> a, Vector128<ushort> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);

    private static Vector128<uint> Low(Vector128<uint> a, Vector128<uint> b) => Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    private static Vector128<uint> High(Vector128<uint> a, Vector128<uint> b) => Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
