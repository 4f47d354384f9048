using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>
/// The few greatest and least of many values. Sixteen lanes each find their greatest; of those, the n-th is no greater than the
/// n-th of all values, so that only the few that reach it have to be looked at one by one. The least are found likewise.
/// </content>
public sealed partial class SpectralContrast
{
    private const int Lanes = 8;
    private const int Step = 2 * Lanes;

    private static bool IsVectorSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static (float Peak, float Valley) ExtremesVector(ReadOnlySpan<float> values, int count)
    {
        if (values.Length < Step || count > Step)
        {
            return ExtremesReference(values, count);
        }

        ref float value = ref MemoryMarshal.GetReference(values);
        Vector256<float> mostA = Load(ref value, 0), mostB = Load(ref value, Lanes), leastA = mostA, leastB = mostB;
        int i = Step;
        for (; i + Step <= values.Length; i += Step)
        {
            Vector256<float> a = Load(ref value, i), b = Load(ref value, i + Lanes);
            (mostA, mostB) = (Vector256.Max(mostA, a), Vector256.Max(mostB, b));
            (leastA, leastB) = (Vector256.Min(leastA, a), Vector256.Min(leastB, b));
        }

        // The values are not negative, so that the least of them are the greatest of their negatives. The lists hold the
        // greatest found so far, the least of these first.
        Span<float> lists = stackalloc float[2 * Step];
        Span<float> peaks = lists[..count], valleys = lists.Slice(Step, count);
        peaks.Fill(float.NegativeInfinity);
        valleys.Fill(float.NegativeInfinity);
        for (int lane = 0; lane < Lanes; lane++)
        {
            Insert(peaks, mostA[lane]);
            Insert(peaks, mostB[lane]);
            Insert(valleys, -leastA[lane]);
            Insert(valleys, -leastB[lane]);
        }

        int rest = i;
        if (count > 1)
        {
            Vector256<float> high = Vector256.Create(peaks[0]), low = Vector256.Create(-valleys[0]);
            peaks.Fill(float.NegativeInfinity);
            valleys.Fill(float.NegativeInfinity);
            for (i = 0; i < rest; i += Lanes)
            {
                Vector256<float> a = Load(ref value, i);
                for (uint mask = Vector256.GreaterThanOrEqual(a, high).ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
                {
                    Insert(peaks, Unsafe.Add(ref value, i + BitOperations.TrailingZeroCount(mask)));
                }

                for (uint mask = Vector256.LessThanOrEqual(a, low).ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
                {
                    Insert(valleys, -Unsafe.Add(ref value, i + BitOperations.TrailingZeroCount(mask)));
                }
            }
        }

        for (i = rest; i < values.Length; i++)
        {
            Insert(peaks, values[i]);
            Insert(valleys, -values[i]);
        }

        float peak = 0, valley = 0;
        for (int k = 0; k < count; k++)
        {
            peak += peaks[k];
            valley -= valleys[k];
        }

        return (peak / count, valley / count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Insert(Span<float> ascending, float value)
    {
        if (value <= ascending[0])
        {
            return;
        }

        int k = 1;
        for (; k < ascending.Length && ascending[k] < value; k++)
        {
            ascending[k - 1] = ascending[k];
        }

        ascending[k - 1] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float array, int place) => Vector256.LoadUnsafe(ref array, (nuint)place);
}
