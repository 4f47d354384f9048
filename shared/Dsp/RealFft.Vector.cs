using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp;

/// <content>
/// Eight numbers at a time, and four-point butterflies, which go over the data half as often as two-point ones. The first
/// two passes, whose butterflies' results lie next to each other, differ from the later ones in how they load and store.
/// </content>
public sealed partial class RealFft
{
    private const int Lanes = 8;

    // Below, the second pass has no two butterflies side by side.
    private const int LeastVectorSize = 64;

    private static bool IsVectorSupported => Avx2.IsSupported;

    // Of each pass the cosines of w, the negative sines of w, then those of w^2 and of w^3.
    private static float[][] VectorTwiddles(int half)
    {
        var passes = new List<float[]>();
        for (int length = half; length >= 4; length /= 4)
        {
            int quarter = length / 4;
            float[] pass = new float[6 * quarter];
            for (int p = 0; p < quarter; p++)
            {
                for (int power = 1; power <= 3; power++)
                {
                    (double sin, double cos) = Math.SinCos(2 * Math.PI * p * power / length);
                    (pass[(2 * power - 2) * quarter + p], pass[(2 * power - 1) * quarter + p]) = ((float)cos, (float)-sin);
                }
            }

            passes.Add(pass);
        }

        return [.. passes];
    }

    private void PassesVector(ReadOnlySpan<float> signal)
    {
        FirstPass(signal, twiddles[0]);
        Swap();
        SecondPass(twiddles[1], half / 4);
        Swap();
        int length = half / 16;
        int stride = 16;
        for (int pass = 2; length >= 4; pass++, length /= 4, stride *= 4)
        {
            LaterPass(twiddles[pass], length, stride);
            Swap();
        }

        if (length == 2)
        {
            LastPass(stride);
            Swap();
        }
    }

    // What works with vectors is not compiled ahead of time: without AggressiveOptimization a short run would spend most of
    // its time in code that is not yet optimized.

