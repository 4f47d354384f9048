namespace Pipeline.Dsp.Spectral;

/// <summary>The power spectra of a signal, a few frames at a time: all that needs them takes them while they are in the cache.</summary>
internal sealed class PowerBlocks
{
    /// <summary>Frames of a block: 130 kB of spectra at 2,048 samples.</summary>
    public const int Frames = 32;

    // Of signals up to this length (34 MB of spectra, three minutes) all frames are kept for a second reading.
    private const int MostKept = 8192;

    private readonly Stft stft;
    private readonly bool isReadAgain;
    private float[] spectra;

    /// <summary>Plans the transform.</summary>
    /// <param name="settings">Frames and transform.</param>
    /// <param name="isReadAgain">Whether <see cref="ReadAgain"/> will be called.</param>
    public PowerBlocks(StftSettings settings, bool isReadAgain = false)
    {
        stft = new Stft(settings);
        this.isReadAgain = isReadAgain;
        spectra = Allocate(Frames);
    }

    public int Bins => stft.Bins;

    public int FrameCount(int samples) => stft.FrameCount(samples);

    /// <summary>The frames from <paramref name="first"/> on: <see cref="Frames"/>, or what is left of <paramref name="count"/>; valid until the next call.</summary>
    public ReadOnlySpan<float> Read(ReadOnlySpan<float> signal, int first, int count)
    {
        bool isKept = IsKept(count);
        if (isKept && spectra.Length < count * Bins)
        {
            spectra = Allocate(count);
        }

        Span<float> block = spectra.AsSpan(isKept ? first * Bins : 0, Math.Min(Frames, count - first) * Bins);
        stft.Power(signal, first, block);
        return block;
    }

    /// <summary>The same when all frames of the signal have been read once.</summary>
    public ReadOnlySpan<float> ReadAgain(ReadOnlySpan<float> signal, int first, int count) =>
        IsKept(count) ? spectra.AsSpan(first * Bins, Math.Min(Frames, count - first) * Bins) : Read(signal, first, count);

    private bool IsKept(int count) => isReadAgain && count <= MostKept;

    private float[] Allocate(int frames) => GC.AllocateUninitializedArray<float>(frames * Bins, pinned: true);
}
