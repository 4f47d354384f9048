namespace Pipeline.Dsp.Spectral;

/// <summary>Pitch classes of the short-time spectrum: librosa's <c>chroma_stft</c>. It keeps buffers and is for one thread at a time.</summary>
public sealed class ChromaStft
{
    private readonly PowerBlocks blocks;
    private readonly Tuning tuning;
    private readonly ChromaFilterBank? bank; // where the tuning is given

    /// <summary>Plans it.</summary>
    public ChromaStft(ChromaSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Settings = settings;
        blocks = new PowerBlocks(settings.Stft, isReadAgain: settings.Tuning is null);
        tuning = new Tuning(settings.SampleRate, settings.Stft.FftSize, binsPerOctave: settings.Classes);
        bank = settings.Tuning is double given ? new ChromaFilterBank(settings, given) : null;
    }

    /// <summary>What was asked for.</summary>
    public ChromaSettings Settings { get; }

    /// <summary>Frames x classes.</summary>
    public FrameMatrix Compute(ReadOnlySpan<float> signal)
    {
        int frames = blocks.FrameCount(signal.Length);
        ChromaFilterBank filters = bank ?? new ChromaFilterBank(Settings, EstimateTuning(signal));
        var chroma = new FrameMatrix(frames, Settings.Classes);
        for (int t = 0; t < frames; t += PowerBlocks.Frames)
        {
            ReadOnlySpan<float> power = bank is null ? blocks.ReadAgain(signal, t, frames) : blocks.Read(signal, t, frames);
            filters.Apply(power, chroma.Values.AsSpan(t * chroma.Width, power.Length / blocks.Bins * chroma.Width));
        }

        Normalize(chroma, Settings.Norm);
        return chroma;
    }

    /// <summary>How far the signal is from A = 440 Hz, in classes: what <see cref="Compute"/> takes where no tuning is given.</summary>
    public double EstimateTuning(ReadOnlySpan<float> signal)
    {
        int frames = blocks.FrameCount(signal.Length);
        tuning.Clear();
        for (int t = 0; t < frames; t += PowerBlocks.Frames)
        {
            tuning.Add(blocks.Read(signal, t, frames));
        }

        return tuning.Estimate();
    }

    /// <summary>Scales the classes of each frame; silent ones stay silent.</summary>
    internal static void Normalize(FrameMatrix chroma, ChromaNorm norm)
    {
        const float tiny = 1.17549435e-38f; // the least normal number: what librosa takes for silence
        for (int t = 0; norm == ChromaNorm.Maximum && t < chroma.Frames; t++)
        {
            Span<float> frame = chroma[t];
            float greatest = 0;
            foreach (float value in frame)
            {
                greatest = Math.Max(greatest, value);
            }

            for (int c = 0; greatest >= tiny && c < frame.Length; c++)
            {
                frame[c] /= greatest;
            }
        }
    }
}
