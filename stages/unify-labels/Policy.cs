namespace Pipeline.Stages.LabelUnification;

/// <summary>How the genre of a recording follows from what the sources say that speak: those whose genre has a place in the set.</summary>
internal enum Policy
{
    /// <summary>A vote; each source has the weight with which the others usually confirm it.</summary>
    Majority,

    /// <summary>All name the same, and there are two at least; a class folder is enough by itself.</summary>
    Agree,

    /// <summary>Tagtraum where it speaks, then Top-MAGD, MASD, the folder.</summary>
    TagtraumFirst,

    /// <summary>Top-MAGD where it speaks, then Tagtraum, MASD, the folder.</summary>
    TopmagdFirst,

    /// <summary>Nobody names another genre, not even second, nor one that has no place in the set.</summary>
    Unambiguous,
}
