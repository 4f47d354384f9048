using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Rhythm;

/// <content>Eight bands at a time; the median is found bit by bit, by counting, because values not below 0 order as their bits do.</content>
public sealed partial class OnsetStrength
{
    private const int Lanes = 8;

    private static bool IsVectorSupported => Avx2.IsSupported;

    // Returns how many bands it did.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private static int SumVector(ReadOnlySpan<float> now, ReadOnlySpan<float> before, ref float sum)
    {
        ref float a = ref MemoryMarshal.GetReference(now);
        ref float b = ref MemoryMarshal.GetReference(before[..now.Length]);
        Vector256<float> total = default;
        int band = 0;
        for (; band + Lanes <= now.Length; band += Lanes)
        {
            total += Vector256.Max(default, Vector256.LoadUnsafe(ref a, (nuint)band) - Vector256.LoadUnsafe(ref b, (nuint)band));
        }

        sum += Vector256.Sum(total);
        return band;
    }

    // The greatest number that at most so many values are below is the value of that rank.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float MedianVector(ReadOnlySpan<float> values)
    {
        int rank = (values.Length - 1) / 2;
        ref int bits = ref Unsafe.As<float, int>(ref MemoryMarshal.GetReference(values));
        int lower = 0;
        for (int bit = 1 << 30; bit > 0; bit >>= 1)
        {
            if (CountBelow(ref bits, values.Length, lower | bit) <= rank)
            {
                lower |= bit;
            }
        }

        if (values.Length % 2 == 1 || CountBelow(ref bits, values.Length, lower + 1) > rank + 1)
        {
            return BitConverter.Int32BitsToSingle(lower);
        }

        int upper = int.MaxValue;
        for (int i = 0; i < values.Length; i++)
        {
            int value = Unsafe.Add(ref bits, i);
            upper = value > lower ? Math.Min(upper, value) : upper;
        }

        return (BitConverter.Int32BitsToSingle(lower) + BitConverter.Int32BitsToSingle(upper)) / 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountBelow(ref int bits, int count, int limit)
    {
        var limits = Vector256.Create(limit);
        Vector256<int> below = default;
        for (int i = 0; i < count; i += Lanes)
        {
            below -= Vector256.LessThan(Vector256.LoadUnsafe(ref bits, (nuint)i), limits);
        }

        return Vector256.Sum(below);
    }
}
