using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp;

/// <content>Many masks at once, for the exponents 1 and 2.</content>
internal static partial class SoftMask
{
    // Returns the first mask that is left to the reference. With q the lesser value divided by the greater, the mask is
    // 1 / (1 + q^p) of the greater and the rest of the lesser.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private static int FillVector(ReadOnlySpan<float> parts, ReadOnlySpan<float> others, float margin, bool isSquared, bool isSplit, Span<float> masks)
    {
        ref float x = ref MemoryMarshal.GetReference(parts), y = ref MemoryMarshal.GetReference(others[..parts.Length]);
        ref float to = ref MemoryMarshal.GetReference(masks[..parts.Length]);
        float ofNothing = isSplit ? 0.5f : 0;
        nuint i = 0, length = (nuint)parts.Length;
        if (Avx512F.IsSupported)
        {
            for (; i + 16 <= length; i += 16)
            {
                Vector512<float> part = Vector512.LoadUnsafe(ref x, i), other = Vector512.LoadUnsafe(ref y, i) * margin;
                Vector512<float> greater = Avx512F.Max(part, other), ratio = Avx512F.Min(part, other) / greater;
                ratio = isSquared ? ratio * ratio : ratio;
                Vector512<float> ofGreater = Vector512<float>.One / (Vector512<float>.One + ratio);
                Vector512<float> mask = Vector512.ConditionalSelect(Vector512.LessThan(part, other), ratio * ofGreater, ofGreater);
                Vector512.ConditionalSelect(Vector512.LessThan(greater, Vector512.Create(Tiny)), Vector512.Create(ofNothing), mask).StoreUnsafe(ref to, i);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; i + 8 <= length; i += 8)
            {
                Vector256<float> part = Vector256.LoadUnsafe(ref x, i), other = Vector256.LoadUnsafe(ref y, i) * margin;
                Vector256<float> greater = Avx.Max(part, other), ratio = Avx.Min(part, other) / greater;
                ratio = isSquared ? ratio * ratio : ratio;
                Vector256<float> ofGreater = Vector256<float>.One / (Vector256<float>.One + ratio);
                Vector256<float> mask = Vector256.ConditionalSelect(Vector256.LessThan(part, other), ratio * ofGreater, ofGreater);
                Vector256.ConditionalSelect(Vector256.LessThan(greater, Vector256.Create(Tiny)), Vector256.Create(ofNothing), mask).StoreUnsafe(ref to, i);
            }
        }

        return (int)i;
    }
}
