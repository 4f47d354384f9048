namespace Pipeline.Audio;

/// <summary>How a sample is stored in a file.</summary>
public enum SampleFormat
{
    /// <summary>16-bit integers; what lies beyond full scale is clipped.</summary>
    Int16,

    /// <summary>32-bit floating point; nothing is lost.</summary>
    Float32,
}
