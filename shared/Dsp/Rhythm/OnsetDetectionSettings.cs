namespace Pipeline.Dsp.Rhythm;

/// <summary>
/// Which peaks of an onset envelope are onsets. Spans left null are those of librosa's <c>onset_detect</c>, which were found
/// by a search over a large collection.
/// </summary>
public sealed record OnsetDetectionSettings
{
    /// <summary>Frames per second of the envelope.</summary>
    public double FrameRate { get; init; } = 22_050.0 / 512;

    /// <summary>The envelope is first brought to the range 0 to 1.</summary>
    public bool IsNormalized { get; init; } = true;

    /// <summary>Frames before a peak that are no higher; null for 30 ms.</summary>
    public int? PreMax { get; init; }

    /// <summary>Frames from a peak on, itself included, that are no higher; null for the peak alone.</summary>
    public int? PostMax { get; init; }

    /// <summary>Frames before a peak of the mean that it rises above; null for 100 ms.</summary>
    public int? PreAverage { get; init; }

    /// <summary>Frames from a peak on, itself included, of the mean that it rises above; null for 100 ms and one.</summary>
    public int? PostAverage { get; init; }

    /// <summary>Frames after an onset in which there is no other; null for 30 ms.</summary>
    public int? Wait { get; init; }

    /// <summary>What a peak rises above the mean by, at least.</summary>
    public double Delta { get; init; } = 0.07;

    /// <summary>Onsets are moved back to the minimum of the envelope before them.</summary>
    public bool IsBacktracked { get; init; }
}
