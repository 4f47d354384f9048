namespace Pipeline.Dsp.Segments;

/// <summary>What the analysis finds in a piece of music, in the form that the Million Song Dataset gives it.</summary>
public sealed record SongAnalysis
{
    /// <summary>Values of <see cref="Pitches"/> and of <see cref="Timbre"/> for each segment.</summary>
    public const int Dimensions = 12;

    /// <summary>Length in seconds.</summary>
    public required double DurationS { get; init; }

    /// <summary>End of the fade-in in seconds; 0 where there is none.</summary>
    public required double FadeInEndS { get; init; }

    /// <summary>Start of the fade-out in seconds; the length where there is none.</summary>
    public required double FadeOutStartS { get; init; }

    /// <summary>Loudness of the whole in decibels, mostly -30 to 0.</summary>
    public required double LoudnessDb { get; init; }

    /// <summary>Beats per minute.</summary>
    public required double Tempo { get; init; }

    /// <summary>Key, 0 (C) to 11 (B).</summary>
    public required int Key { get; init; }

    /// <summary>Confidence of the key, 0 to 1.</summary>
    public required double KeyConfidence { get; init; }

    /// <summary>0 minor, 1 major.</summary>
    public required int Mode { get; init; }

    /// <summary>Confidence of the mode, 0 to 1.</summary>
    public required double ModeConfidence { get; init; }

    /// <summary>Beats per bar, 1 to 7.</summary>
    public required int TimeSignature { get; init; }

    /// <summary>Confidence of the time signature, 0 to 1.</summary>
    public required double TimeSignatureConfidence { get; init; }

    /// <summary>Start of each of the n segments in seconds, ascending; the first is 0.</summary>
    public required float[] Start { get; init; }

    /// <summary>Confidence of each segment's start, 0 to 1.</summary>
    public required float[] Confidence { get; init; }

    /// <summary>Loudness at each segment's start in decibels, mostly -60 to 0.</summary>
    public required float[] LoudnessStart { get; init; }

    /// <summary>Greatest loudness of each segment in decibels.</summary>
    public required float[] LoudnessMax { get; init; }

    /// <summary>Seconds from each segment's start to its greatest loudness.</summary>
    public required float[] LoudnessMaxTime { get; init; }

    /// <summary>12 x n values, 12 of each segment: strength of C to B, divided by the strongest.</summary>
    public required float[] Pitches { get; init; }

    /// <summary>12 x n values, 12 of each segment: coefficients of the timbre basis; the first is loudness.</summary>
    public required float[] Timbre { get; init; }

    /// <summary>Start of each beat in seconds, ascending.</summary>
    public required float[] BeatsStart { get; init; }

    /// <summary>Confidence of each beat, 0 to 1.</summary>
    public required float[] BeatsConfidence { get; init; }

    /// <summary>Start of each bar in seconds, ascending.</summary>
    public required float[] BarsStart { get; init; }

    /// <summary>Confidence of each bar, 0 to 1.</summary>
    public required float[] BarsConfidence { get; init; }

    /// <summary>Start of each section in seconds, ascending.</summary>
    public required float[] SectionsStart { get; init; }

    /// <summary>Confidence of each section, 0 to 1.</summary>
    public required float[] SectionsConfidence { get; init; }

    /// <summary>Start of each tatum (the smallest pulse a listener feels) in seconds, ascending.</summary>
    public required float[] TatumsStart { get; init; }

    /// <summary>Confidence of each tatum, 0 to 1.</summary>
    public required float[] TatumsConfidence { get; init; }
}
