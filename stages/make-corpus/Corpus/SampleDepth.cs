namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>How a file stores a sample.</summary>
internal enum SampleDepth
{
    /// <summary>Unsigned bytes, of which 128 is silence.</summary>
    UInt8,

    Int16,

    /// <summary>Three bytes.</summary>
    Int24,

    /// <summary>32-bit floating point.</summary>
    Float32,
}
