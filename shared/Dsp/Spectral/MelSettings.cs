namespace Pipeline.Dsp.Spectral;

/// <summary>A mel spectrogram. The defaults are librosa's.</summary>
public sealed record MelSettings
{
    /// <summary>Samples per second.</summary>
    public double SampleRate { get; init; } = 22_050;

    /// <summary>Frames and transform.</summary>
    public StftSettings Stft { get; init; } = new();

    /// <summary>Bands of a frame.</summary>
    public int Bands { get; init; } = 128;

    /// <summary>Lower end of the lowest band in Hz.</summary>
    public double MinFrequency { get; init; }

    /// <summary>Upper end of the highest band in Hz; null for half the sample rate.</summary>
    public double? MaxFrequency { get; init; }

    /// <summary>Formula of the scale.</summary>
    public MelFormula Formula { get; init; } = MelFormula.Slaney;

    /// <summary>Scale of the triangles.</summary>
    public MelNorm Norm { get; init; } = MelNorm.Slaney;
}
