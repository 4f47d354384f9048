using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Whole stretches of samples, added and measured, eight at a time; the remainder loops are the definitions.</summary>
internal static class Mixing
{
    private const int Lanes = 8;

    /// <summary>Adds as many samples of a part, times a gain.</summary>
    public static void Add(Span<float> sum, ReadOnlySpan<float> part, float gain)
    {
        part = part[..sum.Length];
        ref float to = ref MemoryMarshal.GetReference(sum);
        ref float from = ref MemoryMarshal.GetReference(part);
        int i = 0;
        for (; i + Lanes <= sum.Length; i += Lanes)
        {
            (Vector256.LoadUnsafe(ref to, (nuint)i) + Vector256.LoadUnsafe(ref from, (nuint)i) * gain).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += part[i] * gain;
        }
    }

    /// <summary>Multiplies in place.</summary>
    public static void Amplify(Span<float> samples, float gain)
    {
        ref float place = ref MemoryMarshal.GetReference(samples);
        int i = 0;
        for (; i + Lanes <= samples.Length; i += Lanes)
        {
            (Vector256.LoadUnsafe(ref place, (nuint)i) * gain).StoreUnsafe(ref place, (nuint)i);
        }

        for (; i < samples.Length; i++)
        {
            samples[i] *= gain;
        }
    }

    /// <summary>The sum of the squares.</summary>
    public static double Energy(ReadOnlySpan<float> samples)
    {
        ref float place = ref MemoryMarshal.GetReference(samples);
        Vector256<double> low = Vector256<double>.Zero, high = low;
        int i = 0;
        for (; i + Lanes <= samples.Length; i += Lanes)
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(Vector256.LoadUnsafe(ref place, (nuint)i));
            low += a * a;
            high += b * b;
        }

        // In this order on every machine.
        low += high;
        double sum = low[0] + low[1] + (low[2] + low[3]);
        for (; i < samples.Length; i++)
        {
            sum += (double)samples[i] * samples[i];
        }

        return sum;
    }
}
