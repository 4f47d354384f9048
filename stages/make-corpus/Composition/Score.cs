namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Everything that is played in a song, in seconds: enough to render it, and to describe it without sound.</summary>
internal sealed class Score
{
    /// <summary>Beats per minute, on average.</summary>
    public required double Tempo { get; init; }

    /// <summary>Pitch class of the tonic: 0 is C.</summary>
    public required int Key { get; init; }

    /// <summary>The scale that melodies are made of.</summary>
    public required Scale Scale { get; init; }

    /// <summary>Beats of a bar.</summary>
    public required int BeatsPerBar { get; init; }

    /// <summary>Onset of each beat, in seconds.</summary>
    public required IReadOnlyList<double> Beats { get; init; }

    /// <summary>The form; its bars are those of <see cref="Bars"/>.</summary>
    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>Chord of each bar's first beat.</summary>
    public required IReadOnlyList<Chord> Chords { get; init; }

    /// <summary>The band.</summary>
    public required IReadOnlyList<Part> Parts { get; init; }

    /// <summary>Length in seconds, to the end of the last bar.</summary>
    public required double Duration { get; init; }

    /// <summary>Onset of each bar, in seconds.</summary>
    public IReadOnlyList<double> Bars => [.. Beats.Where((_, beat) => beat % BeatsPerBar == 0)];
}
