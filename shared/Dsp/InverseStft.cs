namespace Pipeline.Dsp;

/// <summary>
/// The way back from the short-time Fourier transform: frames are transformed, windowed again and added up, and the sum is
/// divided by that of the squared windows, as librosa's istft. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class InverseStft
{
    private const float Tiny = 1.17549435e-38f; // below, no window lies over a sample

    private readonly RealFft fft;
    private readonly float[] window; // FftSize values
    private readonly float[] frame;
    private readonly float[] inner; // Hop values: what to multiply by where all windows overlap that can
    private readonly int lead;

    /// <summary>Prepares the way back from what <see cref="Stft"/> makes with these settings; the padding has no say in it.</summary>
    public InverseStft(StftSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        window = Stft.WindowOf(settings);
        fft = new RealFft(settings.FftSize);
        frame = new float[settings.FftSize];
        lead = settings.IsCentred ? settings.FftSize / 2 : 0;
        inner = new float[settings.Hop];
        int whole = (settings.FftSize + settings.Hop - 1) / settings.Hop * settings.Hop; // from here on no frame is missing
        for (int i = 0; i < inner.Length; i++)
        {
            inner[i] = Scale(WindowSum(whole + i, int.MaxValue));
        }
    }

    /// <summary>How the frames were made.</summary>
    public StftSettings Settings { get; }

    /// <summary>Frequencies of a frame: FftSize / 2 + 1.</summary>
    public int Bins => fft.Bins;

    /// <summary>Samples of the signal of so many frames, where its length is not known otherwise.</summary>
    public int Length(int frames) => frames == 0 ? 0 : Settings.FftSize - 2 * lead + Settings.Hop * (frames - 1);

    /// <summary>Frames that a signal of so many samples has a part of, up to <paramref name="frames"/>.</summary>
    public int FramesWithin(int length, int frames) => (int)Math.Min(frames, ((long)length + 2 * lead + Settings.Hop - 1) / Settings.Hop);

    /// <summary>The signal of all frames.</summary>
    /// <param name="real">Frames x <see cref="Bins"/> real parts.</param>
    /// <param name="imaginary">Frames x <see cref="Bins"/> imaginary parts.</param>
    /// <param name="length">Samples wanted: the rest is cut off, what is missing is 0. Without it, <see cref="Length"/>.</param>
    public float[] Signal(FrameMatrix real, FrameMatrix imaginary, int? length = null)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(imaginary);
        ArgumentOutOfRangeException.ThrowIfNotEqual(imaginary.Frames, real.Frames);
        float[] signal = new float[length ?? Length(real.Frames)];
        int frames = length is { } wanted ? FramesWithin(wanted, real.Frames) : real.Frames;
        for (int t = 0; t < frames; t++)
        {
            Add(real[t], imaginary[t], t, signal);
        }

        Normalize(frames, signal);
        return signal;
    }

    /// <summary>Adds a frame to a signal that is not yet normalized.</summary>
    /// <param name="real"><see cref="Bins"/> real parts.</param>
    /// <param name="imaginary"><see cref="Bins"/> imaginary parts.</param>
    /// <param name="t">Which frame it is.</param>
    /// <param name="signal">The whole signal, of which samples within the frame change.</param>
    public void Add(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, int t, Span<float> signal)
    {
        fft.Inverse(real, imaginary, frame);
        int start = t * Settings.Hop - lead;
        int first = Math.Max(0, -start), end = Math.Min(frame.Length, signal.Length - start);
        if (first < end)
        {
            AddProducts(frame.AsSpan(first..end), window.AsSpan(first..end), signal[(start + first)..]);
        }
    }

    /// <summary>Divides a signal that frames were added to by the sum of the squared windows.</summary>
    /// <param name="frames">Frames that were added, 0 to this.</param>
    /// <param name="signal">The whole signal.</param>
    public void Normalize(int frames, Span<float> signal)
    {
        for (int i = 0; i < signal.Length;)
        {
            int place = i + lead;
            int within = place % Settings.Hop;
            int count = Math.Min(Settings.Hop - within, signal.Length - i);
            Span<float> samples = signal.Slice(i, count);
            if (place - within >= Settings.FftSize && place / Settings.Hop < frames)
            {
                Stft.Multiply(samples, inner.AsSpan(within, count), samples);
            }
            else
            {
                for (int j = 0; j < count; j++)
                {
                    samples[j] *= Scale(WindowSum(place + j, frames));
                }
            }

            i += count;
        }
    }

    /// <summary>Adds products to sums, plainly, from a place on.</summary>
    internal static void AddProductsReference(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sums, int first)
    {
        for (int i = first; i < a.Length; i++)
        {
            sums[i] += a[i] * b[i];
        }
    }

    private static void AddProducts(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sums) =>
        AddProductsReference(a, b, sums, AddProductsVector(a, b, sums));

    private static float Scale(float windowSum) => windowSum > Tiny ? 1 / windowSum : 1;

    // The squared windows of so many frames, at a sample counted from the beginning of the first frame.
    private float WindowSum(int place, int frames)
    {
        double sum = 0;
        int last = Math.Min(place / Settings.Hop, frames - 1);
        for (int t = last; t >= 0 && place - t * Settings.Hop < window.Length; t--)
        {
            float value = window[place - t * Settings.Hop];
            sum += value * value;
        }

        return (float)sum;
    }
}
