using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Segments;

/// <content>
/// The sums of up to 24 bands of four frames stand in twelve registers while the bins pass by: each weight is loaded once
/// for the four frames, each power is spread over the bands.
/// </content>
public sealed partial class AuditorySpectrogram
{
    private const int Lanes = 8;
    private const int MostVectorBands = 3 * Lanes;

    private static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumBandsVector()
    {
        int bins = stft.Bins;
        ref float p = ref MemoryMarshal.GetArrayDataReference(power);
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights);
        Vector256<float> a0 = default, a1 = default, a2 = default, b0 = default, b1 = default, b2 = default;
        Vector256<float> c0 = default, c1 = default, c2 = default, d0 = default, d1 = default, d2 = default;
        for (int bin = 0; bin < bins; bin++, w = ref Unsafe.Add(ref w, MostVectorBands))
        {
            Vector256<float> w0 = Vector256.LoadUnsafe(ref w), w1 = Vector256.LoadUnsafe(ref w, Lanes), w2 = Vector256.LoadUnsafe(ref w, 2 * Lanes);
            Add(Unsafe.Add(ref p, bin), w0, w1, w2, ref a0, ref a1, ref a2);
            Add(Unsafe.Add(ref p, bins + bin), w0, w1, w2, ref b0, ref b1, ref b2);
            Add(Unsafe.Add(ref p, 2 * bins + bin), w0, w1, w2, ref c0, ref c1, ref c2);
            Add(Unsafe.Add(ref p, 3 * bins + bin), w0, w1, w2, ref d0, ref d1, ref d2);
        }

        ref float to = ref MemoryMarshal.GetArrayDataReference(sums);
        Store(ref to, 0, a0, a1, a2);
        Store(ref to, 1, b0, b1, b2);
        Store(ref to, 2, c0, c1, c2);
        Store(ref to, 3, d0, d1, d2);
    }

    // From the last on; returns how many of the first are left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int MaskVector(Span<float> powers, int bands)
    {
        ref float place = ref MemoryMarshal.GetReference(powers);
        int left = powers.Length;
        for (; bands >= Lanes && left - Lanes >= (masking.Length - 1) * bands; left -= Lanes)
        {
            Vector256<float> sum = default;
            for (int k = 0; k < masking.Length; k++)
            {
                sum = Fma.MultiplyAdd(Vector256.Create(masking[k]), Vector256.LoadUnsafe(ref place, (nuint)(left - Lanes - k * bands)), sum);
            }

            sum.StoreUnsafe(ref place, (nuint)(left - Lanes));
        }

        return left;
    }

    // Returns the first that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ToDecibelsVector(Span<float> values, float floor)
    {
        ref float place = ref MemoryMarshal.GetReference(values);
        Vector256<float> least = Vector256.Create(floor), scale = Vector256.Create((float)(10 * Math.Log10(2)));
        int i = 0;
        for (; i + Lanes <= values.Length; i += Lanes)
        {
            (Vector256.Log2(Vector256.Max(Vector256.LoadUnsafe(ref place, (nuint)i), least)) * scale).StoreUnsafe(ref place, (nuint)i);
        }

        return i;
    }

    // Returns the first that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ToPowersVector(Span<float> decibels)
    {
        ref float place = ref MemoryMarshal.GetReference(decibels);
        Vector256<float> scale = Vector256.Create((float)(Math.Log(10) / 10));
        int i = 0;
        for (; i + Lanes <= decibels.Length; i += Lanes)
        {
            Vector256.Exp(Vector256.LoadUnsafe(ref place, (nuint)i) * scale).StoreUnsafe(ref place, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        float power, Vector256<float> w0, Vector256<float> w1, Vector256<float> w2,
        ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
    {
        Vector256<float> spread = Vector256.Create(power);
        s0 = Fma.MultiplyAdd(spread, w0, s0);
        s1 = Fma.MultiplyAdd(spread, w1, s1);
        s2 = Fma.MultiplyAdd(spread, w2, s2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float sums, int frame, Vector256<float> s0, Vector256<float> s1, Vector256<float> s2)
    {
        s0.StoreUnsafe(ref sums, (nuint)(frame * MostVectorBands));
        s1.StoreUnsafe(ref sums, (nuint)(frame * MostVectorBands + Lanes));
        s2.StoreUnsafe(ref sums, (nuint)(frame * MostVectorBands + 2 * Lanes));
    }
}
