using Pipeline.Audio;
using Pipeline.Stages.MakeCorpus.Composition;
using Pipeline.Stages.MakeCorpus.Corpus.Shapes;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>What to make.</summary>
internal sealed record CorpusOptions
{
    /// <summary>The folder that is to appear.</summary>
    public required string Out { get; init; }

    /// <summary>Which kind of corpus. What it has no use for has no meaning below.</summary>
    public required Shape Shape { get; init; }

    /// <summary>Some of the shape's.</summary>
    public required IReadOnlyList<Genre> Genres { get; init; }

    /// <summary>Artists of each genre.</summary>
    public required int Artists { get; init; }

    /// <summary>Clips of each artist.</summary>
    public required int Clips { get; init; }

    /// <summary>Further songs, which are analysed and labelled, and whose sound is not kept.</summary>
    public required int Tracks { get; init; }

    /// <summary>Length of a clip.</summary>
    public required double Seconds { get; init; }

    /// <summary>Length of what is analysed of a song whose sound is not kept.</summary>
    public required double TrackSeconds { get; init; }

    /// <summary>Length of the parts that a clip is cut into.</summary>
    public required double PartSeconds { get; init; }

    public required ulong Seed { get; init; }

    public required AudioContainer Format { get; init; }

    /// <summary>Whether some files are bad on purpose.</summary>
    public required bool HasFaults { get; init; }

    /// <summary>How the clips of GTZAN's kind are stored.</summary>
    public SoundForm ClipForm => new(Format);
}
