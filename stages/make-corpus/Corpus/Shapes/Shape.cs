using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus.Shapes;

/// <summary>A kind of corpus: which folders and lists it has, of what music, and which options say more. Another is one more of these, in <see cref="All"/>.</summary>
/// <param name="name">As <c>--shape</c> names it.</param>
/// <param name="description">What it is, in a few words for the help.</param>
/// <param name="options">The options that mean something for it and not for every shape.</param>
internal abstract class Shape(string name, string description, params string[] options)
{
    /// <summary>All there are, the usual one first.</summary>
    public static readonly IReadOnlyList<Shape> All =
        [new GtzanMsdShape(), new GtzanShape(), new PartsShape(), new GameMusicShape(), new RegionsShape(), new PicturesShape()];

    /// <summary>As <c>--shape</c> names it.</summary>
    public string Name => name;

    /// <summary>What it is, in a few words.</summary>
    public string Description => description;

    /// <summary>What it puts at the top of a corpus.</summary>
    public abstract IReadOnlyList<string> Entries { get; }

    /// <summary>Its classes.</summary>
    public abstract GenreTable Genres { get; }

    /// <summary>Artists of each genre where none are asked for.</summary>
    public virtual int Artists => 8;

    /// <summary>Clips of each artist where none are asked for.</summary>
    public virtual int Clips => 2;

    /// <summary>Length of a clip where none is asked for.</summary>
    public virtual double Seconds => 30;

    /// <summary>The shape of a name; null where there is none.</summary>
    public static Shape? Find(string name) => All.FirstOrDefault(s => s.Name == name);

    /// <summary>Whether an option that not every shape has means something for this one.</summary>
    public bool Takes(string option) => options.Contains(option);

    /// <summary>Makes it.</summary>
    public abstract void Write(CorpusRun run);
}
