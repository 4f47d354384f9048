using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Pictures;

/// <content>Thirty-two places of a row at a time, then eight; the same sums in the same order as the reference.</content>
public sealed partial class Resizer
{
    private const int Lanes = 8;

    private static bool IsVectorSupported => Avx2.IsSupported;

    // Returns how many places are done.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int SumVector(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, Span<float> row)
    {
        ref float to = ref MemoryMarshal.GetReference(row);
        int i = 0;
        for (; i + 4 * Lanes <= row.Length; i += 4 * Lanes)
        {
            Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a;
            ref float from = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), i);
            foreach (float weight in weights)
            {
                Vector256<float> w = Vector256.Create(weight);
                a += w * Vector256.LoadUnsafe(ref from);
                b += w * Vector256.LoadUnsafe(ref from, Lanes);
                c += w * Vector256.LoadUnsafe(ref from, 2 * Lanes);
                d += w * Vector256.LoadUnsafe(ref from, 3 * Lanes);
                from = ref Unsafe.Add(ref from, row.Length);
            }

            a.StoreUnsafe(ref to, (nuint)i);
            b.StoreUnsafe(ref to, (nuint)(i + Lanes));
            c.StoreUnsafe(ref to, (nuint)(i + 2 * Lanes));
            d.StoreUnsafe(ref to, (nuint)(i + 3 * Lanes));
        }

        for (; i + Lanes <= row.Length; i += Lanes)
        {
            Vector256<float> sum = Vector256<float>.Zero;
            ref float from = ref Unsafe.Add(ref MemoryMarshal.GetReference(rows), i);
            foreach (float weight in weights)
            {
                sum += Vector256.Create(weight) * Vector256.LoadUnsafe(ref from);
                from = ref Unsafe.Add(ref from, row.Length);
            }

            sum.StoreUnsafe(ref to, (nuint)i);
        }

        return i;
    }
}
