using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp;

/// <summary>
/// The discrete Fourier transform of real signals of one length, an even number without prime factors above 5:
/// X[k] = Σ x[n] e^(-2πikn/N), k = 0 to N/2, unscaled, as NumPy's rfft; and the way back. Vectors are used where the length
/// is a multiple of 64. It keeps buffers and is therefore for one thread at a time.
/// </summary>
public sealed partial class RealFft
{
    // Of other lengths the second pass has no two butterflies side by side, or four of the wide ones.
    private const int VectorMultiple = 64;
    private const int WideMultiple = 128;

    private const int HighestRadix = 5;

    // The real signal of N samples is transformed as a complex one of half = N/2: even samples real, odd ones imaginary.
    private readonly int half;
    private readonly Width width;
    private readonly int[] radices; // of the passes; their product is half
    private readonly LineAligned[] twiddles; // of each pass
    private readonly LineAligned unpackCos; // of the last step, which separates the two
    private readonly LineAligned unpackSin;
    private readonly LineAligned packed; // what the way back begins with
    private LineAligned re;
    private LineAligned im;
    private LineAligned reOther;
    private LineAligned imOther;

    /// <summary>Prepares the transform of <paramref name="size"/> samples.</summary>
    /// <param name="size">4 or more: a product of 2, 3 and 5, of 2 at least once.</param>
    public RealFft(int size)
        : this(size, Widest(size))
    {
    }

