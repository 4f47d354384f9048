namespace Pipeline.Dsp.Spectral;

/// <summary>
/// The descriptors of a signal's frames with librosa's defaults, all from one short-time transform: what tables of statistics
/// are made of. Its matrices are those of the last signal. For one thread at a time.
/// </summary>
internal sealed class FrameDescriptors
{
    private readonly PowerBlocks blocks;
    private readonly float[] magnitudes;
    private readonly SpectralShape shape;
    private readonly SpectralContrast? contrast;
    private readonly MelFilterBank bank;
    private readonly Dct dct;
    private readonly ChromaSettings chromaSettings;
    private readonly Tuning tuning;
    private readonly ZeroCrossingRate crossings;
    private FrameMatrix mel = new(0, 1);
    private FrameMatrix valleys = new(0, 1);

    /// <summary>Plans them.</summary>
    public FrameDescriptors(double sampleRate, StftSettings stft, bool hasContrast)
    {
        blocks = new PowerBlocks(stft, isReadAgain: true);
        magnitudes = GC.AllocateArray<float>(PowerBlocks.Frames * blocks.Bins, pinned: true);
        shape = new SpectralShape(sampleRate, stft.FftSize);
        contrast = hasContrast ? new SpectralContrast(new ContrastSettings { SampleRate = sampleRate, Stft = stft }) : null;
        var mfcc = new MfccSettings { LogMel = new() { Mel = new() { SampleRate = sampleRate, Stft = stft } } };
        bank = new MelFilterBank(mfcc.LogMel.Mel);
        dct = Spectral.Mfcc.Plan(mfcc);
        chromaSettings = new ChromaSettings { SampleRate = sampleRate, Stft = stft };
        tuning = new Tuning(sampleRate, stft.FftSize);
        crossings = new ZeroCrossingRate(new FrameSettings { Length = stft.FftSize, Hop = stft.Hop, IsCentred = stft.IsCentred });
    }

    /// <summary>Frames x 20.</summary>
    public FrameMatrix Mfcc { get; private set; } = new(0, 1);

    /// <summary>Frames x 12.</summary>
    public FrameMatrix Chroma { get; private set; } = new(0, 1);

    /// <summary>Frames x 1, Hz.</summary>
    public FrameMatrix Centroid { get; private set; } = new(0, 1);

    /// <summary>Frames x 1, Hz.</summary>
    public FrameMatrix Bandwidth { get; private set; } = new(0, 1);

    /// <summary>Frames x 1, Hz.</summary>
    public FrameMatrix RollOff { get; private set; } = new(0, 1);

    /// <summary>Frames x 1, the root of the mean power of a spectrum's frequencies.</summary>
    public FrameMatrix BinRms { get; private set; } = new(0, 1);

    /// <summary>Frames x 7, dB; no frames where contrast was not asked for.</summary>
    public FrameMatrix Contrast { get; private set; } = new(0, 1);

    /// <summary>Frames x 1.</summary>
    public FrameMatrix Crossings { get; private set; } = new(0, 1);

    /// <summary>Describes a signal.</summary>
    public void Compute(ReadOnlySpan<float> signal)
    {
        int frames = blocks.FrameCount(signal.Length);
        Prepare(frames);
        tuning.Clear();
        for (int t = 0; t < frames; t += PowerBlocks.Frames)
        {
            Describe(blocks.Read(signal, t, frames), t);
        }

        contrast?.Finish(Contrast, valleys);
        Decibels.FromPower(mel.Values, new DecibelSettings());
        dct.Apply(mel.Values, Mfcc.Values);
        var classes = new ChromaFilterBank(chromaSettings, tuning.Estimate());
        for (int t = 0; t < frames; t += PowerBlocks.Frames)
        {
            ReadOnlySpan<float> power = blocks.ReadAgain(signal, t, frames);
            classes.Apply(power, Rows(Chroma, t, power.Length / blocks.Bins));
        }

        ChromaStft.Normalize(Chroma, ChromaNorm.Maximum);
        Crossings = crossings.Compute(signal);
    }

    private void Describe(ReadOnlySpan<float> power, int first)
    {
        int count = power.Length / blocks.Bins;
        bank.Apply(power, Rows(mel, first, count));
        tuning.Add(power);
        SpectralShape.Magnitude(power, magnitudes);
        for (int i = 0; i < count; i++)
        {
            int t = first + i;
            ReadOnlySpan<float> magnitude = magnitudes.AsSpan(i * blocks.Bins, blocks.Bins);
            double centroid = shape.Centroid(magnitude);
            Centroid.Values[t] = (float)centroid;
            Bandwidth.Values[t] = (float)shape.Bandwidth(magnitude, centroid);
            RollOff.Values[t] = (float)shape.RollOff(magnitude);
            ReadOnlySpan<float> powers = power.Slice(i * blocks.Bins, blocks.Bins);
            BinRms.Values[t] = (float)RootMeanSquare.OfBins(powers);
            contrast?.Extremes(powers, Contrast[t], valleys[t]);
        }
    }

    private void Prepare(int frames)
    {
        if (mel.Frames == frames)
        {
            return;
        }

        mel = new FrameMatrix(frames, bank.Bands);
        Mfcc = new FrameMatrix(frames, dct.Outputs);
        Chroma = new FrameMatrix(frames, chromaSettings.Classes);
        (Centroid, Bandwidth, RollOff, BinRms) = (new(frames, 1), new(frames, 1), new(frames, 1), new(frames, 1));
        (Contrast, valleys) = contrast is null ? (Contrast, valleys) : (new(frames, contrast.Width), new(frames, contrast.Width));
    }

    private static Span<float> Rows(FrameMatrix matrix, int first, int count) => matrix.Values.AsSpan(first * matrix.Width, count * matrix.Width);
}
