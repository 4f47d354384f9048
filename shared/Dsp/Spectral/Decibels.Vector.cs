using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Dsp.Spectral;

/// <content>Eight numbers at a time; each returns how many it did.</content>
public static partial class Decibels
{
    private const float DecibelsPerOctave = 3.01029995663981195f; // 10 log10 2

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FromPowerVector(Span<float> values, float least)
    {
        ref float data = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i + Vector256<float>.Count <= values.Length; i += Vector256<float>.Count)
        {
            Vector256<float> power = Vector256.Max(Vector256.LoadUnsafe(ref data, (nuint)i), Vector256.Create(least));
            (Logarithm.Log2(power) * DecibelsPerOctave).StoreUnsafe(ref data, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int GreatestVector(ReadOnlySpan<float> values, ref float greatest)
    {
        ref float data = ref MemoryMarshal.GetReference(values);
        Vector256<float> most = Vector256.Create(greatest);
        int i = 0;
        for (; i + Vector256<float>.Count <= values.Length; i += Vector256<float>.Count)
        {
            most = Vector256.Max(most, Vector256.LoadUnsafe(ref data, (nuint)i));
        }

        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            greatest = Math.Max(greatest, most[lane]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ShiftVector(Span<float> values, float zero, float floor)
    {
        ref float data = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i + Vector256<float>.Count <= values.Length; i += Vector256<float>.Count)
        {
            Vector256.Max(Vector256.LoadUnsafe(ref data, (nuint)i) - Vector256.Create(zero), Vector256.Create(floor)).StoreUnsafe(ref data, (nuint)i);
        }

        return i;
    }
}
