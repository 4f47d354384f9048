namespace Pipeline.Dsp.Segments;

/// <summary>The rhythm of a piece of music. Times are in seconds and ascend; confidences are 0 to 1.</summary>
public sealed record BeatGrid
{
    /// <summary>No rhythm: tempo 0, one beat per bar with confidence 0, no beats.</summary>
    public static BeatGrid Empty { get; } = new();

    /// <summary>Beats per minute; 0 where there are no beats.</summary>
    public double Tempo { get; init; }

    /// <summary>Beats per bar: 3, 4, 5 or 7; 1 where bars cannot be told.</summary>
    public int TimeSignature { get; init; } = 1;

    /// <summary>Confidence of the time signature.</summary>
    public double TimeSignatureConfidence { get; init; }

    /// <summary>Start of each beat.</summary>
    public float[] BeatsStart { get; init; } = [];

    /// <summary>Confidence of each beat.</summary>
    public float[] BeatsConfidence { get; init; } = [];

    /// <summary>Start of each bar; each is a beat.</summary>
    public float[] BarsStart { get; init; } = [];

    /// <summary>Confidence of each bar.</summary>
    public float[] BarsConfidence { get; init; } = [];

    /// <summary>Start of each tatum, the smallest pulse; each beat is one.</summary>
    public float[] TatumsStart { get; init; } = [];

    /// <summary>Confidence of each tatum.</summary>
    public float[] TatumsConfidence { get; init; } = [];
}
