using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>
/// The few greatest of many values. Sixteen lanes each find their greatest; of those, the n-th is no greater than the n-th of
/// all values, so that only the few that reach it are candidates. The least are the greatest of the negatives.
/// </content>
public sealed partial class SpectralContrast
{
    private const int Lanes = 8;
    private const int Step = 2 * Lanes;

    internal static bool IsVectorSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal (float Peak, float Valley) ExtremesVector(ReadOnlySpan<float> powers, int count)
    {
        if (powers.Length < Step || count > Step)
        {
            return ExtremesReference(powers, count);
        }

        ref float power = ref MemoryMarshal.GetReference(powers);
        Vector256<float> mostA = Load(ref power, 0), mostB = Load(ref power, Lanes), leastA = mostA, leastB = mostB;
        int i = Step;
        if (Avx512F.IsSupported)
        {
            Vector512<float> most = LoadWide(ref power, 0), least = most;
            for (; i + Step <= powers.Length; i += Step)
            {
                Vector512<float> values = LoadWide(ref power, i);
                most = Avx512F.Max(most, values);
                least = Avx512F.Min(least, values);
            }

            (mostA, mostB, leastA, leastB) = (most.GetLower(), most.GetUpper(), least.GetLower(), least.GetUpper());
        }

        for (; i + Step <= powers.Length; i += Step)
        {
            Vector256<float> a = Load(ref power, i), b = Load(ref power, i + Lanes);
            mostA = Vector256.Max(mostA, a);
            mostB = Vector256.Max(mostB, b);
            leastA = Vector256.Min(leastA, a);
            leastB = Vector256.Min(leastB, b);
        }

        if (count == 1)
        {
            float greatest = Greatest(Vector256.Max(mostA, mostB)), smallest = -Greatest(-Vector256.Min(leastA, leastB));
            for (; i < powers.Length; i++)
            {
                greatest = Math.Max(greatest, Unsafe.Add(ref power, i));
                smallest = Math.Min(smallest, Unsafe.Add(ref power, i));
            }

            return (MathF.Sqrt(greatest), MathF.Sqrt(smallest));
        }

        float peaks = SumOfGreatest(powers, NthGreatest(mostA, mostB, count), count, isOfLeast: false);
        float valleys = SumOfGreatest(powers, NthGreatest(-leastA, -leastB, count), count, isOfLeast: true);
        return (peaks / count, valleys / count);
    }

