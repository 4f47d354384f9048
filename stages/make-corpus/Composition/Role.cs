namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>What a part does in the band.</summary>
internal enum Role
{
    /// <summary>Drums and percussion.</summary>
    Drums,

    /// <summary>The bass line.</summary>
    Bass,

    /// <summary>Chords in rhythm.</summary>
    Chords,

    /// <summary>Held chords behind the others.</summary>
    Pad,

    /// <summary>An instrument's melody.</summary>
    Lead,

    /// <summary>The sung, or spoken, melody.</summary>
    Voice,
}
