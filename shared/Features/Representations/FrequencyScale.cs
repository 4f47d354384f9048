namespace Pipeline.Features.Representations;

/// <summary>How the rows of a spectrogram lie over the frequencies.</summary>
internal enum FrequencyScale
{
    /// <summary>Equal steps in hertz.</summary>
    Linear,

    /// <summary>Equal steps in semitones.</summary>
    Log,
}