    // The sum of the roots of the greatest powers, or of the least, whose negatives are then looked at.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float SumOfGreatest(ReadOnlySpan<float> powers, float threshold, int count, bool isOfLeast)
    {
        var sign = Vector256.Create(isOfLeast ? -0f : 0f);
        ref float power = ref MemoryMarshal.GetReference(powers);
        ref float candidate = ref MemoryMarshal.GetArrayDataReference(candidates);
        var least = Vector256.Create(threshold);
        int found = 0;
        int i = 0;
        if (Avx512F.IsSupported)
        {
            Vector512<float> wideSign = Vector512.Create(isOfLeast ? -0f : 0f), wideLeast = Vector512.Create(threshold);
            for (; i + Step <= powers.Length; i += Step)
            {
                Vector512<float> values = LoadWide(ref power, i) ^ wideSign;
                Vector512<float> reaches = Avx512F.CompareGreaterThanOrEqual(values, wideLeast);
                Avx512F.Compress(Vector512<float>.Zero, reaches, values).StoreUnsafe(ref candidate, (nuint)found);
                found += BitOperations.PopCount(reaches.ExtractMostSignificantBits());
            }
        }

        for (; i + Lanes <= powers.Length; i += Lanes)
        {
            Vector256<float> values = Load(ref power, i) ^ sign;
            Vector256<float> reaches = Vector256.GreaterThanOrEqual(values, least);
            uint mask = reaches.ExtractMostSignificantBits();
            if (Avx512F.VL.IsSupported)
            {
                Avx512F.VL.Compress(Vector256<float>.Zero, reaches, values).StoreUnsafe(ref candidate, (nuint)found);
                found += BitOperations.PopCount(mask);
                continue;
            }

            for (; mask != 0; mask &= mask - 1)
            {
                Unsafe.Add(ref candidate, found++) = values[BitOperations.TrailingZeroCount(mask)];
            }
        }

        for (; i < powers.Length; i++)
        {
            float value = isOfLeast ? -powers[i] : powers[i];
            if (value >= threshold)
            {
                Unsafe.Add(ref candidate, found++) = value;
            }
        }

        Span<float> all = candidates.AsSpan(0, found);
        if (found > Step)
        {
            _ = Selection.Select(all, found - count);
            float sum = 0;
            foreach (float value in all[^count..])
            {
                sum += MathF.Sqrt(Math.Abs(value));
            }

            return sum;
        }

        candidates.AsSpan(found, Step - found).Fill(float.NegativeInfinity);
        Vector256<float> a = Load(ref candidate, 0), b = Load(ref candidate, Lanes);
        (Vector256<float> isIn, Vector256<float> isInToo) = AreAmongGreatest(a, b, count);
        int taken = BitOperations.PopCount(isIn.ExtractMostSignificantBits()) + BitOperations.PopCount(isInToo.ExtractMostSignificantBits());
        float total = Vector256.Sum((Vector256.Sqrt(Vector256.Abs(a)) & isIn) + (Vector256.Sqrt(Vector256.Abs(b)) & isInToo));
        return taken == count ? total : total - (taken - count) * MathF.Sqrt(Math.Abs(LeastOf(a, b, isIn, isInToo)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float NthGreatest(Vector256<float> a, Vector256<float> b, int n)
    {
        (Vector256<float> isIn, Vector256<float> isInToo) = AreAmongGreatest(a, b, n);
        return LeastOf(a, b, isIn, isInToo);
    }

    // Which of sixteen values have fewer than n greater ones: n of them, or more where several equal the n-th.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> A, Vector256<float> B) AreAmongGreatest(Vector256<float> a, Vector256<float> b, int n)
    {
        Vector256<int> greaterA = Vector256<int>.Zero, greaterB = greaterA; // counted downwards: true is -1
        Vector256<float> turnedA = a, turnedB = b;
        Vector256<int> next = Vector256.Create(1, 2, 3, 4, 5, 6, 7, 0);
        for (int turn = 0; turn < Lanes; turn++)
        {
            greaterA += Vector256.GreaterThan(turnedA, a).AsInt32() + Vector256.GreaterThan(turnedB, a).AsInt32();
            greaterB += Vector256.GreaterThan(turnedA, b).AsInt32() + Vector256.GreaterThan(turnedB, b).AsInt32();
            turnedA = Avx2.PermuteVar8x32(turnedA, next);
            turnedB = Avx2.PermuteVar8x32(turnedB, next);
        }

        var most = Vector256.Create(-n);
        return (Vector256.GreaterThan(greaterA, most).AsSingle(), Vector256.GreaterThan(greaterB, most).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float LeastOf(Vector256<float> a, Vector256<float> b, Vector256<float> isIn, Vector256<float> isInToo)
    {
        var none = Vector256.Create(float.PositiveInfinity);
        return -Greatest(-Vector256.Min(Vector256.ConditionalSelect(isIn, a, none), Vector256.ConditionalSelect(isInToo, b, none)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Greatest(Vector256<float> values)
    {
        Vector128<float> four = Vector128.Max(values.GetLower(), values.GetUpper());
        Vector128<float> two = Vector128.Max(four, Sse.MoveHighToLow(four, four));
        return Vector128.Max(two, Sse.Shuffle(two, two, 1)).ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float array, int place) => Vector256.LoadUnsafe(ref array, (nuint)place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LoadWide(ref float array, int place) => Vector512.LoadUnsafe(ref array, (nuint)place);
}
