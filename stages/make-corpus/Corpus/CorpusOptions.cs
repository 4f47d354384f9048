using Pipeline.Audio;
using Pipeline.Stages.MakeCorpus.Composition;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>What to make.</summary>
internal sealed record CorpusOptions
{
    /// <summary>The folder that is to appear.</summary>
    public required string Out { get; init; }

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

    public required ulong Seed { get; init; }

    public required AudioContainer Format { get; init; }

    /// <summary>Whether some files are bad on purpose.</summary>
    public required bool HasFaults { get; init; }

    /// <summary>Extension of sound files, with its dot.</summary>
    public string Extension => Format == AudioContainer.Wav ? ".wav" : ".au";
}
