using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>
/// Eight frames at a time, a frame for each number of a vector: triangles are short, and no sum over a vector is needed.
/// </content>
public sealed partial class MelFilterBank
{
    private const int Lanes = 8;

    // Eight frames with their frequencies outermost, and eight frames of bands likewise.
    private float[] turned = [];
    private float[] turnedBands = [];

    private static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    private void PlanVector()
    {
        turned = GC.AllocateArray<float>(Lanes * (Bins + Lanes), pinned: true);
        turnedBands = GC.AllocateArray<float>(Lanes * (Bands + Lanes), pinned: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ApplyVector(ReadOnlySpan<float> power, Span<float> mel, int frames)
    {
        for (int t = 0; t < frames; t += Lanes)
        {
            int count = Math.Min(Lanes, frames - t);
            FrequenciesOutermost(power.Slice(t * Bins, count * Bins), count);
            SumTriangles();
            FramesOutermost(mel.Slice(t * Bands, count * Bands), count);
        }
    }

    // Where there are fewer than eight frames, the last stands for those that are missing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FrequenciesOutermost(ReadOnlySpan<float> power, int count)
    {
        ref float row0 = ref MemoryMarshal.GetReference(power);
        ref float row1 = ref Unsafe.Add(ref row0, Math.Min(1, count - 1) * Bins);
        ref float row2 = ref Unsafe.Add(ref row0, Math.Min(2, count - 1) * Bins);
        ref float row3 = ref Unsafe.Add(ref row0, Math.Min(3, count - 1) * Bins);
        ref float row4 = ref Unsafe.Add(ref row0, Math.Min(4, count - 1) * Bins);
        ref float row5 = ref Unsafe.Add(ref row0, Math.Min(5, count - 1) * Bins);
        ref float row6 = ref Unsafe.Add(ref row0, Math.Min(6, count - 1) * Bins);
        ref float row7 = ref Unsafe.Add(ref row0, Math.Min(7, count - 1) * Bins);
        ref float to = ref MemoryMarshal.GetArrayDataReference(turned);
        int bin = 0;
        for (; bin + Lanes <= Bins; bin += Lanes)
        {
            Turn(
                Load(ref row0, bin), Load(ref row1, bin), Load(ref row2, bin), Load(ref row3, bin),
                Load(ref row4, bin), Load(ref row5, bin), Load(ref row6, bin), Load(ref row7, bin),
                ref Unsafe.Add(ref to, bin * Lanes), Lanes);
        }

        for (; bin < Bins; bin++)
        {
            for (int lane = 0; lane < Lanes; lane++)
            {
                turned[bin * Lanes + lane] = power[Math.Min(lane, count - 1) * Bins + bin];
            }
        }
    }

    // Two sums, so that one addition does not wait for the other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumTriangles()
    {
        ref float from = ref MemoryMarshal.GetArrayDataReference(turned);
        ref float to = ref MemoryMarshal.GetArrayDataReference(turnedBands);
        for (int band = 0; band < Bands; band++)
        {
            ref float weight = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(weights), starts[band]);
            ref float first = ref Unsafe.Add(ref from, firsts[band] * Lanes);
            int length = starts[band + 1] - starts[band];
            Vector256<float> even = Vector256<float>.Zero, odd = Vector256<float>.Zero;
            int i = 0;
            for (; i + 2 <= length; i += 2)
            {
                even = Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref weight, i)), Load(ref first, i * Lanes), even);
                odd = Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref weight, i + 1)), Load(ref first, (i + 1) * Lanes), odd);
            }

            if (i < length)
            {
                even = Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref weight, i)), Load(ref first, i * Lanes), even);
            }

            (even + odd).StoreUnsafe(ref to, (nuint)(band * Lanes));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FramesOutermost(Span<float> mel, int count)
    {
        ref float from = ref MemoryMarshal.GetArrayDataReference(turnedBands);
        int band = 0;
        for (; count == Lanes && band + Lanes <= Bands; band += Lanes)
        {
            ref float block = ref Unsafe.Add(ref from, band * Lanes);
            Turn(
                Load(ref block, 0), Load(ref block, 8), Load(ref block, 16), Load(ref block, 24),
                Load(ref block, 32), Load(ref block, 40), Load(ref block, 48), Load(ref block, 56),
                ref mel[band], Bands);
        }

        for (; band < Bands; band++)
        {
            for (int lane = 0; lane < count; lane++)
            {
                mel[lane * Bands + band] = turnedBands[band * Lanes + lane];
            }
        }
    }

    // Eight rows of eight numbers become eight columns, stored one after the other, stride apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d,
        Vector256<float> e, Vector256<float> f, Vector256<float> g, Vector256<float> h, ref float to, int stride)
    {
        Vector256<float> ab0 = Avx.UnpackLow(a, b), ab1 = Avx.UnpackHigh(a, b), cd0 = Avx.UnpackLow(c, d), cd1 = Avx.UnpackHigh(c, d);
        Vector256<float> ef0 = Avx.UnpackLow(e, f), ef1 = Avx.UnpackHigh(e, f), gh0 = Avx.UnpackLow(g, h), gh1 = Avx.UnpackHigh(g, h);
        Vector256<float> low0 = Avx.Shuffle(ab0, cd0, 0x44), low1 = Avx.Shuffle(ab0, cd0, 0xEE);
        Vector256<float> low2 = Avx.Shuffle(ab1, cd1, 0x44), low3 = Avx.Shuffle(ab1, cd1, 0xEE);
        Vector256<float> high0 = Avx.Shuffle(ef0, gh0, 0x44), high1 = Avx.Shuffle(ef0, gh0, 0xEE);
        Vector256<float> high2 = Avx.Shuffle(ef1, gh1, 0x44), high3 = Avx.Shuffle(ef1, gh1, 0xEE);
        Avx.Permute2x128(low0, high0, 0x20).StoreUnsafe(ref to);
        Avx.Permute2x128(low1, high1, 0x20).StoreUnsafe(ref to, (nuint)stride);
        Avx.Permute2x128(low2, high2, 0x20).StoreUnsafe(ref to, (nuint)(2 * stride));
        Avx.Permute2x128(low3, high3, 0x20).StoreUnsafe(ref to, (nuint)(3 * stride));
        Avx.Permute2x128(low0, high0, 0x31).StoreUnsafe(ref to, (nuint)(4 * stride));
        Avx.Permute2x128(low1, high1, 0x31).StoreUnsafe(ref to, (nuint)(5 * stride));
        Avx.Permute2x128(low2, high2, 0x31).StoreUnsafe(ref to, (nuint)(6 * stride));
        Avx.Permute2x128(low3, high3, 0x31).StoreUnsafe(ref to, (nuint)(7 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float array, int place) => Vector256.LoadUnsafe(ref array, (nuint)place);
}
