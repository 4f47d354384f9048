using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>Thirty-two values at a time, in sums that do not wait for each other; each returns how many it did.</content>
public sealed partial class RootMeanSquare
{
    private const int Lanes = 8;
    private const int Step = 4 * Lanes;

    private static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SumOfSquaresVector(ReadOnlySpan<float> values, ref double sum)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
        int i = 0;
        for (; i + Step <= values.Length; i += Step)
        {
            Vector256<float> x = Load(ref value, i), y = Load(ref value, i + Lanes), z = Load(ref value, i + 2 * Lanes), w = Load(ref value, i + 3 * Lanes);
            a = Fma.MultiplyAdd(x, x, a);
            b = Fma.MultiplyAdd(y, y, b);
            c = Fma.MultiplyAdd(z, z, c);
            d = Fma.MultiplyAdd(w, w, d);
        }

        sum += Vector256.Sum(a + b + (c + d));
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SumVector(ReadOnlySpan<float> values, ref double sum)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
        int i = 0;
        for (; i + Step <= values.Length; i += Step)
        {
            a += Load(ref value, i);
            b += Load(ref value, i + Lanes);
            c += Load(ref value, i + 2 * Lanes);
            d += Load(ref value, i + 3 * Lanes);
        }

        sum += Vector256.Sum(a + b + (c + d));
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float array, int place) => Vector256.LoadUnsafe(ref array, (nuint)place);
}
