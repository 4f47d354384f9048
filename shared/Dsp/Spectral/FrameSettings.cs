namespace Pipeline.Dsp.Spectral;

/// <summary>How a signal is cut into frames that are not transformed.</summary>
public sealed record FrameSettings
{
    /// <summary>Samples of a frame.</summary>
    public int Length { get; init; } = 2048;

    /// <summary>Samples from one frame to the next.</summary>
    public int Hop { get; init; } = 512;

    /// <summary>Frame t is centred on sample t * Hop; otherwise it begins there.</summary>
    public bool IsCentred { get; init; } = true;

    /// <summary>What centred frames see beyond the signal's ends.</summary>
    public FramePadding Padding { get; init; } = FramePadding.Zero;
}
