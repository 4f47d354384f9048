using Pipeline.Datasets;
using Pipeline.Stages.AudioIngestion.Fingerprinting;

namespace Pipeline.Stages.AudioIngestion;

/// <summary>What was found out about a sound file.</summary>
internal sealed class Clip : FoundFile
{
    /// <summary>Frames per second; null where it is unreadable, as are the next two.</summary>
    public int? SampleRate { get; set; }

    /// <summary>Channels.</summary>
    public int? Channels { get; set; }

    /// <summary>Greatest absolute sample.</summary>
    public float? Peak { get; set; }

    /// <summary>Length in seconds, of what could be decoded.</summary>
    public double DurationS { get; set; }

    /// <summary>Its fingerprint; empty where none was taken.</summary>
    public Landmark[] Landmarks { get; set; } = [];
}
