namespace Pipeline.Dsp.Tonal;

/// <summary>What a constant-Q transform consists of. The defaults are those of librosa's <c>cqt</c>: seven octaves of semitones from C1 on.</summary>
public sealed record ConstantQSettings
{
    /// <summary>C1 in Hz, with A4 at 440 Hz.</summary>
    public const double C1 = 32.70319566257483;

    /// <summary>Samples per second.</summary>
    public int SampleRate { get; init; } = 22_050;

    /// <summary>Samples from one frame to the next.</summary>
    public int Hop { get; init; } = 512;

    /// <summary>Frequency of the first bin in Hz, where the tuning is 0.</summary>
    public double LowestFrequency { get; init; } = C1;

    /// <summary>Frequencies, each <see cref="BinsPerOctave"/>-th root of two times the one before.</summary>
    public int Bins { get; init; } = 84;

    /// <summary>Frequencies of an octave.</summary>
    public int BinsPerOctave { get; init; } = 12;

    /// <summary>Length of the filters: as a share of the one at which neighbours but one just touch.</summary>
    public double FilterScale { get; init; } = 1;

    /// <summary>Share of the sum of each filter's spectral magnitudes that is left out, its smallest ones.</summary>
    public double Sparsity { get; init; } = 0.01;

    /// <summary>What the filters see beyond the signal's ends, at the sample rate of each octave.</summary>
    public FramePadding Padding { get; init; } = FramePadding.Zero;
}
