namespace Pipeline.Dsp.Spectral;

/// <summary>A mel spectrogram in decibels.</summary>
public sealed record LogMelSettings
{
    /// <summary>Frames and bands.</summary>
    public MelSettings Mel { get; init; } = new();

    /// <summary>From power to decibels.</summary>
    public DecibelSettings Decibels { get; init; } = new();
}
