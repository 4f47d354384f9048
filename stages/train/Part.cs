namespace Pipeline.Stages.Training;

/// <summary>What a window is for.</summary>
internal enum Part
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To stop by, and to choose the best weights.</summary>
    Valid,

    /// <summary>To judge by: never looked at here.</summary>
    Test,
}
