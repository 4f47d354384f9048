namespace Pipeline.Audio.Plain;

/// <summary>How a plain file stores a sample. All are read to the scale on which 1 is the largest integer's successor.</summary>
internal enum SampleEncoding
{
    /// <summary>Unsigned byte, 128 is silence (wav).</summary>
    UInt8,

    /// <summary>Signed byte (au, aiff).</summary>
    Int8,
    Int16,

    /// <summary>Three bytes.</summary>
    Int24,
    Int32,
    Float32,
    Float64,

    /// <summary>ITU-T G.711, European.</summary>
    ALaw,

    /// <summary>ITU-T G.711, North American and Japanese.</summary>
    MuLaw,
}
