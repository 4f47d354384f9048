namespace Pipeline.Dsp.Tonal;

/// <summary>How a chromagram is made of a constant-Q transform. The defaults are those of librosa's <c>chroma_cqt</c>.</summary>
public sealed record ChromaCqtSettings
{
    /// <summary>Samples per second.</summary>
    public int SampleRate { get; init; } = 22_050;

    /// <summary>Samples from one frame to the next.</summary>
    public int Hop { get; init; } = 512;

    /// <summary>Lowest frequency in Hz, where the tuning is 0.</summary>
    public double LowestFrequency { get; init; } = ConstantQSettings.C1;

    /// <summary>Octaves that are heard.</summary>
    public int Octaves { get; init; } = 7;

    /// <summary>Frequencies of an octave, a multiple of <see cref="Classes"/>.</summary>
    public int BinsPerOctave { get; init; } = 36;

    /// <summary>Pitch classes, of which the first is C.</summary>
    public int Classes { get; init; } = 12;

    /// <summary>What the filters hear beyond the signal's ends.</summary>
    public FramePadding Padding { get; init; } = FramePadding.Zero;
}
