namespace Pipeline.Dsp.Segments;

/// <summary>How beats are found. The tempo's bounds and what is preferred are those of the Million Song Dataset's songs.</summary>
public sealed record BeatSettings
{
    /// <summary>Least beats per minute.</summary>
    public double LeastTempo { get; init; } = 55;

    /// <summary>Most beats per minute.</summary>
    public double MostTempo { get; init; } = 205;

    /// <summary>Beats per minute that are preferred.</summary>
    public double PreferredTempo { get; init; } = 118;

    /// <summary>Standard deviation of the preference in octaves.</summary>
    public double TempoSpread { get; init; } = 1.2;

    /// <summary>How much evenness counts against strength when beats are placed (Ellis' alpha).</summary>
    public double Tightness { get; init; } = 200;
}
