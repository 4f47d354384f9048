namespace Pipeline.Stages.Balancing;

/// <summary>What becomes of genres with too few train recordings.</summary>
internal enum SmallGenres
{
    /// <summary>They are left out of all parts.</summary>
    Drop,

    /// <summary>The stage fails and names them.</summary>
    Refuse,
}
