namespace Pipeline.Dsp.Spectral;

/// <summary>The mel spectrogram, as powers or in decibels. It keeps buffers and is for one thread at a time.</summary>
public sealed class LogMel
{
    private readonly PowerBlocks blocks;
    private readonly MelFilterBank bank;

    /// <summary>Plans it.</summary>
    public LogMel(LogMelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        blocks = new PowerBlocks(settings.Mel.Stft);
        bank = new MelFilterBank(settings.Mel);
    }

    /// <summary>What was asked for.</summary>
    public LogMelSettings Settings { get; }

    /// <summary>Frames of a signal.</summary>
    public int FrameCount(int samples) => blocks.FrameCount(samples);

    /// <summary>Frames x bands, in decibels.</summary>
    public FrameMatrix Compute(ReadOnlySpan<float> signal)
    {
        FrameMatrix mel = ComputePower(signal);
        Decibels.FromPower(mel.Values, Settings.Decibels);
        return mel;
    }

    /// <summary>Frames x bands, as powers: librosa's <c>melspectrogram</c>.</summary>
    public FrameMatrix ComputePower(ReadOnlySpan<float> signal)
    {
        var mel = new FrameMatrix(FrameCount(signal.Length), bank.Bands);
        ComputePower(signal, mel.Values);
        return mel;
    }

    /// <summary>Frames x bands, in decibels, into memory of the caller's.</summary>
    public void Compute(ReadOnlySpan<float> signal, Span<float> mel)
    {
        ComputePower(signal, mel);
        Decibels.FromPower(mel, Settings.Decibels);
    }

    private void ComputePower(ReadOnlySpan<float> signal, Span<float> mel)
    {
        int frames = FrameCount(signal.Length);
        for (int t = 0; t < frames; t += PowerBlocks.Frames)
        {
            ReadOnlySpan<float> power = blocks.Read(signal, t, frames);
            bank.Apply(power, mel.Slice(t * bank.Bands, power.Length / blocks.Bins * bank.Bands));
        }
    }
}
