namespace Pipeline.Dsp.Segments;

/// <summary>
/// How a segment's sound becomes the strength of the twelve pitch classes. The defaults are those whose statistics come closest to
/// the published ones of the Million Song Dataset.
/// </summary>
public sealed record PitchSettings
{
    /// <summary>Samples a second.</summary>
    public int SampleRate { get; init; } = 22_050;

    /// <summary>Frequency of the A above middle C in hertz.</summary>
    public double TuningHz { get; init; } = 440;

    /// <summary>Least frequency in hertz that a bin of the segment's spectrum may have to be counted.</summary>
    public double LowestHz { get; init; } = 59;

    /// <summary>Greatest frequency in hertz of a note: the default ends with the B two octaves above middle C's.</summary>
    public double HighestHz { get; init; } = 2000;

    /// <summary>Most samples of a segment that are looked at, a power of two.</summary>
    public int MostSamples { get; init; } = 16_384;

    /// <summary>What the power of a pitch class is raised to: 0.5 would be magnitude.</summary>
    public double Exponent { get; init; } = 0.65;
}
