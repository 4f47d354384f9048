using Pipeline.Stages.AudioIngestion.Fingerprinting;

namespace Pipeline.Stages.AudioIngestion;

/// <summary>What was found out about a sound file.</summary>
internal sealed class Clip
{
    /// <summary>The file.</summary>
    public required AudioItem Item { get; init; }

    /// <summary>What the manifest says of it, where there is one that names it.</summary>
    public ManifestEntry? Manifest { get; init; }

    /// <summary>Hash of the file; null where it cannot be opened.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Frames per second; null where it is unreadable, as are the next two.</summary>
    public int? SampleRate { get; set; }

    /// <summary>Channels.</summary>
    public int? Channels { get; set; }

    /// <summary>Greatest absolute sample.</summary>
    public float? Peak { get; set; }

    /// <summary>Length in seconds, of what could be decoded.</summary>
    public double DurationS { get; set; }

    /// <summary>What is wrong with it.</summary>
    public List<Fault> Faults { get; } = [];

    /// <summary>Its fingerprint; empty where none was taken.</summary>
    public Landmark[] Landmarks { get; set; } = [];

    /// <summary>The gravest fault, or null.</summary>
    public string? Fault => Faults.MinBy(f => FaultNames.Rank(f.Name))?.Name;

    /// <summary>All that is wrong, the gravest first, or null.</summary>
    public string? FaultDetail => Faults.Count == 0 ? null : string.Join("; ", Faults.OrderBy(f => FaultNames.Rank(f.Name)));
}
