using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>A sound file to make.</summary>
/// <param name="Genre">Its folder.</param>
/// <param name="Number">Its place in the folder, which its name carries.</param>
/// <param name="Artist">Who plays.</param>
/// <param name="Song">Which of the artist's songs it is taken from, from 0.</param>
/// <param name="Fault">What is to be wrong with it; null for a sound file.</param>
/// <param name="Of">The number of the clip a fault is made from; its own where there is no fault.</param>
internal sealed record PlannedClip(Genre Genre, int Number, Artist Artist, int Song, FaultKind? Fault, int Of)
{
    /// <summary>As GTZAN names its files, below its folder of genres: <c>blues/blues.00000.wav</c>.</summary>
    public string Path(string extension) => PathOf(Number, extension);

    /// <summary>The file a fault is made from.</summary>
    public string SourcePath(string extension) => PathOf(Of, extension);

    private string PathOf(int number, string extension) => $"{Genre.Name}/{Genre.Name}.{number:00000}{extension}";
}
