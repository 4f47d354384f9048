using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Pictures.Png;

/// <content>Eight bytes at a time. They are divided, not multiplied by 1/255, which is not the same number.</content>
internal sealed partial class SampleRow
{
    private static bool IsVectorSupported => Avx2.IsSupported;

    // Returns how many are done.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FromBytesVector(ReadOnlySpan<byte> row, Span<float> samples)
    {
        ref byte from = ref MemoryMarshal.GetReference(row);
        ref float to = ref MemoryMarshal.GetReference(samples);
        Vector256<float> full = Vector256.Create(255f);
        int i = 0;
        for (; i + Vector256<float>.Count <= samples.Length; i += Vector256<float>.Count)
        {
            Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref from, i))).AsByte();
            (Avx.ConvertToVector256Single(Avx2.ConvertToVector256Int32(bytes)) / full).StoreUnsafe(ref to, (nuint)i);
        }

        return i;
    }
}
