using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>Four classes of two frames at a time: eight sums, each value loaded once for several of them.</content>
public sealed partial class ChromaFilterBank
{
    private const int Tile = 4;

    private static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyVector(ReadOnlySpan<float> power, Span<float> chroma, int frames)
    {
        for (int t = 0; t < frames; t += 2)
        {
            // The last of an odd number is computed twice.
            int other = Math.Min(t + 1, frames - 1);
            ref float left = ref MemoryMarshal.GetReference(power.Slice(t * Bins, Bins));
            ref float right = ref MemoryMarshal.GetReference(power.Slice(other * Bins, Bins));
            for (int c = 0; c < Classes; c += Tile)
            {
                ref float w0 = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(weights), c * stride);
                ref float w1 = ref Unsafe.Add(ref w0, stride);
                ref float w2 = ref Unsafe.Add(ref w1, stride);
                ref float w3 = ref Unsafe.Add(ref w2, stride);
                Vector256<float> a0 = Vector256<float>.Zero, a1 = a0, a2 = a0, a3 = a0, b0 = a0, b1 = a0, b2 = a0, b3 = a0;
                int bin = 0;
                for (; bin + Vector256<float>.Count <= Bins; bin += Vector256<float>.Count)
                {
                    Vector256<float> a = Load(ref left, bin), b = Load(ref right, bin), w = Load(ref w0, bin);
                    a0 = Fma.MultiplyAdd(a, w, a0);
                    b0 = Fma.MultiplyAdd(b, w, b0);
                    w = Load(ref w1, bin);
                    a1 = Fma.MultiplyAdd(a, w, a1);
                    b1 = Fma.MultiplyAdd(b, w, b1);
                    w = Load(ref w2, bin);
                    a2 = Fma.MultiplyAdd(a, w, a2);
                    b2 = Fma.MultiplyAdd(b, w, b2);
                    w = Load(ref w3, bin);
                    a3 = Fma.MultiplyAdd(a, w, a3);
                    b3 = Fma.MultiplyAdd(b, w, b3);
                }

                Vector128<float> sumA = Sums(a0, a1, a2, a3), sumB = Sums(b0, b1, b2, b3);
                for (; bin < Bins; bin++)
                {
                    Vector128<float> w = Vector128.Create(Unsafe.Add(ref w0, bin), Unsafe.Add(ref w1, bin), Unsafe.Add(ref w2, bin), Unsafe.Add(ref w3, bin));
                    sumA = Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref left, bin)), w, sumA);
                    sumB = Fma.MultiplyAdd(Vector128.Create(Unsafe.Add(ref right, bin)), w, sumB);
                }

                Store(sumA, chroma.Slice(t * Classes + c, Math.Min(Tile, Classes - c)));
                Store(sumB, chroma.Slice(other * Classes + c, Math.Min(Tile, Classes - c)));
            }
        }
    }

    // The sum of each of four vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Sums(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector256<float> sums = Avx.HorizontalAdd(Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d));
        return sums.GetLower() + sums.GetUpper();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> values, Span<float> to)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = values[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float array, int place) => Vector256.LoadUnsafe(ref array, (nuint)place);
}
