namespace Pipeline.Dsp.Rhythm;

/// <summary>How a tempo is found in an onset envelope. The defaults are those of librosa's <c>tempo</c>.</summary>
public sealed record TempoSettings
{
    /// <summary>Samples per second of the signal.</summary>
    public double SampleRate { get; init; } = 22_050;

    /// <summary>Samples from one frame of the envelope to the next.</summary>
    public int Hop { get; init; } = 512;

    /// <summary>Seconds that are compared with themselves at a time.</summary>
    public double WindowS { get; init; } = 8;

    /// <summary>The likeliest tempo, in beats per minute.</summary>
    public double StartTempo { get; init; } = 120;

    /// <summary>Standard deviation of likely tempos, in octaves.</summary>
    public double TempoDeviation { get; init; } = 1;

    /// <summary>Tempos are below this, in beats per minute.</summary>
    public double MaxTempo { get; init; } = 320;
}
