namespace Pipeline.Stages.LabelUnification;

/// <summary>Why a recording has no genre.</summary>
internal static class Losses
{
    /// <summary>It is in no class folder, and no label file has its track.</summary>
    public const string Unknown = "no source knows it";

    /// <summary>Its genres are in no line of the file of genres.</summary>
    public const string Unmapped = "no line for its genre";

    /// <summary>Its genres have no place in the set.</summary>
    public const string NoPlace = "no place in the set";

    /// <summary>The sources name different genres.</summary>
    public const string Disagree = "sources disagree";

    /// <summary>Only one annotation names a genre, and none confirms it.</summary>
    public const string Alone = "one source alone";

    /// <summary>More than one genre is named, be it second.</summary>
    public const string Ambiguous = "ambiguous";
}
