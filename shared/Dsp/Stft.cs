namespace Pipeline.Dsp;

/// <summary>
/// The short-time Fourier transform, planned once for its settings. Frames are computed in any portion, so that those who
/// need the same spectra can share them while they are in the cache. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class Stft
{
    private readonly RealFft fft;
    private readonly float[] window; // FftSize values
    private readonly float[] frame;

    /// <summary>Prepares the transform.</summary>
    public Stft(StftSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        window = WindowOf(settings);
        fft = new RealFft(settings.FftSize);
        frame = new float[settings.FftSize];
    }

    /// <summary>What was asked for.</summary>
    public StftSettings Settings { get; }

    /// <summary>Frequencies of a frame: FftSize / 2 + 1.</summary>
    public int Bins => fft.Bins;

    /// <summary>Frames of a signal of <paramref name="samples"/> samples; none where uncentred frames do not fit.</summary>
    public int FrameCount(int samples) => Settings.IsCentred
        ? 1 + samples / Settings.Hop
        : samples < Settings.FftSize ? 0 : 1 + (samples - Settings.FftSize) / Settings.Hop;

    /// <summary>The power |X|² of some frames.</summary>
    /// <param name="signal">The whole signal.</param>
    /// <param name="first">The first frame wanted.</param>
    /// <param name="power">Takes as many frames of <see cref="Bins"/> values as there is room for.</param>
    public void Power(ReadOnlySpan<float> signal, int first, Span<float> power)
    {
        for (int t = first; !power.IsEmpty; t++, power = power[Bins..])
        {
            Fill(signal, t);
            fft.Power(frame, power[..Bins]);
        }
    }

    /// <summary>The power |X|² of all frames.</summary>
    public FrameMatrix Power(ReadOnlySpan<float> signal)
    {
        var power = new FrameMatrix(FrameCount(signal.Length), Bins);
        Power(signal, 0, power.Values);
        return power;
    }

    /// <summary>Real and imaginary parts of some frames.</summary>
    /// <param name="signal">The whole signal.</param>
    /// <param name="first">The first frame wanted.</param>
    /// <param name="real">Takes as many frames of <see cref="Bins"/> values as there is room for.</param>
    /// <param name="imaginary">As many values.</param>
    public void Transform(ReadOnlySpan<float> signal, int first, Span<float> real, Span<float> imaginary)
    {
        for (int t = first; !real.IsEmpty; t++, real = real[Bins..], imaginary = imaginary[Bins..])
        {
            Fill(signal, t);
            fft.Transform(frame, real[..Bins], imaginary[..Bins]);
        }
    }

    /// <summary>The magnitude |X| of some frames.</summary>
    /// <param name="signal">The whole signal.</param>
    /// <param name="first">The first frame wanted.</param>
    /// <param name="magnitude">Takes as many frames of <see cref="Bins"/> values as there is room for.</param>
    public void Magnitude(ReadOnlySpan<float> signal, int first, Span<float> magnitude)
    {
        for (int t = first; !magnitude.IsEmpty; t++, magnitude = magnitude[Bins..])
        {
            Fill(signal, t);
            fft.Power(frame, magnitude[..Bins]);
            Roots(magnitude[..Bins]);
        }
    }

    /// <summary>The magnitude |X| of all frames.</summary>
    public FrameMatrix Magnitude(ReadOnlySpan<float> signal)
    {
        var magnitude = new FrameMatrix(FrameCount(signal.Length), Bins);
        Magnitude(signal, 0, magnitude.Values);
        return magnitude;
    }

    /// <summary>The window of a frame, FftSize values: zeros on both sides where it is shorter.</summary>
    internal static float[] WindowOf(StftSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Hop, 1);
        int length = settings.WindowLength == 0 ? settings.FftSize : settings.WindowLength;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, settings.FftSize);
        float[] window = new float[settings.FftSize];
        WindowFunction.Periodic(settings.Window, length).CopyTo(window, (settings.FftSize - length) / 2);
        return window;
    }

    /// <summary>Products one by one.</summary>
    internal static void Multiply(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> products)
    {
        for (int i = MultiplyVector(a, b, products); i < products.Length; i++)
        {
            products[i] = a[i] * b[i];
        }
    }

    /// <summary>The magnitudes of complex numbers.</summary>
    internal static void Magnitudes(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> magnitudes)
    {
        for (int i = PowersVector(real, imaginary, magnitudes); i < magnitudes.Length; i++)
        {
            magnitudes[i] = real[i] * real[i] + imaginary[i] * imaginary[i];
        }

        Roots(magnitudes);
    }

    private static void Roots(Span<float> values)
    {
        for (int i = RootsVector(values); i < values.Length; i++)
        {
            values[i] = MathF.Sqrt(values[i]);
        }
    }

    // The samples of frame t under the window.
    private void Fill(ReadOnlySpan<float> signal, int t)
    {
        int start = t * Settings.Hop - (Settings.IsCentred ? Settings.FftSize / 2 : 0);
        if (start >= 0 && start + frame.Length <= signal.Length)
        {
            Multiply(signal.Slice(start, frame.Length), window, frame);
            return;
        }

        for (int i = 0; i < frame.Length; i++)
        {
            frame[i] = window[i] * Sample(signal, start + i);
        }
    }

    private float Sample(ReadOnlySpan<float> signal, int place)
    {
        if ((uint)place < (uint)signal.Length)
        {
            return signal[place];
        }

        if (signal.IsEmpty || Settings.Padding == FramePadding.Zero)
        {
            return 0;
        }

        if (Settings.Padding == FramePadding.Edge)
        {
            return place < 0 ? signal[0] : signal[^1];
        }

        int period = Math.Max(1, 2 * (signal.Length - 1));
        int within = (place % period + period) % period;
        return signal[within < signal.Length ? within : period - within];
    }
}
