namespace Pipeline.Stages.Training;

/// <summary>What makes an epoch better than another, on the valid part.</summary>
internal enum Monitor
{
    /// <summary>A lower loss.</summary>
    Loss,

    /// <summary>More recordings named right.</summary>
    Accuracy,

    /// <summary>A higher mean of F1 over the genres.</summary>
    MacroF1,
}
