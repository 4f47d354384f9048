using Pipeline.Dsp.Spectral;

namespace Pipeline.Dsp.Rhythm;

/// <summary>How the strength of onsets is measured. The defaults are those of librosa's <c>onset_strength</c>.</summary>
public sealed record OnsetSettings
{
    /// <summary>The spectrogram whose rises are onsets.</summary>
    public LogMelSettings LogMel { get; init; } = new();

    /// <summary>Frames between the two that are compared.</summary>
    public int Lag { get; init; } = 1;

    /// <summary>Bands around a band, itself included, of which the greatest is what it is compared with; 1 for itself alone.</summary>
    public int MaxSize { get; init; } = 1;

    /// <summary>How the bands' rises become one value.</summary>
    public OnsetAggregate Aggregate { get; init; } = OnsetAggregate.Mean;
}
