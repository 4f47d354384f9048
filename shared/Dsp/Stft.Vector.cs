using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp;

/// <content>Products and roots of many values at once.</content>
public sealed partial class Stft
{
    // Returns the first product that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private static int MultiplyVector(ReadOnlySpan<float> samples, ReadOnlySpan<float> window, Span<float> products)
    {
        ref float x = ref MemoryMarshal.GetReference(samples[..products.Length]);
        ref float w = ref MemoryMarshal.GetReference(window[..products.Length]);
        ref float to = ref MemoryMarshal.GetReference(products);
        nuint i = 0, length = (nuint)products.Length;
        if (Avx512F.IsSupported)
        {
            for (; i + 16 <= length; i += 16)
            {
                (Vector512.LoadUnsafe(ref x, i) * Vector512.LoadUnsafe(ref w, i)).StoreUnsafe(ref to, i);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; i + 8 <= length; i += 8)
            {
                (Vector256.LoadUnsafe(ref x, i) * Vector256.LoadUnsafe(ref w, i)).StoreUnsafe(ref to, i);
            }
        }

        return (int)i;
    }

    // Returns the first power that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private static int PowersVector(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> powers)
    {
        ref float re = ref MemoryMarshal.GetReference(real[..powers.Length]), im = ref MemoryMarshal.GetReference(imaginary[..powers.Length]);
        ref float to = ref MemoryMarshal.GetReference(powers);
        nuint i = 0, length = (nuint)powers.Length;
        if (Avx512F.IsSupported)
        {
            for (; i + 16 <= length; i += 16)
            {
                Vector512<float> a = Vector512.LoadUnsafe(ref re, i), b = Vector512.LoadUnsafe(ref im, i);
                (a * a + b * b).StoreUnsafe(ref to, i);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; i + 8 <= length; i += 8)
            {
                Vector256<float> a = Vector256.LoadUnsafe(ref re, i), b = Vector256.LoadUnsafe(ref im, i);
                (a * a + b * b).StoreUnsafe(ref to, i);
            }
        }

        return (int)i;
    }

    // Returns the first root that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private static int RootsVector(Span<float> values)
    {
        ref float at = ref MemoryMarshal.GetReference(values);
        nuint i = 0, length = (nuint)values.Length;
        if (Avx512F.IsSupported)
        {
            for (; i + 16 <= length; i += 16)
            {
                Vector512.Sqrt(Vector512.LoadUnsafe(ref at, i)).StoreUnsafe(ref at, i);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; i + 8 <= length; i += 8)
            {
                Vector256.Sqrt(Vector256.LoadUnsafe(ref at, i)).StoreUnsafe(ref at, i);
            }
        }

        return (int)i;
    }
}
