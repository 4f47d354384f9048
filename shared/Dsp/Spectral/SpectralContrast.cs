namespace Pipeline.Dsp.Spectral;

/// <summary>
/// How far peaks rise above valleys in bands an octave wide: librosa's <c>spectral_contrast</c>, of magnitudes, which it puts
/// in decibels as if they were powers. It keeps buffers and is for one thread at a time.
/// </summary>
public sealed partial class SpectralContrast
{
    private static readonly DecibelSettings Scale = new();

    private readonly bool isVector;
    private readonly Band[] bands;
    private readonly PowerBlocks blocks;
    private readonly float[] candidates; // as many as a band has frequencies, and a vector more

    /// <summary>Plans the bands.</summary>
    public SpectralContrast(ContrastSettings settings)
        : this(settings, IsVectorSupported)
    {
    }

    private SpectralContrast(ContrastSettings settings, bool isVector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Octaves, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.MinFrequency);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(settings.Quantile, 1);
        (Settings, this.isVector) = (settings, isVector);
        blocks = new PowerBlocks(settings.Stft);
        bands = [.. Enumerable.Range(0, settings.Octaves + 1).Select(Plan)];
        candidates = new float[blocks.Bins + 16];
    }

    /// <summary>Without vectors, whatever the processor has; the other gives the same up to rounding.</summary>
    internal static SpectralContrast Reference(ContrastSettings settings) => new(settings, false);

    /// <summary>What was asked for.</summary>
    public ContrastSettings Settings { get; }

    /// <summary>Values of a frame: one for each band.</summary>
    public int Width => bands.Length;

    /// <summary>Frames x bands: in decibels, or linear.</summary>
    public FrameMatrix Compute(ReadOnlySpan<float> signal)
    {
        int frames = blocks.FrameCount(signal.Length);
        var peaks = new FrameMatrix(frames, Width);
        var valleys = new FrameMatrix(frames, Width);
        for (int t = 0; t < frames; t += PowerBlocks.Frames)
        {
            ReadOnlySpan<float> power = blocks.Read(signal, t, frames);
            for (int i = 0; i < power.Length / blocks.Bins; i++)
            {
                Extremes(power.Slice(i * blocks.Bins, blocks.Bins), peaks[t + i], valleys[t + i]);
            }
        }

        Finish(peaks, valleys);
        return peaks;
    }

    /// <summary>The mean of the greatest and of the least magnitudes of each band of a frame.</summary>
    /// <param name="power">FftSize / 2 + 1 powers: their order is the same, and few roots have to be taken.</param>
    /// <param name="peaks">Takes <see cref="Width"/> values.</param>
    /// <param name="valleys">Takes as many.</param>
    public void Extremes(ReadOnlySpan<float> power, Span<float> peaks, Span<float> valleys)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(power.Length, blocks.Bins);
        for (int band = 0; band < bands.Length; band++)
        {
            (int first, int length, int count) = bands[band];
            ReadOnlySpan<float> values = power.Slice(first, length);
            (peaks[band], valleys[band]) = isVector ? ExtremesVector(values, count) : ExtremesReference(values, count);
        }
    }

    /// <summary>Turns the peaks of all frames into contrasts, and spoils the valleys.</summary>
    public void Finish(FrameMatrix peaks, FrameMatrix valleys)
    {
        ArgumentNullException.ThrowIfNull(peaks);
        ArgumentNullException.ThrowIfNull(valleys);
        if (!Settings.IsLinear)
        {
            Decibels.FromPower(peaks.Values, Scale);
            Decibels.FromPower(valleys.Values, Scale);
        }

        for (int i = 0; i < peaks.Values.Length; i++)
        {
            peaks.Values[i] -= valleys.Values[i];
        }
    }

    // librosa's bands: both ends belong to a band, which then takes one frequency more below and gives up its last; the lowest
    // takes none, the highest reaches to the end and gives up none. The share is that of the band before it gives up its last.
    private Band Plan(int band)
    {
        int bins = blocks.Bins;
        double binHertz = Settings.SampleRate / Settings.Stft.FftSize;
        double low = band == 0 ? 0 : Settings.MinFrequency * Math.Pow(2, band - 1);
        double high = Settings.MinFrequency * Math.Pow(2, band);
        bool isLast = band == Settings.Octaves;
        int first = Math.Max(0, (int)Math.Ceiling(low / binHertz) - (band > 0 ? 1 : 0));
        int end = isLast ? bins : Math.Min(bins, (int)Math.Floor(high / binHertz) + 1);
        int length = isLast ? end - first : end - first - 1;
        if (low >= Settings.SampleRate / 2 || length < 1)
        {
            throw new ArgumentException($"there are no frequencies of the transform from {low} to {high} Hz");
        }

        int count = Math.Max(1, (int)Math.Round(Settings.Quantile * (end - first)));
        return new Band(first, length, Math.Min(count, length));
    }

    internal (float Peak, float Valley) ExtremesReference(ReadOnlySpan<float> powers, int count)
    {
        Span<float> sorted = candidates.AsSpan(0, powers.Length);
        powers.CopyTo(sorted);
        sorted.Sort();
        return (Roots(sorted[^count..]) / count, Roots(sorted[..count]) / count);
    }

    private static float Roots(ReadOnlySpan<float> powers)
    {
        float sum = 0;
        foreach (float power in powers)
        {
            sum += MathF.Sqrt(power);
        }

        return sum;
    }

    // Frequencies of a band, and how many of them make up its peak.
    private readonly record struct Band(int First, int Length, int Count);
}
