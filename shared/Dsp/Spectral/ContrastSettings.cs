namespace Pipeline.Dsp.Spectral;

/// <summary>Spectral contrast. The defaults are librosa's.</summary>
public sealed record ContrastSettings
{
    /// <summary>Samples per second.</summary>
    public double SampleRate { get; init; } = 22_050;

    /// <summary>Frames and transform.</summary>
    public StftSettings Stft { get; init; } = new();

    /// <summary>Octaves above the lowest band; a frame has one value more.</summary>
    public int Octaves { get; init; } = 6;

    /// <summary>Upper end of the lowest band in Hz.</summary>
    public double MinFrequency { get; init; } = 200;

    /// <summary>Share of a band's frequencies that make up its peak, and as many its valley.</summary>
    public double Quantile { get; init; } = 0.02;

    /// <summary>The difference of the values themselves; otherwise of their logarithms.</summary>
    public bool IsLinear { get; init; }
}
