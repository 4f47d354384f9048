using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>A sound to make.</summary>
/// <param name="Artist">Who plays; its genre is the folder.</param>
/// <param name="Song">Which of the artist's songs it is taken from, from 0.</param>
/// <param name="Number">Its place in the folder.</param>
/// <param name="Name">Its name within the folder, without the kind of file.</param>
/// <param name="Form">How it is stored.</param>
/// <param name="Fault">What is to be wrong with it; null for a good one.</param>
/// <param name="Of">The name of the clip a fault is made from; its own where there is no fault.</param>
internal sealed record PlannedClip(Artist Artist, int Song, int Number, string Name, SoundForm Form, FaultKind? Fault, string Of)
{
    /// <summary>Its folder.</summary>
    public Genre Genre => Artist.Genre;

    /// <summary>Its file, below the folder of genres: <c>blues/blues.00000.wav</c>.</summary>
    public string Path => PathOf(Name);

    /// <summary>The file a fault is made from.</summary>
    public string SourcePath => PathOf(Of);

    /// <summary>A song of an artist, without fault.</summary>
    public static PlannedClip Good(Artist artist, int song, int number, string name, SoundForm form) => new(artist, song, number, name, form, null, name);

    /// <summary>A file of its folder by name.</summary>
    public string PathOf(string name, string? extension = null) => $"{Genre.Name}/{name}{extension ?? Form.Extension}";
}
