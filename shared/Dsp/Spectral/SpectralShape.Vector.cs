using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>
/// Sixteen values at a time, in two sums that do not wait for each other: each lane adds up few enough for single precision.
/// </content>
public sealed partial class SpectralShape
{
    private const int Lanes = 8;
    private const int Step = 2 * Lanes;

    private float[] places = []; // 0, 1, 2, ...

    private static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    private void PlanVector()
    {
        places = GC.AllocateArray<float>(Bins, pinned: true);
        for (int bin = 0; bin < Bins; bin++)
        {
            places[bin] = bin;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Sum, double Moment) MomentsVector(ReadOnlySpan<float> magnitude)
    {
        ref float value = ref MemoryMarshal.GetReference(magnitude);
        ref float place = ref MemoryMarshal.GetArrayDataReference(places);
        Vector256<float> sumA = Vector256<float>.Zero, sumB = sumA, momentA = sumA, momentB = sumA;
        int i = 0;
        for (; i + Step <= magnitude.Length; i += Step)
        {
            Vector256<float> a = Load(ref value, i), b = Load(ref value, i + Lanes);
            sumA += a;
            sumB += b;
            momentA = Fma.MultiplyAdd(a, Load(ref place, i), momentA);
            momentB = Fma.MultiplyAdd(b, Load(ref place, i + Lanes), momentB);
        }

        double sum = Vector256.Sum(sumA + sumB), moment = Vector256.Sum(momentA + momentB);
        for (; i < magnitude.Length; i++)
        {
            sum += magnitude[i];
            moment += (double)i * magnitude[i];
        }

        return (sum, moment);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Sum, double Moment) SpreadVector(ReadOnlySpan<float> magnitude, double centre)
    {
        ref float value = ref MemoryMarshal.GetReference(magnitude);
        ref float place = ref MemoryMarshal.GetArrayDataReference(places);
        var middle = Vector256.Create((float)centre);
        Vector256<float> sumA = Vector256<float>.Zero, sumB = sumA, momentA = sumA, momentB = sumA;
        int i = 0;
        for (; i + Step <= magnitude.Length; i += Step)
        {
            Vector256<float> a = Load(ref value, i), b = Load(ref value, i + Lanes);
            Vector256<float> distanceA = Load(ref place, i) - middle, distanceB = Load(ref place, i + Lanes) - middle;
            sumA += a;
            sumB += b;
            momentA = Fma.MultiplyAdd(a, distanceA * distanceA, momentA);
            momentB = Fma.MultiplyAdd(b, distanceB * distanceB, momentB);
        }

        double sum = Vector256.Sum(sumA + sumB), moment = Vector256.Sum(momentA + momentB);
        for (; i < magnitude.Length; i++)
        {
            sum += magnitude[i];
            moment += (i - centre) * (i - centre) * magnitude[i];
        }

        return (sum, moment);
    }

    // Adds up blocks until one reaches the goal, and looks for the place within it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int RollOffVector(ReadOnlySpan<float> magnitude, double share)
    {
        const int blockLength = 4 * Lanes;
        ref float value = ref MemoryMarshal.GetReference(magnitude);
        int blocks = magnitude.Length / blockLength;
        Span<float> sums = blocks <= 256 ? stackalloc float[blocks] : new float[blocks];
        double total = 0;
        for (int block = 0; block < blocks; block++)
        {
            int i = block * blockLength;
            sums[block] = Vector256.Sum(Load(ref value, i) + Load(ref value, i + Lanes) + (Load(ref value, i + 2 * Lanes) + Load(ref value, i + 3 * Lanes)));
            total += sums[block];
        }

        foreach (float rest in magnitude[(blocks * blockLength)..])
        {
            total += rest;
        }

        double goal = share * total, sum = 0;
        int reached = 0;
        for (; reached < blocks && sum + sums[reached] < goal; reached++)
        {
            sum += sums[reached];
        }

        return reached * blockLength + FirstToReach(goal, sum, magnitude[(reached * blockLength)..]);
    }

    // The logarithm of a product is the sum of logarithms: mantissas, from 1 to 2, are multiplied and exponents added, and one
    // logarithm is enough for many values.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Logarithms, double Sum) MeansVector(ReadOnlySpan<float> power, float least)
    {
        const int mostFactors = 100; // each less than 2: below the greatest number of single precision, 2^128
        ref float value = ref MemoryMarshal.GetReference(power);
        var floor = Vector256.Create(least);
        Vector256<int> one = Vector256.Create(0x3F800000), mantissa = Vector256.Create(0x007FFFFF);
        Vector256<float> sum = Vector256<float>.Zero;
        double logarithms = 0; // to base 2
        int i = 0;
        while (i + Lanes <= power.Length)
        {
            int end = Math.Min(power.Length - Lanes, i + (mostFactors - 1) * Lanes);
            int first = i;
            Vector256<float> product = Vector256<float>.One;
            Vector256<int> exponents = Vector256<int>.Zero;
            for (; i <= end; i += Lanes)
            {
                Vector256<float> x = Vector256.Max(Load(ref value, i), floor);
                sum += x;
                exponents += x.AsInt32() >> 23;
                product *= (x.AsInt32() & mantissa | one).AsSingle();
            }

            logarithms += Vector256.Sum(Logarithm.Log2(product)) + Vector256.Sum(exponents) - 127.0 * (i - first);
        }

        (double restLogarithms, double restSum) = MeansReference(power[i..], least);
        return (logarithms * Math.Log(2) + restLogarithms, Vector256.Sum(sum) + restSum);
    }

    // Returns how many it did.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int MagnitudeVector(ReadOnlySpan<float> power, Span<float> magnitude)
    {
        ref float from = ref MemoryMarshal.GetReference(power);
        ref float to = ref MemoryMarshal.GetReference(magnitude);
        int i = 0;
        for (; i + Lanes <= power.Length; i += Lanes)
        {
            Vector256.Sqrt(Load(ref from, i)).StoreUnsafe(ref to, (nuint)i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float array, int place) => Vector256.LoadUnsafe(ref array, (nuint)place);
}
