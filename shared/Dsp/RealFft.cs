using System.Numerics;

namespace Pipeline.Dsp;

/// <summary>
/// The discrete Fourier transform of real signals of one length, a power of two: X[k] = Σ x[n] e^(-2πikn/N), k = 0 to N/2,
/// unscaled, as NumPy's rfft. It keeps buffers and is therefore for one thread at a time.
/// </summary>
public sealed partial class RealFft
{
    // The real signal of N samples is transformed as a complex one of half = N/2: even samples real, odd ones imaginary.
    private readonly int half;
    private readonly bool isVector;
    private readonly float[][] twiddles; // of each pass
    private readonly float[] unpackCos; // of the last step, which separates the two
    private readonly float[] unpackSin;
    private float[] re;
    private float[] im;
    private float[] reOther;
    private float[] imOther;

    /// <summary>Prepares the transform of <paramref name="size"/> samples, a power of two from 4 on.</summary>
    public RealFft(int size)
        : this(size, IsVectorSupported && size >= LeastVectorSize)
    {
    }

    private RealFft(int size, bool isVector)
    {
        if (size < 4 || !BitOperations.IsPow2(size))
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "the size must be a power of two, 4 or more");
        }

        Size = size;
        half = size / 2;
        (re, im, reOther, imOther) = (new float[half], new float[half], new float[half], new float[half]);
        this.isVector = isVector;
        twiddles = isVector ? VectorTwiddles(half) : ReferenceTwiddles(half);
        unpackCos = new float[half / 2 + 1];
        unpackSin = new float[half / 2 + 1];
        for (int k = 0; k <= half / 2; k++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * k / size);
            (unpackCos[k], unpackSin[k]) = ((float)cos, (float)-sin);
        }
    }

    /// <summary>The transform without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static RealFft Reference(int size) => new(size, false);

    /// <summary>Samples of a signal.</summary>
    public int Size { get; }

    /// <summary>Frequencies of a spectrum, from 0 to half the sample rate: <see cref="Size"/> / 2 + 1.</summary>
    public int Bins => half + 1;

    /// <summary>Transforms a signal.</summary>
    /// <param name="signal"><see cref="Size"/> samples.</param>
    /// <param name="real">Takes the <see cref="Bins"/> real parts.</param>
    /// <param name="imaginary">Takes the <see cref="Bins"/> imaginary parts.</param>
    public void Transform(ReadOnlySpan<float> signal, Span<float> real, Span<float> imaginary)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(signal.Length, Size);
        if (isVector)
        {
            PassesVector(signal);
        }
        else
        {
            PassesReference(signal);
        }

        int unpacked = isVector ? UnpackVector(real[..Bins], imaginary[..Bins]) : 1;
        UnpackReference(real[..Bins], imaginary[..Bins], unpacked);
    }

    /// <summary>The power |X[k]|² of a signal's frequencies.</summary>
    /// <param name="signal"><see cref="Size"/> samples.</param>
    /// <param name="power">Takes the <see cref="Bins"/> powers.</param>
    /// <param name="work">Room for <see cref="Bins"/> values.</param>
    public void Power(ReadOnlySpan<float> signal, Span<float> power, Span<float> work)
    {
        Transform(signal, power, work);
        for (int k = isVector ? PowerVector(power[..Bins], work[..Bins]) : 0; k < Bins; k++)
        {
            power[k] = power[k] * power[k] + work[k] * work[k];
        }
    }

    private static float[][] ReferenceTwiddles(int half)
    {
        // cos and -sin of each butterfly, one after the other
        float[][] passes = new float[BitOperations.Log2((uint)half)][];
        for (int pass = 0, length = half; length > 1; pass++, length /= 2)
        {
            passes[pass] = new float[length];
            for (int p = 0; p < length / 2; p++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * p / length);
                (passes[pass][2 * p], passes[pass][2 * p + 1]) = ((float)cos, (float)-sin);
            }
        }

        return passes;
    }

    // Stockham's passes: in and out change places, and the order comes out right without a permutation.
    private void PassesReference(ReadOnlySpan<float> signal)
    {
        for (int i = 0; i < half; i++)
        {
            re[i] = signal[2 * i];
            im[i] = signal[2 * i + 1];
        }

        for (int pass = 0, length = half, stride = 1; length > 1; pass++, length /= 2, stride *= 2)
        {
            PassReference(twiddles[pass], length, stride);
            Swap();
        }
    }

    private void Swap()
    {
        (re, reOther) = (reOther, re);
        (im, imOther) = (imOther, im);
    }

    private void PassReference(float[] twiddle, int length, int stride)
    {
        int middle = length / 2;
        for (int p = 0; p < middle; p++)
        {
            (float wr, float wi) = (twiddle[2 * p], twiddle[2 * p + 1]);
            for (int q = 0; q < stride; q++)
            {
                int a = q + stride * p;
                int b = a + stride * middle;
                int to = q + stride * 2 * p;
                (float dr, float di) = (re[a] - re[b], im[a] - im[b]);
                reOther[to] = re[a] + re[b];
                imOther[to] = im[a] + im[b];
                reOther[to + stride] = dr * wr - di * wi;
                imOther[to + stride] = dr * wi + di * wr;
            }
        }
    }

    // With Z the spectrum of the packed signal, E = (Z[k] + conj Z[half-k]) / 2 is that of the even samples,
    // O = (Z[k] - conj Z[half-k]) / 2i that of the odd ones, and X[k] = E + e^(-2πik/N) O, X[half-k] = conj(E - e^(-2πik/N) O).
    private void UnpackReference(Span<float> real, Span<float> imaginary, int first)
    {
        real[0] = re[0] + im[0];
        real[half] = re[0] - im[0];
        imaginary[0] = imaginary[half] = 0;
        for (int k = first; k <= half / 2; k++)
        {
            int mirror = half - k;
            float evenRe = (re[k] + re[mirror]) * 0.5f;
            float evenIm = (im[k] - im[mirror]) * 0.5f;
            float oddRe = (im[k] + im[mirror]) * 0.5f;
            float oddIm = (re[mirror] - re[k]) * 0.5f;
            float turnedRe = oddRe * unpackCos[k] - oddIm * unpackSin[k];
            float turnedIm = oddRe * unpackSin[k] + oddIm * unpackCos[k];
            real[k] = evenRe + turnedRe;
            imaginary[k] = evenIm + turnedIm;
            real[mirror] = evenRe - turnedRe;
            imaginary[mirror] = turnedIm - evenIm;
        }
    }
}
