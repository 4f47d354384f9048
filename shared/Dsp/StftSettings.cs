namespace Pipeline.Dsp;

/// <summary>How a signal is cut into frames and transformed. The defaults are librosa's.</summary>
public sealed record StftSettings
{
    /// <summary>Samples of a transform.</summary>
    public int FftSize { get; init; } = 2048;

    /// <summary>Samples from one frame to the next.</summary>
    public int Hop { get; init; } = 512;

    /// <summary>Samples under the window, which stands in the middle of the frame; 0 for <see cref="FftSize"/>.</summary>
    public int WindowLength { get; init; }

    /// <summary>Shape of the window.</summary>
    public WindowShape Window { get; init; } = WindowShape.Hann;

    /// <summary>Frame t is centred on sample t * Hop; otherwise it begins there.</summary>
    public bool IsCentred { get; init; } = true;

    /// <summary>What centred frames see beyond the signal's ends.</summary>
    public FramePadding Padding { get; init; } = FramePadding.Zero;
}
