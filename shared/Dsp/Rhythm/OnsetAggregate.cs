namespace Pipeline.Dsp.Rhythm;

/// <summary>How the rises of a frame's bands become one value.</summary>
public enum OnsetAggregate
{
    /// <summary>Their mean: librosa's default.</summary>
    Mean,

    /// <summary>Their median: what librosa's <c>beat_track</c> works with.</summary>
    Median,
}
