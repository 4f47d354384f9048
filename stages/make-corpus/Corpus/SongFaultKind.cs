namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>What can be wrong on purpose with a song file.</summary>
internal enum SongFaultKind
{
    /// <summary>The file ends in its middle.</summary>
    Unreadable,

    /// <summary>There are no segments.</summary>
    NoSegments,

    /// <summary>There are fewer confidences than segments.</summary>
    UnequalLengths,

    /// <summary>A value of the timbre is NaN.</summary>
    NotFinite,

    /// <summary>The tempo is negative.</summary>
    Absurd,
}
