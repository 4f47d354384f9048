namespace Pipeline.Dsp.Spectral;

/// <summary>The power spectra of a signal, a few frames at a time: all that needs them takes them while they are in the cache.</summary>
internal sealed class PowerBlocks
{
    /// <summary>Frames of a block: 130 kB of spectra at 2,048 samples.</summary>
    public const int Frames = 32;

    private readonly Stft stft;
    private readonly float[] block;

    public PowerBlocks(StftSettings settings)
    {
        stft = new Stft(settings);
        block = GC.AllocateArray<float>(Frames * stft.Bins, pinned: true);
    }

    public int Bins => stft.Bins;

    public int FrameCount(int samples) => stft.FrameCount(samples);

    /// <summary>The frames from <paramref name="first"/> on: <see cref="Frames"/>, or what is left of <paramref name="count"/>; valid until the next call.</summary>
    public ReadOnlySpan<float> Read(ReadOnlySpan<float> signal, int first, int count)
    {
        Span<float> wanted = block.AsSpan(0, Math.Min(Frames, count - first) * stft.Bins);
        stft.Power(signal, first, wanted);
        return wanted;
    }
}
