namespace Pipeline.Stages.LabelUnification;

/// <summary>What each source says of one recording.</summary>
internal sealed class Statements
{
    /// <summary>All sources, in their order.</summary>
    public static readonly LabelSource[] Sources = Enum.GetValues<LabelSource>();

    private readonly SourceGenre?[] genres = new SourceGenre?[Sources.Length];

    /// <summary>The genre that a source names; null where it does not know the recording.</summary>
    public SourceGenre? this[LabelSource source]
    {
        get => genres[(int)source];
        set => genres[(int)source] = value;
    }

    /// <summary>The genre that Tagtraum names second, if any.</summary>
    public SourceGenre? TagtraumSecond { get; set; }

    /// <summary>Everything that is named.</summary>
    public IEnumerable<SourceGenre> Named => genres.Append(TagtraumSecond).OfType<SourceGenre>();

    /// <summary>The genre of the set that a source names; below 0 where it does not speak.</summary>
    public int GenreOf(LabelSource source) => genres[(int)source]?.Genre ?? SourceGenre.Unmapped;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(genres);
        TagtraumSecond = null;
    }
}
