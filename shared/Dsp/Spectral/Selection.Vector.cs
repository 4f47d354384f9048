using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>
/// By halving the range in which the value lies: counting what is not above a bound costs less than moving values about. Bounds
/// are halved by the bits of numbers, in whose order there are at most 2^32.
/// </content>
internal static partial class Selection
{
    private static bool IsVectorSupported => Avx2.IsSupported;

    /// <summary>The value that would stand at place <paramref name="k"/> if they were sorted; nothing is moved.</summary>
    internal static float SelectVector(ReadOnlySpan<float> values, int k)
    {
        (float min, float max) = Moments.Extremes(values);
        (long low, long high) = (Place(min), Place(max));
        while (low < high)
        {
            long middle = (low + high) >> 1;
            if (CountUpTo(values, Number((int)middle)) > k)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return Number((int)low);
    }

    // Where a number stands among all numbers, and the number of a place.
    private static int Place(float number) => BitConverter.SingleToInt32Bits(number) is var bits && bits < 0 ? bits ^ int.MaxValue : bits;

    private static float Number(int place) => BitConverter.Int32BitsToSingle(place < 0 ? place ^ int.MaxValue : place);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountUpTo(ReadOnlySpan<float> values, float bound)
    {
        const int lanes = 8;
        ref float value = ref MemoryMarshal.GetReference(values);
        var bounds = Vector256.Create(bound);
        Vector256<int> a = Vector256<int>.Zero, b = a; // counted downwards: true is -1
        int i = 0;
        for (; i + 2 * lanes <= values.Length; i += 2 * lanes)
        {
            a += Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref value, (nuint)i), bounds).AsInt32();
            b += Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref value, (nuint)(i + lanes)), bounds).AsInt32();
        }

        int count = -Vector256.Sum(a + b);
        for (; i < values.Length; i++)
        {
            count += Unsafe.Add(ref value, i) <= bound ? 1 : 0;
        }

        return count;
    }
}
