namespace Pipeline.Stages.Splitting;

/// <summary>Whether a recording is in the table, and if not, why.</summary>
internal enum Standing : byte
{
    /// <summary>It is.</summary>
    Kept,

    /// <summary>It has a fault.</summary>
    Faulty,

    /// <summary>It has no genre.</summary>
    Unlabelled,

    /// <summary>The lists name others of its source, and not it.</summary>
    Unlisted,

    /// <summary>It is linked to recordings that the lists put on two sides.</summary>
    Bridge,

    /// <summary>The lists put it on one side and something that it is linked to on another.</summary>
    Leak,
}
