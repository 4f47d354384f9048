namespace Pipeline.Dsp.Spectral;

/// <summary>The GTZAN table. The defaults are those that it was made with: librosa 0.7 or 0.8.</summary>
public sealed record GtzanSettings
{
    /// <summary>Samples per second.</summary>
    public double SampleRate { get; init; } = 22_050;

    /// <summary>Frames and transform; the ends are mirrored, as librosa did before 0.10.</summary>
    public StftSettings Stft { get; init; } = new() { Padding = FramePadding.Reflect };
}
