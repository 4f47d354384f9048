namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>A way of playing within a genre: what fits together. All patterns are bars of <see cref="Meter"/> beats.</summary>
internal sealed record Style(string Name)
{
    /// <summary>Beats per minute, from and to.</summary>
    public required (int Low, int High) Tempo { get; init; }

    /// <summary>Beats of a bar.</summary>
    public int Meter { get; init; } = 4;

    /// <summary>Where the second half of a pair begins, as a share of the pair: 0.5 is even, 0.67 a triplet's shuffle.</summary>
    public double Swing { get; init; } = 0.5;

    /// <summary>Length in beats of the pair that swings: 1 for eighths, 0.5 for sixteenths.</summary>
    public double SwingPair { get; init; } = 1;

    /// <summary>How far the tempo bends, as a share: 0 for a band that keeps time.</summary>
    public double Rubato { get; init; }

    /// <summary>How far loudness swells within a phrase, as a share: 0 for a band that plays level.</summary>
    public double Swell { get; init; } = 0.06;

    /// <summary>Scales with the progressions that suit them.</summary>
    public required Harmony[] Harmonies { get; init; }

    /// <summary>Drums; none for music without.</summary>
    public Groove[] Grooves { get; init; } = [];

    /// <summary>
    /// Bass lines: a bar in steps. <c>1</c> root, <c>3</c> third, <c>5</c> fifth, <c>6</c> sixth, <c>7</c> seventh, <c>8</c> octave, <c>4</c> fourth below,
    /// <c>w</c> a walking step to the next chord; <c>-</c> holds, <c>.</c> is silence.
    /// </summary>
    public required string[] Bass { get; init; }

    /// <summary>Ways of playing the chords.</summary>
    public required Comping[] Comping { get; init; }

    /// <summary>Ways of playing a second chord instrument, or the pad; the pad holds whole bars where there is none.</summary>
    public Comping[] Pads { get; init; } = [new(Voicing.Open, "x---")];

    /// <summary>Rhythms of melodies, a bar each: <c>x</c> begins a note, <c>-</c> holds it, <c>.</c> is silence.</summary>
    public required string[] Melodies { get; init; }

    /// <summary>Whether the voice speaks in rhythm instead of singing.</summary>
    public bool IsSpoken { get; init; }

    /// <summary>How often a melody note bends up from below, 0 to 1.</summary>
    public double Bends { get; init; }
}
