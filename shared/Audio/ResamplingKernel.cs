using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Audio;

/// <summary>The resampler's inner loop: scalar products of a row of coefficients and a stretch of samples.</summary>
internal static class ResamplingKernel
{
    /// <summary>Rows are padded to a multiple of this, the widest vector in use.</summary>
    public const int Lanes = 16;

    /// <summary>The scalar product, plainly; the rest of this file gives the same up to rounding.</summary>
    public static float Reference(ReadOnlySpan<float> samples, ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int k = 0; k < row.Length; k++)
        {
            sum += (double)samples[k] * row[k];
        }

        return (float)sum;
    }

    /// <summary>The scalar product of <paramref name="row"/> and as many samples.</summary>
    /// <param name="samples">As many as the row or more.</param>
    /// <param name="row">A multiple of <see cref="Lanes"/> coefficients.</param>
    public static float Product(ReadOnlySpan<float> samples, ReadOnlySpan<float> row)
    {
        samples = samples[..row.Length];
        ref float x = ref MemoryMarshal.GetReference(samples);
        ref float h = ref MemoryMarshal.GetReference(row);
        if (Avx512F.IsSupported)
        {
            // In the order of FourProducts: a sample must not depend on how many were asked for with it.
            var sum = Vector512<float>.Zero;
            for (nuint k = 0; k < (nuint)row.Length; k += Lanes)
            {
                sum = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref x, k), Vector512.LoadUnsafe(ref h, k), sum);
            }

            Vector128<float> quarter = Halve(sum);
            return SumEach(quarter, quarter, quarter, quarter).ToScalar();
        }

        var a = Vector256<float>.Zero;
        var b = Vector256<float>.Zero;
        for (nuint k = 0; k < (nuint)row.Length; k += Lanes)
        {
            a = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, k), Vector256.LoadUnsafe(ref h, k), a);
            b = Vector256.MultiplyAddEstimate(Vector256.LoadUnsafe(ref x, k + 8), Vector256.LoadUnsafe(ref h, k + 8), b);
        }

        return Vector256.Sum(a + b);
    }

    /// <summary>
    /// Four scalar products at once, of four stretches of samples with four rows: the additions of one hide the time that
    /// those of the others take.
    /// </summary>
    /// <param name="samples">Holds the stretches.</param>
    /// <param name="starts">Where each begins in <paramref name="samples"/>.</param>
    /// <param name="table">Holds the rows.</param>
    /// <param name="rows">Where each begins in <paramref name="table"/>.</param>
    /// <param name="taps">Their length, a multiple of <see cref="Lanes"/>.</param>
    /// <param name="products">Takes the four.</param>
    public static void FourProducts(ReadOnlySpan<float> samples, Four starts, ReadOnlySpan<float> table, Four rows, int taps, Span<float> products)
    {
        if (!Avx512F.IsSupported)
        {
            products[0] = Product(samples.Slice(starts.A, taps), table.Slice(rows.A, taps));
            products[1] = Product(samples.Slice(starts.B, taps), table.Slice(rows.B, taps));
            products[2] = Product(samples.Slice(starts.C, taps), table.Slice(rows.C, taps));
            products[3] = Product(samples.Slice(starts.D, taps), table.Slice(rows.D, taps));
            return;
        }

        ref float xa = ref MemoryMarshal.GetReference(samples.Slice(starts.A, taps));
        ref float xb = ref MemoryMarshal.GetReference(samples.Slice(starts.B, taps));
        ref float xc = ref MemoryMarshal.GetReference(samples.Slice(starts.C, taps));
        ref float xd = ref MemoryMarshal.GetReference(samples.Slice(starts.D, taps));
        ref float ha = ref MemoryMarshal.GetReference(table.Slice(rows.A, taps));
        ref float hb = ref MemoryMarshal.GetReference(table.Slice(rows.B, taps));
        ref float hc = ref MemoryMarshal.GetReference(table.Slice(rows.C, taps));
        ref float hd = ref MemoryMarshal.GetReference(table.Slice(rows.D, taps));
        var a = Vector512<float>.Zero;
        var b = Vector512<float>.Zero;
        var c = Vector512<float>.Zero;
        var d = Vector512<float>.Zero;
        if (rows.A == rows.B && rows.A == rows.C && rows.A == rows.D)
        {
            // A whole number of samples from one to the next: the row is loaded once for the four.
            for (nuint k = 0; k < (nuint)taps; k += Lanes)
            {
                Vector512<float> h = Vector512.LoadUnsafe(ref ha, k);
                a = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref xa, k), h, a);
                b = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref xb, k), h, b);
                c = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref xc, k), h, c);
                d = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref xd, k), h, d);
            }
        }
        else
        {
            for (nuint k = 0; k < (nuint)taps; k += Lanes)
            {
                a = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref xa, k), Vector512.LoadUnsafe(ref ha, k), a);
                b = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref xb, k), Vector512.LoadUnsafe(ref hb, k), b);
                c = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref xc, k), Vector512.LoadUnsafe(ref hc, k), c);
                d = Avx512F.FusedMultiplyAdd(Vector512.LoadUnsafe(ref xd, k), Vector512.LoadUnsafe(ref hd, k), d);
            }
        }

        SumEach(Halve(a), Halve(b), Halve(c), Halve(d)).CopyTo(products);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Halve(Vector512<float> v)
    {
        Vector256<float> half = v.GetLower() + v.GetUpper();
        return half.GetLower() + half.GetUpper();
    }

    /// <summary>The sums of four vectors, as the elements of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumEach(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d) =>
        Sse3.HorizontalAdd(Sse3.HorizontalAdd(a, b), Sse3.HorizontalAdd(c, d));

    /// <summary>Four positions.</summary>
    public readonly record struct Four(int A, int B, int C, int D);
}
