using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Stages.AudioIngestion.Fingerprinting;

/// <summary>The largest values of all neighbourhoods of a row, eight at a time; the loops over the remainder are the definitions.</summary>
internal static class LocalMaxima
{
    private const int Lanes = 8;

    /// <summary>Finds the largest of every 2 * <paramref name="reach"/> + 1 neighbours.</summary>
    /// <param name="values">A row.</param>
    /// <param name="reach">Neighbours on each side, 1 or more.</param>
    /// <param name="maxima">
    /// As long as the row. Takes the largest around place <paramref name="reach"/> first, then that around the next; the last
    /// 2 * <paramref name="reach"/> mean nothing.
    /// </param>
    public static void Find(ReadOnlySpan<float> values, int reach, Span<float> maxima)
    {
        values.CopyTo(maxima);
        int width = 1; // how many values each of the maxima is the largest of
        for (; 2 * width <= 2 * reach + 1; width *= 2)
        {
            Join(maxima, width);
        }

        Join(maxima, 2 * reach + 1 - width); // overlapping ones do no harm
    }

    /// <summary>The first place, from <paramref name="from"/> on, whose value is above 0 and the largest around it; the row's length where there is none.</summary>
    /// <param name="values">The row.</param>
    /// <param name="maxima">What <see cref="Find"/> made of it.</param>
    /// <param name="reach">As it was there.</param>
    /// <param name="from">Not below <paramref name="reach"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Next(ReadOnlySpan<float> values, ReadOnlySpan<float> maxima, int reach, int from)
    {
        ref float value = ref MemoryMarshal.GetReference(values);
        ref float largest = ref MemoryMarshal.GetReference(maxima);
        int end = values.Length - reach;
        int i = from;
        for (; i + Lanes <= end; i += Lanes)
        {
            Vector256<float> v = Vector256.LoadUnsafe(ref value, (nuint)i);
            uint found = (Vector256.Equals(v, Vector256.LoadUnsafe(ref largest, (nuint)(i - reach))) & Vector256.GreaterThan(v, Vector256<float>.Zero)).ExtractMostSignificantBits();
            if (found != 0)
            {
                return i + BitOperations.TrailingZeroCount(found);
            }
        }

        for (; i < end; i++)
        {
            if (values[i] > 0 && values[i] == maxima[i - reach])
            {
                return i;
            }
        }

        return values.Length;
    }

    // Each becomes the larger of itself and the one so many places on, which is still what it was.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(Span<float> maxima, int distance)
    {
        ref float place = ref MemoryMarshal.GetReference(maxima);
        int end = maxima.Length - distance;
        int i = 0;
        for (; i + Lanes <= end; i += Lanes)
        {
            Vector256.MaxNative(Vector256.LoadUnsafe(ref place, (nuint)i), Vector256.LoadUnsafe(ref place, (nuint)(i + distance))).StoreUnsafe(ref place, (nuint)i);
        }

        for (; i < end; i++)
        {
            maxima[i] = maxima[i] > maxima[i + distance] ? maxima[i] : maxima[i + distance];
        }
    }
}
