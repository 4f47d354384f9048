namespace Pipeline.Dsp;

/// <summary>How a sound is parted into harmonic and percussive. The defaults are librosa's.</summary>
public sealed record HarmonicPercussiveSettings
{
    /// <summary>How spectra are made of signals.</summary>
    public StftSettings Stft { get; init; } = new();

    /// <summary>Frames whose median is the harmonic part; odd.</summary>
    public int HarmonicKernel { get; init; } = 31;

    /// <summary>Bins whose median is the percussive part; odd.</summary>
    public int PercussiveKernel { get; init; } = 31;

    /// <summary>Exponent of the masks; the greater, the harder. Infinity for masks of 0 and 1.</summary>
    public double Power { get; init; } = 2;

    /// <summary>How many times stronger than the percussive part the harmonic one must be, 1 or more.</summary>
    public double HarmonicMargin { get; init; } = 1;

    /// <summary>How many times stronger than the harmonic part the percussive one must be, 1 or more.</summary>
    public double PercussiveMargin { get; init; } = 1;
}
