namespace Pipeline.Dsp.Spectral;

/// <summary>The FMA table. The defaults are those that it was made with, librosa 0.5, at librosa's usual sample rate.</summary>
public sealed record FmaSettings
{
    /// <summary>Samples per second.</summary>
    public double SampleRate { get; init; } = 22_050;

    /// <summary>Frames and transform; the ends are mirrored, as librosa did before 0.10.</summary>
    public StftSettings Stft { get; init; } = new() { Padding = FramePadding.Reflect };
}
