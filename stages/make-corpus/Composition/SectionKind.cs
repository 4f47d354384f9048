namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>The parts of a song's form.</summary>
internal enum SectionKind
{
    /// <summary>The beginning, before the melody.</summary>
    Intro,

    /// <summary>The story.</summary>
    Verse,

    /// <summary>What one remembers.</summary>
    Chorus,

    /// <summary>An instrument's melody takes over.</summary>
    Solo,

    /// <summary>Something else, once, before the end.</summary>
    Bridge,

    /// <summary>The end.</summary>
    Outro,
}
