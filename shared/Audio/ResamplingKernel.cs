using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Audio;

/// <summary>The resampler's inner loops: scalar products of rows of coefficients and stretches of samples.</summary>
internal static class ResamplingKernel
{
    /// <summary>Stretches are a multiple of this, the widest vector in use.</summary>
    public const int Lanes = 16;

    /// <summary>Rows that are multiplied with the same samples: each sample is then loaded once for all of them.</summary>
    public const int BlockRows = 8;

    /// <summary>
    /// The products of a block, plainly: of the samples with each of <see cref="BlockRows"/> rows, of which
    /// <paramref name="table"/> has the first <see cref="Lanes"/> coefficients of each, then the next, and so on.
    /// </summary>
    public static void BlockReference(ReadOnlySpan<float> samples, ReadOnlySpan<float> table, Span<float> products)
    {
        for (int r = 0; r < BlockRows; r++)
        {
            double sum = 0;
            for (int k = 0; k < samples.Length; k++)
            {
                sum += (double)samples[k] * table[(k / Lanes * BlockRows + r) * Lanes + k % Lanes];
            }

            products[r] = (float)sum;
        }
    }

    /// <summary>As <see cref="BlockReference"/>, up to rounding.</summary>
    /// <param name="samples">A multiple of <see cref="Lanes"/>.</param>
    /// <param name="table"><see cref="BlockRows"/> times as many coefficients.</param>
    /// <param name="products">Room for <see cref="BlockRows"/>.</param>
    public static void Block(ReadOnlySpan<float> samples, ReadOnlySpan<float> table, Span<float> products)
    {
        table = table[..(samples.Length * BlockRows)];
        ref float to = ref MemoryMarshal.GetReference(products[..BlockRows]);
        if (Avx512F.IsSupported)
        {
            BlockWide(ref MemoryMarshal.GetReference(samples), ref MemoryMarshal.GetReference(table), (nuint)samples.Length, ref to);
        }
        else
        {
            BlockNarrow(ref MemoryMarshal.GetReference(samples), ref MemoryMarshal.GetReference(table), (nuint)samples.Length, ref to);
        }
    }

    /// <summary>The scalar product, plainly.</summary>
    public static float ProductReference(ReadOnlySpan<float> samples, ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int k = 0; k < row.Length; k++)
        {
            sum += (double)samples[k] * row[k];
        }

        return (float)sum;
    }

    /// <summary>As <see cref="ProductReference"/>, up to rounding.</summary>
    /// <param name="samples">As many as the row or more.</param>
    /// <param name="row">A multiple of <see cref="Lanes"/> coefficients.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    public static float Product(ReadOnlySpan<float> samples, ReadOnlySpan<float> row)
    {
        ref float x = ref MemoryMarshal.GetReference(samples[..row.Length]);
        ref float h = ref MemoryMarshal.GetReference(row);
        Vector256<float> a = default, b = default;
        for (nuint k = 0; k < (nuint)row.Length; k += Lanes)
        {
            a = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, k), Vector256.LoadUnsafe(ref h, k), a);
            b = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, k + 8), Vector256.LoadUnsafe(ref h, k + 8), b);
        }

        return Vector256.Sum(a + b);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private static void BlockWide(ref float x, ref float h, nuint length, ref float to)
    {
        Vector512<float> a = default, b = default, c = default, d = default, e = default, f = default, g = default, i = default;
        for (nuint k = 0; k < length; k += Lanes)
        {
            Vector512<float> samples = Vector512.LoadUnsafe(ref x, k);
            ref float rows = ref Unsafe.Add(ref h, k * BlockRows);
            a = Avx512F.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref rows), a);
            b = Avx512F.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref rows, Lanes), b);
            c = Avx512F.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref rows, 2 * Lanes), c);
            d = Avx512F.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref rows, 3 * Lanes), d);
            e = Avx512F.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref rows, 4 * Lanes), e);
            f = Avx512F.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref rows, 5 * Lanes), f);
            g = Avx512F.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref rows, 6 * Lanes), g);
            i = Avx512F.FusedMultiplyAdd(samples, Vector512.LoadUnsafe(ref rows, 7 * Lanes), i);
        }

        SumEach(Quarter(a), Quarter(b), Quarter(c), Quarter(d)).StoreUnsafe(ref to);
        SumEach(Quarter(e), Quarter(f), Quarter(g), Quarter(i)).StoreUnsafe(ref to, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private static void BlockNarrow(ref float x, ref float h, nuint length, ref float to)
    {
        // Four rows at a time: eight sums and what they are made of are more than sixteen registers.
        for (nuint r = 0; r < BlockRows; r += 4)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            for (nuint k = 0; k < length; k += Lanes)
            {
                ref float rows = ref Unsafe.Add(ref h, (k / Lanes * BlockRows + r) * Lanes);
                for (nuint half = 0; half < Lanes; half += 8)
                {
                    Vector256<float> samples = Vector256.LoadUnsafe(ref x, k + half);
                    a = Vector256.MultiplyAddEstimate(samples, Vector256.LoadUnsafe(ref rows, half), a);
                    b = Vector256.MultiplyAddEstimate(samples, Vector256.LoadUnsafe(ref rows, Lanes + half), b);
                    c = Vector256.MultiplyAddEstimate(samples, Vector256.LoadUnsafe(ref rows, 2 * Lanes + half), c);
                    d = Vector256.MultiplyAddEstimate(samples, Vector256.LoadUnsafe(ref rows, 3 * Lanes + half), d);
                }
            }

            Vector128.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d)).StoreUnsafe(ref to, r);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Quarter(Vector512<float> v)
    {
        Vector256<float> half = v.GetLower() + v.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    /// <summary>The sums of four vectors, as the elements of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumEach(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) =>
        Sse3.HorizontalAdd(Sse3.HorizontalAdd(a, b), Sse3.HorizontalAdd(c, d));
}
