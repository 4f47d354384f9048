namespace Pipeline.Stages.Splitting;

/// <summary>A side of the split; where two are named for one recording, the later one counts.</summary>
internal enum Part : byte
{
    /// <summary>None of them.</summary>
    None,

    /// <summary>What a model learns from.</summary>
    Train,

    /// <summary>What decides when it has learnt enough.</summary>
    Valid,

    /// <summary>What it is judged by.</summary>
    Test,
}