    // Eight butterflies side by side; their results are dealt out one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FirstPass(ReadOnlySpan<float> signal, float[] twiddle)
    {
        int quarter = half / 4;
        ref float from = ref MemoryMarshal.GetReference(signal);
        ref float w = ref MemoryMarshal.GetArrayDataReference(twiddle);
        ref float toRe = ref MemoryMarshal.GetArrayDataReference(reOther);
        ref float toIm = ref MemoryMarshal.GetArrayDataReference(imOther);
        for (int p = 0; p < quarter; p += Lanes)
        {
            var turns = new Turns(
                Load(ref w, p), Load(ref w, p + quarter), Load(ref w, p + 2 * quarter),
                Load(ref w, p + 3 * quarter), Load(ref w, p + 4 * quarter), Load(ref w, p + 5 * quarter));
            (Vector256<float> ar, Vector256<float> ai) = Unzip(ref from, 2 * p);
            (Vector256<float> br, Vector256<float> bi) = Unzip(ref from, 2 * (p + quarter));
            (Vector256<float> cr, Vector256<float> ci) = Unzip(ref from, 2 * (p + 2 * quarter));
            (Vector256<float> dr, Vector256<float> di) = Unzip(ref from, 2 * (p + 3 * quarter));
            Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, turns);
            Deal(ref toRe, 4 * p, ar, br, cr, dr);
            Deal(ref toIm, 4 * p, ai, bi, ci, di);
        }
    }

    // Four numbers of one butterfly and four of the next.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SecondPass(float[] twiddle, int length)
    {
        const int stride = 4;
        int quarter = length / 4;
        ref float fromRe = ref MemoryMarshal.GetArrayDataReference(re);
        ref float fromIm = ref MemoryMarshal.GetArrayDataReference(im);
        ref float w = ref MemoryMarshal.GetArrayDataReference(twiddle);
        ref float toRe = ref MemoryMarshal.GetArrayDataReference(reOther);
        ref float toIm = ref MemoryMarshal.GetArrayDataReference(imOther);
        for (int p = 0; p < quarter; p += 2)
        {
            var turns = new Turns(
                Two(ref w, p), Two(ref w, p + quarter), Two(ref w, p + 2 * quarter),
                Two(ref w, p + 3 * quarter), Two(ref w, p + 4 * quarter), Two(ref w, p + 5 * quarter));
            int a = stride * p;
            int apart = stride * quarter;
            Vector256<float> ar = Load(ref fromRe, a), ai = Load(ref fromIm, a);
            Vector256<float> br = Load(ref fromRe, a + apart), bi = Load(ref fromIm, a + apart);
            Vector256<float> cr = Load(ref fromRe, a + 2 * apart), ci = Load(ref fromIm, a + 2 * apart);
            Vector256<float> dr = Load(ref fromRe, a + 3 * apart), di = Load(ref fromIm, a + 3 * apart);
            Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, turns);
            Halves(ref toRe, 4 * a, ar, br, cr, dr);
            Halves(ref toIm, 4 * a, ai, bi, ci, di);
        }
    }

    // Eight numbers of one butterfly.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LaterPass(float[] twiddle, int length, int stride)
    {
        int quarter = length / 4;
        ref float fromRe = ref MemoryMarshal.GetArrayDataReference(re);
        ref float fromIm = ref MemoryMarshal.GetArrayDataReference(im);
        ref float toRe = ref MemoryMarshal.GetArrayDataReference(reOther);
        ref float toIm = ref MemoryMarshal.GetArrayDataReference(imOther);
        int apart = stride * quarter;
        for (int p = 0; p < quarter; p++)
        {
            var turns = new Turns(
                Vector256.Create(twiddle[p]), Vector256.Create(twiddle[p + quarter]), Vector256.Create(twiddle[p + 2 * quarter]),
                Vector256.Create(twiddle[p + 3 * quarter]), Vector256.Create(twiddle[p + 4 * quarter]), Vector256.Create(twiddle[p + 5 * quarter]));
            int a = stride * p;
            int to = 4 * a;
            for (int end = a + stride; a < end; a += Lanes, to += Lanes)
            {
                Vector256<float> ar = Load(ref fromRe, a), ai = Load(ref fromIm, a);
                Vector256<float> br = Load(ref fromRe, a + apart), bi = Load(ref fromIm, a + apart);
                Vector256<float> cr = Load(ref fromRe, a + 2 * apart), ci = Load(ref fromIm, a + 2 * apart);
                Vector256<float> dr = Load(ref fromRe, a + 3 * apart), di = Load(ref fromIm, a + 3 * apart);
                Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, turns);
                ar.StoreUnsafe(ref toRe, (nuint)to);
                ai.StoreUnsafe(ref toIm, (nuint)to);
                br.StoreUnsafe(ref toRe, (nuint)(to + stride));
                bi.StoreUnsafe(ref toIm, (nuint)(to + stride));
                cr.StoreUnsafe(ref toRe, (nuint)(to + 2 * stride));
                ci.StoreUnsafe(ref toIm, (nuint)(to + 2 * stride));
                dr.StoreUnsafe(ref toRe, (nuint)(to + 3 * stride));
                di.StoreUnsafe(ref toIm, (nuint)(to + 3 * stride));
            }
        }
    }

    // Where four-point butterflies leave pairs: sums and differences.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LastPass(int stride)
    {
        ref float fromRe = ref MemoryMarshal.GetArrayDataReference(re);
        ref float fromIm = ref MemoryMarshal.GetArrayDataReference(im);
        ref float toRe = ref MemoryMarshal.GetArrayDataReference(reOther);
        ref float toIm = ref MemoryMarshal.GetArrayDataReference(imOther);
        for (int a = 0; a < stride; a += Lanes)
        {
            Vector256<float> ar = Load(ref fromRe, a), ai = Load(ref fromIm, a);
            Vector256<float> br = Load(ref fromRe, a + stride), bi = Load(ref fromIm, a + stride);
            (ar + br).StoreUnsafe(ref toRe, (nuint)a);
            (ai + bi).StoreUnsafe(ref toIm, (nuint)a);
            (ar - br).StoreUnsafe(ref toRe, (nuint)(a + stride));
            (ai - bi).StoreUnsafe(ref toIm, (nuint)(a + stride));
        }
    }

    // From 1 on; returns the first that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int UnpackVector(Span<float> real, Span<float> imaginary)
    {
        ref float fromRe = ref MemoryMarshal.GetArrayDataReference(re);
        ref float fromIm = ref MemoryMarshal.GetArrayDataReference(im);
        ref float toRe = ref MemoryMarshal.GetReference(real);
        ref float toIm = ref MemoryMarshal.GetReference(imaginary);
        int k = 1;
        for (; k + Lanes <= half / 2 + 1; k += Lanes)
        {
            int mirror = half - k - Lanes + 1;
            Vector256<float> cos = Load(ref MemoryMarshal.GetArrayDataReference(unpackCos), k), sin = Load(ref MemoryMarshal.GetArrayDataReference(unpackSin), k);
            Vector256<float> ar = Load(ref fromRe, k), ai = Load(ref fromIm, k);
            Vector256<float> br = Reverse(Load(ref fromRe, mirror)), bi = Reverse(Load(ref fromIm, mirror));
            Vector256<float> evenRe = (ar + br) * 0.5f, evenIm = (ai - bi) * 0.5f;
            Vector256<float> oddRe = (ai + bi) * 0.5f, oddIm = (br - ar) * 0.5f;
            Vector256<float> turnedRe = oddRe * cos - oddIm * sin;
            Vector256<float> turnedIm = oddRe * sin + oddIm * cos;
            (evenRe + turnedRe).StoreUnsafe(ref toRe, (nuint)k);
            (evenIm + turnedIm).StoreUnsafe(ref toIm, (nuint)k);
            Reverse(evenRe - turnedRe).StoreUnsafe(ref toRe, (nuint)mirror);
            Reverse(turnedIm - evenIm).StoreUnsafe(ref toIm, (nuint)mirror);
        }

        return k;
    }

    // Returns the first that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int PowerVector(Span<float> real, ReadOnlySpan<float> imaginary)
    {
        ref float re = ref MemoryMarshal.GetReference(real);
        ref float im = ref MemoryMarshal.GetReference(imaginary);
        int k = 0;
        for (; k + Lanes <= real.Length; k += Lanes)
        {
            Vector256<float> r = Load(ref re, k), i = Load(ref im, k);
            (r * r + i * i).StoreUnsafe(ref re, (nuint)k);
        }

        return k;
    }

    // The transform of four numbers, and the turns that the passes after it expect.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(
        ref Vector256<float> ar, ref Vector256<float> ai, ref Vector256<float> br, ref Vector256<float> bi,
        ref Vector256<float> cr, ref Vector256<float> ci, ref Vector256<float> dr, ref Vector256<float> di, in Turns w)
    {
        Vector256<float> sumAcR = ar + cr, sumAcI = ai + ci, differenceAcR = ar - cr, differenceAcI = ai - ci;
        Vector256<float> sumBdR = br + dr, sumBdI = bi + di, differenceBdR = br - dr, differenceBdI = bi - di;
        (ar, ai) = (sumAcR + sumBdR, sumAcI + sumBdI);
        (br, bi) = Turn(differenceAcR + differenceBdI, differenceAcI - differenceBdR, w.Re1, w.Im1);
        (cr, ci) = Turn(sumAcR - sumBdR, sumAcI - sumBdI, w.Re2, w.Im2);
        (dr, di) = Turn(differenceAcR - differenceBdI, differenceAcI + differenceBdR, w.Re3, w.Im3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Re, Vector256<float> Im) Turn(Vector256<float> re, Vector256<float> im, Vector256<float> wr, Vector256<float> wi) =>
        (re * wr - im * wi, re * wi + im * wr);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load(ref float array, int place) => Vector256.LoadUnsafe(ref array, (nuint)place);

    // Two values, four times each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Two(ref float array, int place) =>
        Vector256.Create(Vector128.Create(Unsafe.Add(ref array, place)), Vector128.Create(Unsafe.Add(ref array, place + 1)));

    // Sixteen samples as eight of even places and eight of odd ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Even, Vector256<float> Odd) Unzip(ref float array, int place)
    {
        Vector256<float> a = Load(ref array, place), b = Load(ref array, place + Lanes);
        return (InOrder(Avx.Shuffle(a, b, 0b10_00_10_00)), InOrder(Avx.Shuffle(a, b, 0b11_01_11_01)));
    }

    // AVX shuffles within halves: the inner two pairs have to change places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> InOrder(Vector256<float> v) => Avx2.Permute4x64(v.AsDouble(), 0b11_01_10_00).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Reverse(Vector256<float> v) => Vector256.Shuffle(v, Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));

    // The first elements of the four one after the other, then the second ones, and so on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Deal(ref float to, int place, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector256<double> abLow = Avx.UnpackLow(a, b).AsDouble(), abHigh = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cdLow = Avx.UnpackLow(c, d).AsDouble(), cdHigh = Avx.UnpackHigh(c, d).AsDouble();
        Halves(
            ref to, place, Avx.UnpackLow(abLow, cdLow).AsSingle(), Avx.UnpackHigh(abLow, cdLow).AsSingle(),
            Avx.UnpackLow(abHigh, cdHigh).AsSingle(), Avx.UnpackHigh(abHigh, cdHigh).AsSingle());
    }

    // The lower halves of the four one after the other, then the upper ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(ref float to, int place, Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        Vector256.Create(a.GetLower(), b.GetLower()).StoreUnsafe(ref to, (nuint)place);
        Vector256.Create(c.GetLower(), d.GetLower()).StoreUnsafe(ref to, (nuint)(place + Lanes));
        Vector256.Create(a.GetUpper(), b.GetUpper()).StoreUnsafe(ref to, (nuint)(place + 2 * Lanes));
        Vector256.Create(c.GetUpper(), d.GetUpper()).StoreUnsafe(ref to, (nuint)(place + 3 * Lanes));
    }

    // Powers 1 to 3 of the numbers that a butterfly's results are turned by.
    private readonly struct Turns(
        Vector256<float> re1, Vector256<float> im1, Vector256<float> re2, Vector256<float> im2, Vector256<float> re3, Vector256<float> im3)
    {
        public readonly Vector256<float> Re1 = re1, Im1 = im1, Re2 = re2, Im2 = im2, Re3 = re3, Im3 = im3;
    }
}
