namespace Pipeline.Msd;

/// <summary>
/// A song of the Million Song Dataset, as far as the pipeline makes use of it. What a file has no place for is null, or NaN,
/// or without values; nothing here has been checked.
/// </summary>
public sealed record MsdSong
{
    /// <summary>Track, such as <c>TRAXLZU12903D05F94</c>.</summary>
    public string? TrackId { get; init; }

    /// <summary>Song, such as <c>SOHPKDX12A67020D04</c>; several tracks may be one song.</summary>
    public string? SongId { get; init; }

    /// <summary>Title of the song.</summary>
    public string? Title { get; init; }

    /// <summary>Title of the album or single.</summary>
    public string? Release { get; init; }

    /// <summary>Name of the artist.</summary>
    public string? ArtistName { get; init; }

    /// <summary>The Echo Nest's key of the artist, such as <c>AR2XH7R1187B998D30</c>.</summary>
    public string? ArtistId { get; init; }

    /// <summary>Genre; empty in all files of the dataset, whose genres are published apart.</summary>
    public string? Genre { get; init; }

    /// <summary>Year of release; 0 where it is not known.</summary>
    public int? Year { get; init; }

    /// <summary>Samples per second of the audio that was analysed.</summary>
    public int? SampleRate { get; init; }

    /// <summary>Length in seconds.</summary>
    public double DurationS { get; init; } = double.NaN;

    /// <summary>End of the fade-in in seconds.</summary>
    public double FadeInEndS { get; init; } = double.NaN;

    /// <summary>Start of the fade-out in seconds.</summary>
    public double FadeOutStartS { get; init; } = double.NaN;

    /// <summary>Loudness of the whole in decibels.</summary>
    public double LoudnessDb { get; init; } = double.NaN;

    /// <summary>Beats per minute.</summary>
    public double Tempo { get; init; } = double.NaN;

    /// <summary>Key, 0 (C) to 11 (B).</summary>
    public int? Key { get; init; }

    /// <summary>Confidence of the key, 0 to 1.</summary>
    public double KeyConfidence { get; init; } = double.NaN;

    /// <summary>0 minor, 1 major.</summary>
    public int? Mode { get; init; }

    /// <summary>Confidence of the mode, 0 to 1.</summary>
    public double ModeConfidence { get; init; } = double.NaN;

    /// <summary>Beats per bar.</summary>
    public int? TimeSignature { get; init; }

    /// <summary>Confidence of the time signature, 0 to 1.</summary>
    public double TimeSignatureConfidence { get; init; } = double.NaN;

    /// <summary>Start of each of the n segments in seconds.</summary>
    public float[]? SegmentsStart { get; init; }

    /// <summary>Confidence of each segment, 0 to 1.</summary>
    public float[]? SegmentsConfidence { get; init; }

    /// <summary>Loudness at each segment's start in decibels.</summary>
    public float[]? SegmentsLoudnessStart { get; init; }

    /// <summary>Greatest loudness of each segment in decibels.</summary>
    public float[]? SegmentsLoudnessMax { get; init; }

    /// <summary>Seconds from each segment's start to its greatest loudness.</summary>
    public float[]? SegmentsLoudnessMaxTime { get; init; }

    /// <summary>12 values of each segment: strength of C to B.</summary>
    public float[]? SegmentsPitches { get; init; }

    /// <summary>12 values of each segment: coefficients of the timbre basis.</summary>
    public float[]? SegmentsTimbre { get; init; }

    /// <summary>Start of each beat in seconds.</summary>
    public float[]? BeatsStart { get; init; }

    /// <summary>Confidence of each beat.</summary>
    public float[]? BeatsConfidence { get; init; }

    /// <summary>Start of each bar in seconds.</summary>
    public float[]? BarsStart { get; init; }

    /// <summary>Confidence of each bar.</summary>
    public float[]? BarsConfidence { get; init; }

    /// <summary>Start of each section in seconds.</summary>
    public float[]? SectionsStart { get; init; }

    /// <summary>Confidence of each section.</summary>
    public float[]? SectionsConfidence { get; init; }

    /// <summary>Start of each tatum in seconds.</summary>
    public float[]? TatumsStart { get; init; }

    /// <summary>Confidence of each tatum.</summary>
    public float[]? TatumsConfidence { get; init; }

    /// <summary>The array of this name in the layout; null where it is not there, or not one of those kept here.</summary>
    internal float[]? Values(string name) => name switch
    {
        "segments_start" => SegmentsStart,
        "segments_confidence" => SegmentsConfidence,
        "segments_loudness_start" => SegmentsLoudnessStart,
        "segments_loudness_max" => SegmentsLoudnessMax,
        "segments_loudness_max_time" => SegmentsLoudnessMaxTime,
        "segments_pitches" => SegmentsPitches,
        "segments_timbre" => SegmentsTimbre,
        "beats_start" => BeatsStart,
        "beats_confidence" => BeatsConfidence,
        "bars_start" => BarsStart,
        "bars_confidence" => BarsConfidence,
        "sections_start" => SectionsStart,
        "sections_confidence" => SectionsConfidence,
        "tatums_start" => TatumsStart,
        "tatums_confidence" => TatumsConfidence,
        _ => null,
    };
}
