namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>What can be wrong with a file of a corpus, and in GTZAN is.</summary>
internal enum FaultKind
{
    /// <summary>The same bytes under another name.</summary>
    Duplicate,

    /// <summary>The same recording, copied by ear: another level, a little later, with noise.</summary>
    NearDuplicate,

    /// <summary>The header announces more than there is.</summary>
    Truncated,

    /// <summary>Nothing but zeros.</summary>
    Silent,

    /// <summary>Recorded far too loud.</summary>
    Clipped,

    /// <summary>Shorter than a second.</summary>
    TooShort,

    /// <summary>No sound file in spite of its name.</summary>
    Unreadable,

    /// <summary>Floating-point samples, some of which are no numbers.</summary>
    NotFinite,
}
