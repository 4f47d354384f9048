using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>Eight numbers at a time, in double precision four in each of two vectors; each returns how many it did.</content>
internal static partial class Moments
{
    private const int Step = 8;

    private static bool IsVectorSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SumVector(ReadOnlySpan<float> values, ref double sum)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        Vector256<double> a = Vector256<double>.Zero, b = a;
        int i = 0;
        for (; i + Step <= values.Length; i += Step)
        {
            a += Load(ref value, i);
            b += Load(ref value, i + Step / 2);
        }

        sum += Vector256.Sum(a + b);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CentralVector(ReadOnlySpan<float> values, double mean, ref double second, ref double third, ref double fourth)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        var middle = Vector256.Create(mean);
        Vector256<double> secondA = Vector256<double>.Zero, secondB = secondA, thirdA = secondA, thirdB = secondA, fourthA = secondA, fourthB = secondA;
        int i = 0;
        for (; i + Step <= values.Length; i += Step)
        {
            Vector256<double> a = Load(ref value, i) - middle, b = Load(ref value, i + Step / 2) - middle;
            Vector256<double> squareA = a * a, squareB = b * b;
            secondA += squareA;
            secondB += squareB;
            thirdA += squareA * a;
            thirdB += squareB * b;
            fourthA += squareA * squareA;
            fourthB += squareB * squareB;
        }

        second += Vector256.Sum(secondA + secondB);
        third += Vector256.Sum(thirdA + thirdB);
        fourth += Vector256.Sum(fourthA + fourthB);
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int ExtremesVector(ReadOnlySpan<float> values, ref float min, ref float max)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        Vector256<float> least = Vector256.Create(min), most = Vector256.Create(max);
        int i = 0;
        for (; i + Step <= values.Length; i += Step)
        {
            Vector256<float> x = Vector256.LoadUnsafe(ref value, (nuint)i);
            least = Vector256.Min(least, x);
            most = Vector256.Max(most, x);
        }

        for (int lane = 0; lane < Step; lane++)
        {
            min = Math.Min(min, least[lane]);
            max = Math.Max(max, most[lane]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref float array, int place) => Avx.ConvertToVector256Double(Vector128.LoadUnsafe(ref array, (nuint)place));
}
