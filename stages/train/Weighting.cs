namespace Pipeline.Stages.Training;

/// <summary>How genres are weighed in the loss.</summary>
internal enum Weighting
{
    /// <summary>So that all genres count the same together: a window of a rare one counts more.</summary>
    Balanced,

    /// <summary>Every window counts the same.</summary>
    None,
}
