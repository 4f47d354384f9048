namespace Pipeline.Dsp.Rhythm;

/// <summary>How beats are found. The defaults are those of librosa's <c>beat_track</c>.</summary>
public sealed record BeatSettings
{
    /// <summary>How the tempo is found, and the frames of the envelope.</summary>
    public TempoSettings Tempo { get; init; } = new();

    /// <summary>How little the beats stray from the tempo.</summary>
    public double Tightness { get; init; } = 100;

    /// <summary>Weak beats at the beginning and end are left out.</summary>
    public bool IsTrimmed { get; init; } = true;

    /// <summary>The last of the beats that would remain is left out too, as librosa does up to 0.10.1.</summary>
    public bool IsLastLeftOut { get; init; } = true;
}
