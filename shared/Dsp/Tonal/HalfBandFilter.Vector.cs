using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Tonal;

/// <content>Thirty-two outputs at a time, whose sums stay in registers while the coefficients pass by.</content>
internal sealed partial class HalfBandFilter
{
    private const int Lanes = 8;
    private const int Block = 4 * Lanes;

    private static bool IsVectorSupported => Avx2.IsSupported;

    // Returns how many even samples it did, and as many odd ones.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private int SplitVector(ReadOnlySpan<float> input)
    {
        ref float from = ref MemoryMarshal.GetReference(input);
        ref float toEven = ref MemoryMarshal.GetArrayDataReference(even);
        ref float toOdd = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(odd), taps.Length);
        int i = 0;
        for (; 2 * (i + Lanes) <= input.Length; i += Lanes)
        {
            var a = Vector256.LoadUnsafe(ref from, (nuint)(2 * i));
            var b = Vector256.LoadUnsafe(ref from, (nuint)(2 * i + Lanes));
            Vector256<double> evens = Avx.Shuffle(a, b, 0b10_00_10_00).AsDouble();
            Vector256<double> odds = Avx.Shuffle(a, b, 0b11_01_11_01).AsDouble();
            Avx2.Permute4x64(evens, 0b11_01_10_00).AsSingle().StoreUnsafe(ref toEven, (nuint)i);
            Avx2.Permute4x64(odds, 0b11_01_10_00).AsSingle().StoreUnsafe(ref toOdd, (nuint)i);
        }

        return i;
    }

    // Returns how many outputs it did.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int HalveVector(Span<float> output)
    {
        ref float evens = ref MemoryMarshal.GetArrayDataReference(even);
        ref float odds = ref MemoryMarshal.GetArrayDataReference(odd);
        ref float to = ref MemoryMarshal.GetReference(output);
        int m = 0;
        for (; m + Block <= output.Length; m += Block)
        {
            Vector256<float> a = Vector256.LoadUnsafe(ref evens, (nuint)m) * 0.5f;
            Vector256<float> b = Vector256.LoadUnsafe(ref evens, (nuint)(m + Lanes)) * 0.5f;
            Vector256<float> c = Vector256.LoadUnsafe(ref evens, (nuint)(m + 2 * Lanes)) * 0.5f;
            Vector256<float> d = Vector256.LoadUnsafe(ref evens, (nuint)(m + 3 * Lanes)) * 0.5f;
            for (int j = 0; j < taps.Length; j++)
            {
                var tap = Vector256.Create(taps[j]);
                nuint behind = (nuint)(taps.Length + m + j);
                nuint before = (nuint)(taps.Length + m - 1 - j);
                a = Vector256.MultiplyAddEstimate(Pair(ref odds, behind, before), tap, a);
                b = Vector256.MultiplyAddEstimate(Pair(ref odds, behind + Lanes, before + Lanes), tap, b);
                c = Vector256.MultiplyAddEstimate(Pair(ref odds, behind + 2 * Lanes, before + 2 * Lanes), tap, c);
                d = Vector256.MultiplyAddEstimate(Pair(ref odds, behind + 3 * Lanes, before + 3 * Lanes), tap, d);
            }

            a.StoreUnsafe(ref to, (nuint)m);
            b.StoreUnsafe(ref to, (nuint)(m + Lanes));
            c.StoreUnsafe(ref to, (nuint)(m + 2 * Lanes));
            d.StoreUnsafe(ref to, (nuint)(m + 3 * Lanes));
        }

        return m;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(ref float odds, nuint behind, nuint before)
        => Vector256.LoadUnsafe(ref odds, behind) + Vector256.LoadUnsafe(ref odds, before);
}
