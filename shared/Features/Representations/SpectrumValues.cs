namespace Pipeline.Features.Representations;

/// <summary>What a spectrogram's values are.</summary>
internal enum SpectrumValues
{
    /// <summary>Levels of power in decibels.</summary>
    Db,

    /// <summary>Power.</summary>
    Power,

    /// <summary>Magnitude, the root of power.</summary>
    Magnitude,
}
