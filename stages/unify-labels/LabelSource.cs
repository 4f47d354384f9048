namespace Pipeline.Stages.LabelUnification;

/// <summary>Who names a genre; of several who weigh the same, the first in this order counts.</summary>
internal enum LabelSource
{
    /// <summary>Tagtraum's annotations: CD1, CD2, CD2C.</summary>
    Tagtraum,

    /// <summary>Top-MAGD, or MAGD.</summary>
    Topmagd,

    /// <summary>MASD, whose genres are styles.</summary>
    Masd,

    /// <summary>The class folder that a recording is in.</summary>
    Folder,
}
