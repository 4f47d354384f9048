using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Dsp;

/// <content>As with eight numbers at a time, with sixteen.</content>
public sealed partial class RealFft
{
    private const int WideLanes = 16;

    private void PassesWide(ReadOnlySpan<float> signal)
    {
        FirstWide(signal, ref twiddles[0].First);
        Swap();
        SecondWide(ref twiddles[1].First);
        Swap();
        int length = half / 16;
        int stride = 16;
        for (int pass = 2; pass < radices.Length; pass++)
        {
            ref float twiddle = ref twiddles[pass].First;
            switch (radices[pass])
            {
                case 4:
                    FourWide(ref twiddle, length, stride);
                    break;
                case 2:
                    TwoWide(ref twiddle, length, stride);
                    break;
                case 3:
                    ThreeWide(ref twiddle, length, stride);
                    break;
                default:
                    FiveWide(ref twiddle, length, stride);
                    break;
            }

            Swap();
            length /= radices[pass];
            stride *= radices[pass];
        }
    }

    // As many butterflies side by side as there are lanes; their results are dealt out one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FirstWide(ReadOnlySpan<float> signal, ref float twiddle)
    {
        int quarter = half / 4;
        ref float from = ref MemoryMarshal.GetReference(signal), toRe = ref reOther.First, toIm = ref imOther.First;
        for (int p = 0; p < quarter; p += WideLanes)
        {
            TurnsWide w = EachWide(ref twiddle, p, quarter);
            (V ar, V ai) = UnzipWide(ref from, 2 * p);
            (V br, V bi) = UnzipWide(ref from, 2 * (p + quarter));
            (V cr, V ci) = UnzipWide(ref from, 2 * (p + 2 * quarter));
            (V dr, V di) = UnzipWide(ref from, 2 * (p + 3 * quarter));
            Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, w);
            Deal(ref toRe, 4 * p, ar, br, cr, dr);
            Deal(ref toIm, 4 * p, ai, bi, ci, di);
        }
    }

    // Four numbers of each butterfly.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SecondWide(ref float twiddle)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        int apart = half / 4;
        for (int a = 0; a < apart; a += WideLanes)
        {
            TurnsWide w = EachWide(ref twiddle, a, apart);
            V ar = LoadWide(ref fromRe, a), ai = LoadWide(ref fromIm, a);
            V br = LoadWide(ref fromRe, a + apart), bi = LoadWide(ref fromIm, a + apart);
            V cr = LoadWide(ref fromRe, a + 2 * apart), ci = LoadWide(ref fromIm, a + 2 * apart);
            V dr = LoadWide(ref fromRe, a + 3 * apart), di = LoadWide(ref fromIm, a + 3 * apart);
            Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, w);
            DealFours(ref toRe, 4 * a, ar, br, cr, dr);
            DealFours(ref toIm, 4 * a, ai, bi, ci, di);
        }
    }

    // Numbers side by side of one butterfly, whose turns are the same for all of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourWide(ref float twiddle, int length, int stride)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        int quarter = length / 4;
        int apart = stride * quarter;
        for (int p = 0; p < quarter; p++)
        {
            TurnsWide w = AllWide(ref twiddle, 6 * p);
            int a = stride * p;
            int to = 4 * a;
            for (int end = a + stride; a < end; a += WideLanes, to += WideLanes)
            {
                V ar = LoadWide(ref fromRe, a), ai = LoadWide(ref fromIm, a);
                V br = LoadWide(ref fromRe, a + apart), bi = LoadWide(ref fromIm, a + apart);
                V cr = LoadWide(ref fromRe, a + 2 * apart), ci = LoadWide(ref fromIm, a + 2 * apart);
                V dr = LoadWide(ref fromRe, a + 3 * apart), di = LoadWide(ref fromIm, a + 3 * apart);
                Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, w);
                Store(ref toRe, ref toIm, to, ar, ai);
                Store(ref toRe, ref toIm, to + stride, br, bi);
                Store(ref toRe, ref toIm, to + 2 * stride, cr, ci);
                Store(ref toRe, ref toIm, to + 3 * stride, dr, di);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TwoWide(ref float twiddle, int length, int stride)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        int middle = length / 2;
        int apart = stride * middle;
        for (int p = 0; p < middle; p++)
        {
            (V wr, V wi) = PairWide(ref twiddle, 2 * p);
            int a = stride * p;
            int to = 2 * a;
            for (int end = a + stride; a < end; a += WideLanes, to += WideLanes)
            {
                V ar = LoadWide(ref fromRe, a), ai = LoadWide(ref fromIm, a);
                V br = LoadWide(ref fromRe, a + apart), bi = LoadWide(ref fromIm, a + apart);
                Store(ref toRe, ref toIm, to, ar + br, ai + bi);
                StoreTurned(ref toRe, ref toIm, to + stride, ar - br, ai - bi, wr, wi);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ThreeWide(ref float twiddle, int length, int stride)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        V sine = Vector512.Create(Sin60), minusHalf = Vector512.Create(-0.5f);
        int third = length / 3;
        int apart = stride * third;
        for (int p = 0; p < third; p++)
        {
            (V wr1, V wi1) = PairWide(ref twiddle, 4 * p);
            (V wr2, V wi2) = PairWide(ref twiddle, 4 * p + 2);
            int a = stride * p;
            int to = 3 * a;
            for (int end = a + stride; a < end; a += WideLanes, to += WideLanes)
            {
                V ar = LoadWide(ref fromRe, a), ai = LoadWide(ref fromIm, a);
                V br = LoadWide(ref fromRe, a + apart), bi = LoadWide(ref fromIm, a + apart);
                V cr = LoadWide(ref fromRe, a + 2 * apart), ci = LoadWide(ref fromIm, a + 2 * apart);
                V sumR = br + cr, sumI = bi + ci;
                V differenceR = (br - cr) * sine, differenceI = (bi - ci) * sine;
                V middleR = MulAdd(sumR, minusHalf, ar), middleI = MulAdd(sumI, minusHalf, ai);
                Store(ref toRe, ref toIm, to, ar + sumR, ai + sumI);
                StoreTurned(ref toRe, ref toIm, to + stride, middleR + differenceI, middleI - differenceR, wr1, wi1);
                StoreTurned(ref toRe, ref toIm, to + 2 * stride, middleR - differenceI, middleI + differenceR, wr2, wi2);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FiveWide(ref float twiddle, int length, int stride)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        V cos1 = Vector512.Create(Cos72), cos2 = Vector512.Create(Cos144), sin1 = Vector512.Create(Sin72), sin2 = Vector512.Create(Sin144);
        int fifth = length / 5;
        int apart = stride * fifth;
        for (int p = 0; p < fifth; p++)
        {
            (V wr1, V wi1) = PairWide(ref twiddle, 8 * p);
            (V wr2, V wi2) = PairWide(ref twiddle, 8 * p + 2);
            (V wr3, V wi3) = PairWide(ref twiddle, 8 * p + 4);
            (V wr4, V wi4) = PairWide(ref twiddle, 8 * p + 6);
            int a = stride * p;
            int to = 5 * a;
            for (int end = a + stride; a < end; a += WideLanes, to += WideLanes)
            {
                V ar = LoadWide(ref fromRe, a), ai = LoadWide(ref fromIm, a);
                V br = LoadWide(ref fromRe, a + apart), bi = LoadWide(ref fromIm, a + apart);
                V cr = LoadWide(ref fromRe, a + 2 * apart), ci = LoadWide(ref fromIm, a + 2 * apart);
                V dr = LoadWide(ref fromRe, a + 3 * apart), di = LoadWide(ref fromIm, a + 3 * apart);
                V er = LoadWide(ref fromRe, a + 4 * apart), ei = LoadWide(ref fromIm, a + 4 * apart);
                V outerR = br + er, outerI = bi + ei, innerR = cr + dr, innerI = ci + di;
                V outerDifferenceR = br - er, outerDifferenceI = bi - ei, innerDifferenceR = cr - dr, innerDifferenceI = ci - di;
                Store(ref toRe, ref toIm, to, ar + outerR + innerR, ai + outerI + innerI);
                V evenR = MulAdd(innerR, cos2, MulAdd(outerR, cos1, ar)), evenI = MulAdd(innerI, cos2, MulAdd(outerI, cos1, ai));
                V oddR = MulAdd(innerDifferenceR, sin2, outerDifferenceR * sin1), oddI = MulAdd(innerDifferenceI, sin2, outerDifferenceI * sin1);
                StoreTurned(ref toRe, ref toIm, to + stride, evenR + oddI, evenI - oddR, wr1, wi1);
                StoreTurned(ref toRe, ref toIm, to + 4 * stride, evenR - oddI, evenI + oddR, wr4, wi4);
                evenR = MulAdd(innerR, cos1, MulAdd(outerR, cos2, ar));
                evenI = MulAdd(innerI, cos1, MulAdd(outerI, cos2, ai));
                oddR = outerDifferenceR * sin2 - innerDifferenceR * sin1;
                oddI = outerDifferenceI * sin2 - innerDifferenceI * sin1;
                StoreTurned(ref toRe, ref toIm, to + 2 * stride, evenR + oddI, evenI - oddR, wr2, wi2);
                StoreTurned(ref toRe, ref toIm, to + 3 * stride, evenR - oddI, evenI + oddR, wr3, wi3);
            }
        }
    }

    // From 1 on; returns the first that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int UnpackWide(Span<float> real, Span<float> imaginary)
    {
        ref float toRe = ref MemoryMarshal.GetReference(real), toIm = ref MemoryMarshal.GetReference(imaginary);
        int k = 1;
        for (; k + WideLanes <= half / 2 + 1; k += WideLanes)
        {
            SeparateWide(k, out V evenRe, out V evenIm, out V turnedRe, out V turnedIm);
            Store(ref toRe, ref toIm, k, evenRe + turnedRe, evenIm + turnedIm);
            Store(ref toRe, ref toIm, half - k - WideLanes + 1, Reverse(evenRe - turnedRe), Reverse(turnedIm - evenIm));
        }

        return k;
    }

    // As before, squared.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int PowerWide(Span<float> power)
    {
        ref float to = ref MemoryMarshal.GetReference(power);
        int k = 1;
        for (; k + WideLanes <= half / 2 + 1; k += WideLanes)
        {
            SeparateWide(k, out V evenRe, out V evenIm, out V turnedRe, out V turnedIm);
            V sumRe = evenRe + turnedRe, sumIm = evenIm + turnedIm, differenceRe = evenRe - turnedRe, differenceIm = turnedIm - evenIm;
            MulAdd(sumRe, sumRe, sumIm * sumIm).StoreUnsafe(ref to, (nuint)k);
            Reverse(MulAdd(differenceRe, differenceRe, differenceIm * differenceIm)).StoreUnsafe(ref to, (nuint)(half - k - WideLanes + 1));
        }

        return k;
    }

    // The spectra of even samples and, turned, of odd ones: their sum and their difference are two of the signal's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SeparateWide(int k, out V evenRe, out V evenIm, out V turnedRe, out V turnedIm)
    {
        int mirror = half - k - WideLanes + 1;
        V cos = LoadWide(ref unpackCos.First, k), sin = LoadWide(ref unpackSin.First, k);
        V ar = LoadWide(ref re.First, k), ai = LoadWide(ref im.First, k);
        V br = Reverse(LoadWide(ref re.First, mirror)), bi = Reverse(LoadWide(ref im.First, mirror));
        V oneHalf = Vector512.Create(0.5f);
        V oddRe = (ai + bi) * oneHalf, oddIm = (br - ar) * oneHalf;
        (evenRe, evenIm) = ((ar + br) * oneHalf, (ai - bi) * oneHalf);
        (turnedRe, turnedIm) = Turn(oddRe, oddIm, cos, sin);
    }

    // From 1 on; returns the first that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int PackWide(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary)
    {
        ref float fromRe = ref MemoryMarshal.GetReference(real), fromIm = ref MemoryMarshal.GetReference(imaginary), to = ref packed.First;
        V scale = Vector512.Create(0.5f / half);
        int k = 1;
        for (; k + WideLanes <= half / 2 + 1; k += WideLanes)
        {
            int mirror = half - k - WideLanes + 1;
            V cos = LoadWide(ref unpackCos.First, k), sin = LoadWide(ref unpackSin.First, k);
            V ar = LoadWide(ref fromRe, k) * scale, ai = LoadWide(ref fromIm, k) * scale;
            V br = Reverse(LoadWide(ref fromRe, mirror)) * scale, bi = Reverse(LoadWide(ref fromIm, mirror)) * scale;
            V evenRe = ar + br, evenIm = ai - bi;
            // Turned the other way: the result's parts change places and so do those of what goes in.
            (V oddIm, V oddRe) = Turn(ai + bi, ar - br, cos, sin);
            Zip(ref to, 2 * k, evenIm + oddRe, evenRe - oddIm);
            Zip(ref to, 2 * mirror, Reverse(oddRe - evenIm), Reverse(evenRe + oddIm));
        }

        return k;
    }

    // Returns the first pair that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ZipWide(Span<float> signal)
    {
        ref float to = ref MemoryMarshal.GetReference(signal);
        int i = 0;
        for (; i + WideLanes <= half; i += WideLanes)
        {
            Zip(ref to, 2 * i, LoadWide(ref im.First, i), LoadWide(ref re.First, i));
        }

        return i;
    }

    // The transform of four numbers, and the turns that the passes after it expect.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(ref V ar, ref V ai, ref V br, ref V bi, ref V cr, ref V ci, ref V dr, ref V di, in TurnsWide w)
    {
        V sumAcR = ar + cr, sumAcI = ai + ci, differenceAcR = ar - cr, differenceAcI = ai - ci;
        V sumBdR = br + dr, sumBdI = bi + di, differenceBdR = br - dr, differenceBdI = bi - di;
        (ar, ai) = (sumAcR + sumBdR, sumAcI + sumBdI);
        (br, bi) = Turn(differenceAcR + differenceBdI, differenceAcI - differenceBdR, w.Re1, w.Im1);
        (cr, ci) = Turn(sumAcR - sumBdR, sumAcI - sumBdI, w.Re2, w.Im2);
        (dr, di) = Turn(differenceAcR - differenceBdI, differenceAcI + differenceBdR, w.Re3, w.Im3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Re, V Im) Turn(V re, V im, V wr, V wi) => (Avx512F.FusedMultiplySubtract(re, wr, im * wi), MulAdd(re, wi, im * wr));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MulAdd(V a, V b, V c) => Avx512F.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LoadWide(ref float from, int place) => Vector512.LoadUnsafe(ref from, (nuint)place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float toRe, ref float toIm, int place, V re, V im)
    {
        re.StoreUnsafe(ref toRe, (nuint)place);
        im.StoreUnsafe(ref toIm, (nuint)place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTurned(ref float toRe, ref float toIm, int place, V re, V im, V wr, V wi)
    {
        (V turnedRe, V turnedIm) = Turn(re, im, wr, wi);
        Store(ref toRe, ref toIm, place, turnedRe, turnedIm);
    }

    // Cosine and negative sine of one butterfly, for all lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Re, V Im) PairWide(ref float twiddle, int place) =>
        (Vector512.Create(Unsafe.Add(ref twiddle, place)), Vector512.Create(Unsafe.Add(ref twiddle, place + 1)));

    // The turns of one butterfly, for all lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TurnsWide AllWide(ref float twiddle, int place)
    {
        (V re1, V im1) = PairWide(ref twiddle, place);
        (V re2, V im2) = PairWide(ref twiddle, place + 2);
        (V re3, V im3) = PairWide(ref twiddle, place + 4);
        return new TurnsWide(re1, im1, re2, im2, re3, im3);
    }

    // The turns of butterflies side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TurnsWide EachWide(ref float twiddle, int place, int apart) => new(
        LoadWide(ref twiddle, place), LoadWide(ref twiddle, place + apart), LoadWide(ref twiddle, place + 2 * apart),
        LoadWide(ref twiddle, place + 3 * apart), LoadWide(ref twiddle, place + 4 * apart), LoadWide(ref twiddle, place + 5 * apart));

    // 32 samples as sixteen of even places and sixteen of odd ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Even, V Odd) UnzipWide(ref float from, int place)
    {
        V a = LoadWide(ref from, place), b = LoadWide(ref from, place + WideLanes);
        return (
            Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), b),
            Avx512F.PermuteVar16x32x2(a, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), b));
    }

    // The way back: one of each in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Zip(ref float to, int place, V even, V odd)
    {
        (V low, V high) = InTurn(even, odd);
        low.StoreUnsafe(ref to, (nuint)place);
        high.StoreUnsafe(ref to, (nuint)(place + WideLanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Low, V High) InTurn(V a, V b) => (
        Avx512F.PermuteVar16x32x2(a, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), b),
        Avx512F.PermuteVar16x32x2(a, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reverse(V v) => Avx512F.PermuteVar16x32(v, Vector512.Create(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));

    // The first elements of the four one after the other, then the second ones, and so on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Deal(ref float to, int place, V a, V b, V c, V d)
    {
        (V acLow, V acHigh) = InTurn(a, c);
        (V bdLow, V bdHigh) = InTurn(b, d);
        Zip(ref to, place, acLow, bdLow);
        Zip(ref to, place + 2 * WideLanes, acHigh, bdHigh);
    }

    // The first four elements of each one after the other, then the second four, and so on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DealFours(ref float to, int place, V a, V b, V c, V d)
    {
        V abLow = Avx512F.Shuffle4x128(a, b, 0b01_00_01_00), abHigh = Avx512F.Shuffle4x128(a, b, 0b11_10_11_10);
        V cdLow = Avx512F.Shuffle4x128(c, d, 0b01_00_01_00), cdHigh = Avx512F.Shuffle4x128(c, d, 0b11_10_11_10);
        Avx512F.Shuffle4x128(abLow, cdLow, 0b10_00_10_00).StoreUnsafe(ref to, (nuint)place);
        Avx512F.Shuffle4x128(abLow, cdLow, 0b11_01_11_01).StoreUnsafe(ref to, (nuint)(place + WideLanes));
        Avx512F.Shuffle4x128(abHigh, cdHigh, 0b10_00_10_00).StoreUnsafe(ref to, (nuint)(place + 2 * WideLanes));
        Avx512F.Shuffle4x128(abHigh, cdHigh, 0b11_01_11_01).StoreUnsafe(ref to, (nuint)(place + 3 * WideLanes));
    }
    // Powers 1 to 3 of the numbers that a butterfly's results are turned by.
    private readonly struct TurnsWide(V re1, V im1, V re2, V im2, V re3, V im3)
    {
        public readonly V Re1 = re1, Im1 = im1, Re2 = re2, Im2 = im2, Re3 = re3, Im3 = im3;
    }
}
