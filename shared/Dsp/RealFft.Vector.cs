using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Pipeline.Dsp;

/// <content>
/// Eight numbers at a time, and four-point butterflies, which go over the data half as often as two-point ones. The first
/// two passes, whose butterflies' results lie next to each other, differ from the later ones in how they load and store.
/// </content>
public sealed partial class RealFft
{
    private const int Lanes = 8;

    private const float Sin60 = 0.866025403784438647f;
    private const float Cos72 = 0.309016994374947424f;
    private const float Sin72 = 0.951056516295153572f;
    private const float Cos144 = -0.809016994374947424f;
    private const float Sin144 = 0.587785252292473129f;

    // Of the first two passes: the cosines of w for each number of each butterfly, the negative sines of w, then those of
    // w^2 and of w^3.
    private static LineAligned SpreadTwiddles(int length, int stride)
    {
        int numbers = length / 4 * stride;
        var table = new LineAligned(6 * numbers);
        for (int i = 0; i < numbers; i++)
        {
            for (int power = 1; power <= 3; power++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * (i / stride) * power / length);
                (table.Values[(2 * power - 2) * numbers + i], table.Values[(2 * power - 1) * numbers + i]) = ((float)cos, (float)-sin);
            }
        }

        return table;
    }

    // What works with vectors is not compiled ahead of time: without AggressiveOptimization a short run would spend most of
    // its time in code that is not yet optimized.

    private void PassesVector(ReadOnlySpan<float> signal)
    {
        FirstVector(signal, ref twiddles[0].First);
        Swap();
        SecondVector(ref twiddles[1].First);
        Swap();
        int length = half / 16;
        int stride = 16;
        for (int pass = 2; pass < radices.Length; pass++)
        {
            ref float twiddle = ref twiddles[pass].First;
            switch (radices[pass])
            {
                case 4:
                    FourVector(ref twiddle, length, stride);
                    break;
                case 2:
                    TwoVector(ref twiddle, length, stride);
                    break;
                case 3:
                    ThreeVector(ref twiddle, length, stride);
                    break;
                default:
                    FiveVector(ref twiddle, length, stride);
                    break;
            }

            Swap();
            length /= radices[pass];
            stride *= radices[pass];
        }
    }

    // As many butterflies side by side as there are lanes; their results are dealt out one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FirstVector(ReadOnlySpan<float> signal, ref float twiddle)
    {
        int quarter = half / 4;
        ref float from = ref MemoryMarshal.GetReference(signal), toRe = ref reOther.First, toIm = ref imOther.First;
        for (int p = 0; p < quarter; p += Lanes)
        {
            TurnsVector w = EachVector(ref twiddle, p, quarter);
            (V ar, V ai) = UnzipVector(ref from, 2 * p);
            (V br, V bi) = UnzipVector(ref from, 2 * (p + quarter));
            (V cr, V ci) = UnzipVector(ref from, 2 * (p + 2 * quarter));
            (V dr, V di) = UnzipVector(ref from, 2 * (p + 3 * quarter));
            Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, w);
            Deal(ref toRe, 4 * p, ar, br, cr, dr);
            Deal(ref toIm, 4 * p, ai, bi, ci, di);
        }
    }

    // Four numbers of each butterfly.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SecondVector(ref float twiddle)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        int apart = half / 4;
        for (int a = 0; a < apart; a += Lanes)
        {
            TurnsVector w = EachVector(ref twiddle, a, apart);
            V ar = LoadVector(ref fromRe, a), ai = LoadVector(ref fromIm, a);
            V br = LoadVector(ref fromRe, a + apart), bi = LoadVector(ref fromIm, a + apart);
            V cr = LoadVector(ref fromRe, a + 2 * apart), ci = LoadVector(ref fromIm, a + 2 * apart);
            V dr = LoadVector(ref fromRe, a + 3 * apart), di = LoadVector(ref fromIm, a + 3 * apart);
            Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, w);
            DealFours(ref toRe, 4 * a, ar, br, cr, dr);
            DealFours(ref toIm, 4 * a, ai, bi, ci, di);
        }
    }

    // Numbers side by side of one butterfly, whose turns are the same for all of them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourVector(ref float twiddle, int length, int stride)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        int quarter = length / 4;
        int apart = stride * quarter;
        for (int p = 0; p < quarter; p++)
        {
            TurnsVector w = AllVector(ref twiddle, 6 * p);
            int a = stride * p;
            int to = 4 * a;
            for (int end = a + stride; a < end; a += Lanes, to += Lanes)
            {
                V ar = LoadVector(ref fromRe, a), ai = LoadVector(ref fromIm, a);
                V br = LoadVector(ref fromRe, a + apart), bi = LoadVector(ref fromIm, a + apart);
                V cr = LoadVector(ref fromRe, a + 2 * apart), ci = LoadVector(ref fromIm, a + 2 * apart);
                V dr = LoadVector(ref fromRe, a + 3 * apart), di = LoadVector(ref fromIm, a + 3 * apart);
                Butterfly(ref ar, ref ai, ref br, ref bi, ref cr, ref ci, ref dr, ref di, w);
                Store(ref toRe, ref toIm, to, ar, ai);
                Store(ref toRe, ref toIm, to + stride, br, bi);
                Store(ref toRe, ref toIm, to + 2 * stride, cr, ci);
                Store(ref toRe, ref toIm, to + 3 * stride, dr, di);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TwoVector(ref float twiddle, int length, int stride)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        int middle = length / 2;
        int apart = stride * middle;
        for (int p = 0; p < middle; p++)
        {
            (V wr, V wi) = PairVector(ref twiddle, 2 * p);
            int a = stride * p;
            int to = 2 * a;
            for (int end = a + stride; a < end; a += Lanes, to += Lanes)
            {
                V ar = LoadVector(ref fromRe, a), ai = LoadVector(ref fromIm, a);
                V br = LoadVector(ref fromRe, a + apart), bi = LoadVector(ref fromIm, a + apart);
                Store(ref toRe, ref toIm, to, ar + br, ai + bi);
                StoreTurned(ref toRe, ref toIm, to + stride, ar - br, ai - bi, wr, wi);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ThreeVector(ref float twiddle, int length, int stride)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        V sine = Vector256.Create(Sin60), minusHalf = Vector256.Create(-0.5f);
        int third = length / 3;
        int apart = stride * third;
        for (int p = 0; p < third; p++)
        {
            (V wr1, V wi1) = PairVector(ref twiddle, 4 * p);
            (V wr2, V wi2) = PairVector(ref twiddle, 4 * p + 2);
            int a = stride * p;
            int to = 3 * a;
            for (int end = a + stride; a < end; a += Lanes, to += Lanes)
            {
                V ar = LoadVector(ref fromRe, a), ai = LoadVector(ref fromIm, a);
                V br = LoadVector(ref fromRe, a + apart), bi = LoadVector(ref fromIm, a + apart);
                V cr = LoadVector(ref fromRe, a + 2 * apart), ci = LoadVector(ref fromIm, a + 2 * apart);
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
    private void FiveVector(ref float twiddle, int length, int stride)
    {
        ref float fromRe = ref re.First, fromIm = ref im.First, toRe = ref reOther.First, toIm = ref imOther.First;
        V cos1 = Vector256.Create(Cos72), cos2 = Vector256.Create(Cos144), sin1 = Vector256.Create(Sin72), sin2 = Vector256.Create(Sin144);
        int fifth = length / 5;
        int apart = stride * fifth;
        for (int p = 0; p < fifth; p++)
        {
            (V wr1, V wi1) = PairVector(ref twiddle, 8 * p);
            (V wr2, V wi2) = PairVector(ref twiddle, 8 * p + 2);
            (V wr3, V wi3) = PairVector(ref twiddle, 8 * p + 4);
            (V wr4, V wi4) = PairVector(ref twiddle, 8 * p + 6);
            int a = stride * p;
            int to = 5 * a;
            for (int end = a + stride; a < end; a += Lanes, to += Lanes)
            {
                V ar = LoadVector(ref fromRe, a), ai = LoadVector(ref fromIm, a);
                V br = LoadVector(ref fromRe, a + apart), bi = LoadVector(ref fromIm, a + apart);
                V cr = LoadVector(ref fromRe, a + 2 * apart), ci = LoadVector(ref fromIm, a + 2 * apart);
                V dr = LoadVector(ref fromRe, a + 3 * apart), di = LoadVector(ref fromIm, a + 3 * apart);
                V er = LoadVector(ref fromRe, a + 4 * apart), ei = LoadVector(ref fromIm, a + 4 * apart);
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
    private int UnpackVector(Span<float> real, Span<float> imaginary)
    {
        ref float toRe = ref MemoryMarshal.GetReference(real), toIm = ref MemoryMarshal.GetReference(imaginary);
        int k = 1;
        for (; k + Lanes <= half / 2 + 1; k += Lanes)
        {
            SeparateVector(k, out V evenRe, out V evenIm, out V turnedRe, out V turnedIm);
            Store(ref toRe, ref toIm, k, evenRe + turnedRe, evenIm + turnedIm);
            Store(ref toRe, ref toIm, half - k - Lanes + 1, Reverse(evenRe - turnedRe), Reverse(turnedIm - evenIm));
        }

        return k;
    }

    // As before, squared.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int PowerVector(Span<float> power)
    {
        ref float to = ref MemoryMarshal.GetReference(power);
        int k = 1;
        for (; k + Lanes <= half / 2 + 1; k += Lanes)
        {
            SeparateVector(k, out V evenRe, out V evenIm, out V turnedRe, out V turnedIm);
            V sumRe = evenRe + turnedRe, sumIm = evenIm + turnedIm, differenceRe = evenRe - turnedRe, differenceIm = turnedIm - evenIm;
            MulAdd(sumRe, sumRe, sumIm * sumIm).StoreUnsafe(ref to, (nuint)k);
            Reverse(MulAdd(differenceRe, differenceRe, differenceIm * differenceIm)).StoreUnsafe(ref to, (nuint)(half - k - Lanes + 1));
        }

        return k;
    }

    // The spectra of even samples and, turned, of odd ones: their sum and their difference are two of the signal's.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SeparateVector(int k, out V evenRe, out V evenIm, out V turnedRe, out V turnedIm)
    {
        int mirror = half - k - Lanes + 1;
        V cos = LoadVector(ref unpackCos.First, k), sin = LoadVector(ref unpackSin.First, k);
        V ar = LoadVector(ref re.First, k), ai = LoadVector(ref im.First, k);
        V br = Reverse(LoadVector(ref re.First, mirror)), bi = Reverse(LoadVector(ref im.First, mirror));
        V oneHalf = Vector256.Create(0.5f);
        V oddRe = (ai + bi) * oneHalf, oddIm = (br - ar) * oneHalf;
        (evenRe, evenIm) = ((ar + br) * oneHalf, (ai - bi) * oneHalf);
        (turnedRe, turnedIm) = Turn(oddRe, oddIm, cos, sin);
    }

    // From 1 on; returns the first that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int PackVector(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary)
    {
        ref float fromRe = ref MemoryMarshal.GetReference(real), fromIm = ref MemoryMarshal.GetReference(imaginary), to = ref packed.First;
        V scale = Vector256.Create(0.5f / half);
        int k = 1;
        for (; k + Lanes <= half / 2 + 1; k += Lanes)
        {
            int mirror = half - k - Lanes + 1;
            V cos = LoadVector(ref unpackCos.First, k), sin = LoadVector(ref unpackSin.First, k);
            V ar = LoadVector(ref fromRe, k) * scale, ai = LoadVector(ref fromIm, k) * scale;
            V br = Reverse(LoadVector(ref fromRe, mirror)) * scale, bi = Reverse(LoadVector(ref fromIm, mirror)) * scale;
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
    private int ZipVector(Span<float> signal)
    {
        ref float to = ref MemoryMarshal.GetReference(signal);
        int i = 0;
        for (; i + Lanes <= half; i += Lanes)
        {
            Zip(ref to, 2 * i, LoadVector(ref im.First, i), LoadVector(ref re.First, i));
        }

        return i;
    }

    // The transform of four numbers, and the turns that the passes after it expect.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Butterfly(ref V ar, ref V ai, ref V br, ref V bi, ref V cr, ref V ci, ref V dr, ref V di, in TurnsVector w)
    {
        V sumAcR = ar + cr, sumAcI = ai + ci, differenceAcR = ar - cr, differenceAcI = ai - ci;
        V sumBdR = br + dr, sumBdI = bi + di, differenceBdR = br - dr, differenceBdI = bi - di;
        (ar, ai) = (sumAcR + sumBdR, sumAcI + sumBdI);
        (br, bi) = Turn(differenceAcR + differenceBdI, differenceAcI - differenceBdR, w.Re1, w.Im1);
        (cr, ci) = Turn(sumAcR - sumBdR, sumAcI - sumBdI, w.Re2, w.Im2);
        (dr, di) = Turn(differenceAcR - differenceBdI, differenceAcI + differenceBdR, w.Re3, w.Im3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Re, V Im) Turn(V re, V im, V wr, V wi) => (Fma.MultiplySubtract(re, wr, im * wi), MulAdd(re, wi, im * wr));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MulAdd(V a, V b, V c) => Fma.MultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LoadVector(ref float from, int place) => Vector256.LoadUnsafe(ref from, (nuint)place);

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
    private static (V Re, V Im) PairVector(ref float twiddle, int place) =>
        (Vector256.Create(Unsafe.Add(ref twiddle, place)), Vector256.Create(Unsafe.Add(ref twiddle, place + 1)));

    // The turns of one butterfly, for all lanes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TurnsVector AllVector(ref float twiddle, int place)
    {
        (V re1, V im1) = PairVector(ref twiddle, place);
        (V re2, V im2) = PairVector(ref twiddle, place + 2);
        (V re3, V im3) = PairVector(ref twiddle, place + 4);
        return new TurnsVector(re1, im1, re2, im2, re3, im3);
    }

    // The turns of butterflies side by side.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TurnsVector EachVector(ref float twiddle, int place, int apart) => new(
        LoadVector(ref twiddle, place), LoadVector(ref twiddle, place + apart), LoadVector(ref twiddle, place + 2 * apart),
        LoadVector(ref twiddle, place + 3 * apart), LoadVector(ref twiddle, place + 4 * apart), LoadVector(ref twiddle, place + 5 * apart));

    // Sixteen samples as eight of even places and eight of odd ones.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (V Even, V Odd) UnzipVector(ref float from, int place)
    {
        V a = LoadVector(ref from, place), b = LoadVector(ref from, place + Lanes);
        return (InOrder(Avx.Shuffle(a, b, 0b10_00_10_00)), InOrder(Avx.Shuffle(a, b, 0b11_01_11_01)));
    }

    // The way back: one of each in turn.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Zip(ref float to, int place, V even, V odd)
    {
        V low = Avx.UnpackLow(even, odd), high = Avx.UnpackHigh(even, odd);
        Avx.Permute2x128(low, high, 0x20).StoreUnsafe(ref to, (nuint)place);
        Avx.Permute2x128(low, high, 0x31).StoreUnsafe(ref to, (nuint)(place + Lanes));
    }

    // AVX shuffles within halves: the inner two pairs have to change places.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V InOrder(V v) => Avx2.Permute4x64(v.AsDouble(), 0b11_01_10_00).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reverse(V v) => Avx2.PermuteVar8x32(v, Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0));

    // The first elements of the four one after the other, then the second ones, and so on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Deal(ref float to, int place, V a, V b, V c, V d)
    {
        Vector256<double> abLow = Avx.UnpackLow(a, b).AsDouble(), abHigh = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cdLow = Avx.UnpackLow(c, d).AsDouble(), cdHigh = Avx.UnpackHigh(c, d).AsDouble();
        DealFours(
            ref to, place, Avx.UnpackLow(abLow, cdLow).AsSingle(), Avx.UnpackHigh(abLow, cdLow).AsSingle(),
            Avx.UnpackLow(abHigh, cdHigh).AsSingle(), Avx.UnpackHigh(abHigh, cdHigh).AsSingle());
    }

    // The first four elements of each one after the other, then the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DealFours(ref float to, int place, V a, V b, V c, V d)
    {
        Avx.Permute2x128(a, b, 0x20).StoreUnsafe(ref to, (nuint)place);
        Avx.Permute2x128(c, d, 0x20).StoreUnsafe(ref to, (nuint)(place + Lanes));
        Avx.Permute2x128(a, b, 0x31).StoreUnsafe(ref to, (nuint)(place + 2 * Lanes));
        Avx.Permute2x128(c, d, 0x31).StoreUnsafe(ref to, (nuint)(place + 3 * Lanes));
    }
    // Powers 1 to 3 of the numbers that a butterfly's results are turned by.
    private readonly struct TurnsVector(V re1, V im1, V re2, V im2, V re3, V im3)
    {
        public readonly V Re1 = re1, Im1 = im1, Re2 = re2, Im2 = im2, Re3 = re3, Im3 = im3;
    }
}
