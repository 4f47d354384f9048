using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp;

/// <content>Many samples at once.</content>
public sealed partial class InverseStft
{
    /// <summary>As <see cref="AddProductsReference"/>; returns the first that is left to it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    internal static int AddProductsVector(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sums)
    {
        ref float x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b[..a.Length]);
        ref float to = ref MemoryMarshal.GetReference(sums[..a.Length]);
        nuint i = 0, length = (nuint)a.Length;
        if (Avx512F.IsSupported)
        {
            for (; i + 16 <= length; i += 16)
            {
                Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, i), Vector512.LoadUnsafe(ref y, i), Vector512.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; i + 8 <= length; i += 8)
            {
                (Vector256.LoadUnsafe(ref x, i) * Vector256.LoadUnsafe(ref y, i) + Vector256.LoadUnsafe(ref to, i)).StoreUnsafe(ref to, i);
            }
        }

        return (int)i;
    }
}
