namespace Pipeline.Stages.LabelUnification;

/// <summary>A genre as a source spells it, and what becomes of it.</summary>
/// <param name="source">Who spells it so.</param>
/// <param name="dataset">For class folders, the dataset they are of; otherwise empty.</param>
/// <param name="name">The spelling.</param>
/// <param name="genre">The genre of the set that it is; or one of the values below 0.</param>
internal sealed class SourceGenre(LabelSource source, string dataset, string name, int genre)
{
    /// <summary>It has a line, and no place in the set.</summary>
    public const int NoPlace = -1;

    /// <summary>No line names it.</summary>
    public const int Unmapped = -2;

    /// <summary>Who spells it so.</summary>
    public LabelSource Source => source;

    /// <summary>For class folders, the dataset they are of; otherwise empty.</summary>
    public string Dataset => dataset;

    /// <summary>The spelling.</summary>
    public string Name => name;

    /// <summary>The genre of the set that it is, or <see cref="NoPlace"/> or <see cref="Unmapped"/>.</summary>
    public int Genre => genre;

    /// <summary>Whether it is a genre of the set: only then does the source speak.</summary>
    public bool Speaks => genre >= 0;

    /// <summary>Tracks of the label files that it is the genre of, first or second.</summary>
    public long Tracks { get; set; }

    /// <summary>Recordings that it is the genre of, first or second.</summary>
    public long Recordings { get; set; }

    /// <summary>Whether both are the same genre of the set; of those that are none, whether they are the same name.</summary>
    public bool Means(SourceGenre other) =>
        this == other || (Speaks ? genre == other.Genre : !other.Speaks && GenreMap.Key(name) == GenreMap.Key(other.Name));
}