    private RealFft(int size, Width width)
    {
        if (size < 4 || size % 2 != 0 || Radices(size / 2) is not { } found)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "the size must be even, 4 or more, and without prime factors above 5");
        }

        Size = size;
        half = size / 2;
        (re, im, reOther, imOther, packed) = (new(half), new(half), new(half), new(half), new(size));
        this.width = width;
        radices = found;
        twiddles = new LineAligned[radices.Length];
        for (int pass = 0, length = half, stride = 1; pass < radices.Length; pass++)
        {
            bool isSpread = width != Width.One && pass < 2;
            twiddles[pass] = isSpread ? SpreadTwiddles(length, stride) : Twiddles(radices[pass], length);
            (length, stride) = (length / radices[pass], stride * radices[pass]);
        }

        unpackCos = new LineAligned(half / 2 + 1);
        unpackSin = new LineAligned(half / 2 + 1);
        for (int k = 0; k <= half / 2; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k / size);
            (unpackCos.Values[k], unpackSin.Values[k]) = ((float)cos, (float)-sin);
        }
    }

    // Numbers that are computed at a time.
    private enum Width
    {
        One,
        Eight,
        Sixteen,
    }

    /// <summary>Samples of a signal.</summary>
    public int Size { get; }

    /// <summary>Frequencies of a spectrum, from 0 to half the sample rate: <see cref="Size"/> / 2 + 1.</summary>
    public int Bins => half + 1;

    private static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>The transform without vectors, whatever the processor has; the others give the same up to rounding.</summary>
    internal static RealFft Reference(int size) => new(size, Width.One);

    /// <summary>The transform with vectors of eight at most.</summary>
    internal static RealFft Narrow(int size) => new(size, IsVectorSupported && size % VectorMultiple == 0 ? Width.Eight : Width.One);

    /// <summary>Transforms a signal.</summary>
    /// <param name="signal"><see cref="Size"/> samples.</param>
    /// <param name="real">Takes the <see cref="Bins"/> real parts.</param>
    /// <param name="imaginary">Takes the <see cref="Bins"/> imaginary parts.</param>
    public void Transform(ReadOnlySpan<float> signal, Span<float> real, Span<float> imaginary)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signal.Length, Size);
        real = real[..Bins];
        imaginary = imaginary[..Bins];
        Passes(signal);
        int unpacked = width switch
        {
            Width.Sixteen => UnpackWide(real, imaginary),
            Width.Eight => UnpackVector(real, imaginary),
            _ => 1,
        };
        UnpackReference(real, imaginary, unpacked);
    }

    /// <summary>The power |X[k]|² of a signal's frequencies.</summary>
    /// <param name="signal"><see cref="Size"/> samples.</param>
    /// <param name="power">Takes the <see cref="Bins"/> powers.</param>
    public void Power(ReadOnlySpan<float> signal, Span<float> power)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signal.Length, Size);
        power = power[..Bins];
        Passes(signal);
        int unpacked = width switch
        {
            Width.Sixteen => PowerWide(power),
            Width.Eight => PowerVector(power),
            _ => 1,
        };
        PowerReference(power, unpacked);
    }

    /// <summary>
    /// The signal of a spectrum, divided by <see cref="Size"/>, so that it undoes <see cref="Transform"/>: NumPy's irfft. The
    /// imaginary parts of the first and the last frequency count as 0.
    /// </summary>
    /// <param name="real"><see cref="Bins"/> real parts.</param>
    /// <param name="imaginary"><see cref="Bins"/> imaginary parts.</param>
    /// <param name="signal">Takes the <see cref="Size"/> samples.</param>
    public void Inverse(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> signal)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(real.Length, Bins);
        ArgumentOutOfRangeException.ThrowIfNotEqual(imaginary.Length, Bins);
        signal = signal[..Size];
        int done = width switch
        {
            Width.Sixteen => PackWide(real, imaginary),
            Width.Eight => PackVector(real, imaginary),
            _ => 1,
        };
        PackReference(real, imaginary, done);
        Passes(packed.Values);

        // The forward transform of swapped parts is the swapped inverse.
        int zipped = width switch
        {
            Width.Sixteen => ZipWide(signal),
            Width.Eight => ZipVector(signal),
            _ => 0,
        };
        for (int i = zipped; i < half; i++)
        {
            signal[2 * i] = im.Values[i];
            signal[2 * i + 1] = re.Values[i];
        }
    }

    private static Width Widest(int size) =>
        Avx512F.IsSupported && size % WideMultiple == 0 ? Width.Sixteen
        : IsVectorSupported && size % VectorMultiple == 0 ? Width.Eight
        : Width.One;

    // As many fours as there are, then the others; null where a larger prime number is left.
    private static int[]? Radices(int length)
    {
        var found = new List<int>();
        foreach (int radix in (int[])[4, 2, 3, 5])
        {
            for (; length % radix == 0; length /= radix)
            {
                found.Add(radix);
            }
        }

        return length == 1 ? [.. found] : null;
    }

    // For each butterfly p the powers 1 to radix-1 of e^(-2πip/length): cosine and negative sine.
    private static LineAligned Twiddles(int radix, int length)
    {
        int butterflies = length / radix;
        var table = new LineAligned(butterflies * (radix - 1) * 2);
        int at = 0;
        for (int p = 0; p < butterflies; p++)
        {
            for (int power = 1; power < radix; power++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * p * power / length);
                (table.Values[at++], table.Values[at++]) = ((float)cos, (float)-sin);
            }
        }

        return table;
    }

    private void Passes(ReadOnlySpan<float> signal)
    {
        switch (width)
        {
            case Width.Sixteen:
                PassesWide(signal);
                break;
            case Width.Eight:
                PassesVector(signal);
                break;
            default:
                PassesReference(signal);
                break;
        }
    }

    // Stockham's passes: in and out change places, and the order comes out right without a permutation.
    private void PassesReference(ReadOnlySpan<float> signal)
    {
        for (int i = 0; i < half; i++)
        {
            re.Values[i] = signal[2 * i];
            im.Values[i] = signal[2 * i + 1];
        }

        int stride = 1;
        for (int pass = 0; pass < radices.Length; pass++)
        {
            PassReference(radices[pass], twiddles[pass].Values, stride);
            Swap();
            stride *= radices[pass];
        }
    }

    private void Swap()
    {
        (re, reOther) = (reOther, re);
        (im, imOther) = (imOther, im);
    }

    private void PassReference(int radix, ReadOnlySpan<float> twiddle, int stride)
    {
        ReadOnlySpan<float> fromRe = re.Values, fromIm = im.Values;
        Span<float> toRe = reOther.Values, toIm = imOther.Values;
        Span<float> rootRe = stackalloc float[HighestRadix], rootIm = stackalloc float[HighestRadix];
        for (int k = 0; k < radix; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k / radix);
            (rootRe[k], rootIm[k]) = ((float)cos, (float)-sin);
        }

        int apart = half / radix;
        for (int a = 0; a < apart; a++)
        {
            (int p, int q) = (a / stride, a % stride);
            for (int k = 0; k < radix; k++)
            {
                float sumRe = 0, sumIm = 0;
                for (int j = 0; j < radix; j++)
                {
                    (float xr, float xi) = (fromRe[a + j * apart], fromIm[a + j * apart]);
                    (float rr, float ri) = (rootRe[j * k % radix], rootIm[j * k % radix]);
                    sumRe += xr * rr - xi * ri;
                    sumIm += xr * ri + xi * rr;
                }

                int at = 2 * (p * (radix - 1) + k - 1);
                (float wr, float wi) = k == 0 ? (1, 0) : (twiddle[at], twiddle[at + 1]);
                int to = q + stride * (radix * p + k);
                toRe[to] = sumRe * wr - sumIm * wi;
                toIm[to] = sumRe * wi + sumIm * wr;
            }
        }
    }

    private void UnpackReference(Span<float> real, Span<float> imaginary, int first)
    {
        (real[0], real[half]) = Ends();
        imaginary[0] = imaginary[half] = 0;
        for (int k = first; k <= half / 2; k++)
        {
            (float sumRe, float sumIm, float mirrorRe, float mirrorIm) = Unpack(k);
            (real[k], imaginary[k]) = (sumRe, sumIm);
            (real[half - k], imaginary[half - k]) = (mirrorRe, mirrorIm);
        }
    }

    private void PowerReference(Span<float> power, int first)
    {
        (float lowest, float highest) = Ends();
        (power[0], power[half]) = (lowest * lowest, highest * highest);
        for (int k = first; k <= half / 2; k++)
        {
            (float sumRe, float sumIm, float mirrorRe, float mirrorIm) = Unpack(k);
            power[k] = sumRe * sumRe + sumIm * sumIm;
            power[half - k] = mirrorRe * mirrorRe + mirrorIm * mirrorIm;
        }
    }

    private (float Lowest, float Highest) Ends() => (re.First + im.First, re.First - im.First);

    // With Z the spectrum of the packed signal, E = (Z[k] + conj Z[half-k]) / 2 is that of the even samples,
    // O = (Z[k] - conj Z[half-k]) / 2i that of the odd ones, and X[k] = E + e^(-2πik/N) O, X[half-k] = conj(E - e^(-2πik/N) O).
    private (float Re, float Im, float MirrorRe, float MirrorIm) Unpack(int k)
    {
        int mirror = half - k;
        float ar = re.Values[k], ai = im.Values[k], br = re.Values[mirror], bi = im.Values[mirror];
        (float cos, float sin) = (unpackCos.Values[k], unpackSin.Values[k]);
        float evenRe = (ar + br) * 0.5f, evenIm = (ai - bi) * 0.5f;
        float oddRe = (ai + bi) * 0.5f, oddIm = (br - ar) * 0.5f;
        float turnedRe = oddRe * cos - oddIm * sin;
        float turnedIm = oddRe * sin + oddIm * cos;
        return (evenRe + turnedRe, evenIm + turnedIm, evenRe - turnedRe, turnedIm - evenIm);
    }

    // The way back: E = (X[k] + conj X[half-k]) / 2, O = e^(2πik/N) (X[k] - conj X[half-k]) / 2, Z[k] = E + iO and
    // Z[half-k] = conj E + i conj O; the parts change places, and all is divided by half.
    private void PackReference(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, int first)
    {
        Span<float> to = packed.Values;
        float scale = 0.5f / half;
        to[1] = (real[0] + real[half]) * scale;
        to[0] = (real[0] - real[half]) * scale;
        for (int k = first; k <= half / 2; k++)
        {
            int mirror = half - k;
            (float cos, float sin) = (unpackCos.Values[k], unpackSin.Values[k]);
            float evenRe = (real[k] + real[mirror]) * scale, evenIm = (imaginary[k] - imaginary[mirror]) * scale;
            float turnedRe = (real[k] - real[mirror]) * scale, turnedIm = (imaginary[k] + imaginary[mirror]) * scale;
            float oddRe = turnedRe * cos + turnedIm * sin;
            float oddIm = turnedIm * cos - turnedRe * sin;
            (to[2 * k + 1], to[2 * k]) = (evenRe - oddIm, evenIm + oddRe);
            (to[2 * mirror + 1], to[2 * mirror]) = (evenRe + oddIm, oddRe - evenIm);
        }
    }
}
