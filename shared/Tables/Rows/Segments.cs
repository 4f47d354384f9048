using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>The segments of a recording and what is known of each, in the form of the Million Song Dataset.</summary>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Start">Start of each of the n segments in seconds, ascending.</param>
/// <param name="Confidence">Confidence of each segment's start, 0 to 1.</param>
/// <param name="LoudnessStart">Loudness at each segment's start in decibels, mostly -60 to 0.</param>
/// <param name="LoudnessMax">Greatest loudness of each segment in decibels.</param>
/// <param name="LoudnessMaxTime">Seconds from each segment's start to its greatest loudness.</param>
/// <param name="Pitches">12 x n values, 12 of each segment: strength of C to B, 0 to 1, divided by the strongest.</param>
/// <param name="Timbre">12 x n values, 12 of each segment: coefficients of the timbre basis; the first is loudness.</param>
/// <param name="DurationS">Length of the recording in seconds.</param>
/// <param name="Tempo">Beats per minute.</param>
/// <param name="Key">Key, 0 (C) to 11 (B).</param>
/// <param name="Mode">0 minor, 1 major.</param>
/// <param name="TimeSignature">Beats per bar.</param>
/// <param name="FadeInEndS">End of the fade-in in seconds; 0 where there is none.</param>
/// <param name="FadeOutStartS">Start of the fade-out in seconds; the length where there is none.</param>
/// <param name="BeatsStart">Start of each beat in seconds, ascending.</param>
/// <param name="BeatsConfidence">Confidence of each beat, 0 to 1.</param>
/// <param name="BarsStart">Start of each bar in seconds, ascending.</param>
/// <param name="BarsConfidence">Confidence of each bar, 0 to 1.</param>
/// <param name="SectionsStart">Start of each section in seconds, ascending.</param>
/// <param name="SectionsConfidence">Confidence of each section, 0 to 1.</param>
/// <param name="TatumsStart">Start of each tatum (the smallest pulse a listener feels) in seconds, ascending.</param>
/// <param name="TatumsConfidence">Confidence of each tatum, 0 to 1.</param>
public sealed record Segments(
    string RecordingId,
    float[] Start,
    float[] Confidence,
    float[] LoudnessStart,
    float[] LoudnessMax,
    float[] LoudnessMaxTime,
    float[] Pitches,
    float[] Timbre,
    double DurationS,
    double Tempo,
    int Key,
    int Mode,
    int TimeSignature,
    double FadeInEndS,
    double FadeOutStartS,
    float[] BeatsStart,
    float[] BeatsConfidence,
    float[] BarsStart,
    float[] BarsConfidence,
    float[] SectionsStart,
    float[] SectionsConfidence,
    float[] TatumsStart,
    float[] TatumsConfidence) : ITableRow<Segments>
{
    /// <summary>Values of <see cref="Pitches"/> and of <see cref="Timbre"/> for each segment.</summary>
    public const int Dimensions = 12;

    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<Segments>("segments", 1, "the segments of a recording",
        new("recording_id", ColumnType.String),
        new("start", ColumnType.Float, IsList: true),
        new("confidence", ColumnType.Float, IsList: true),
        new("loudness_start", ColumnType.Float, IsList: true),
        new("loudness_max", ColumnType.Float, IsList: true),
        new("loudness_max_time", ColumnType.Float, IsList: true),
        new("pitches", ColumnType.Float, IsList: true),
        new("timbre", ColumnType.Float, IsList: true),
        new("duration_s", ColumnType.Double),
        new("tempo", ColumnType.Double),
        new("key", ColumnType.Int32),
        new("mode", ColumnType.Int32),
        new("time_signature", ColumnType.Int32),
        new("fade_in_end_s", ColumnType.Double),
        new("fade_out_start_s", ColumnType.Double),
        new("beats_start", ColumnType.Float, IsList: true),
        new("beats_confidence", ColumnType.Float, IsList: true),
        new("bars_start", ColumnType.Float, IsList: true),
        new("bars_confidence", ColumnType.Float, IsList: true),
        new("sections_start", ColumnType.Float, IsList: true),
        new("sections_confidence", ColumnType.Float, IsList: true),
        new("tatums_start", ColumnType.Float, IsList: true),
        new("tatums_confidence", ColumnType.Float, IsList: true))
        .StoredWith(new ParquetWriterOptions { RowGroupBytes = 24 << 20 });

    /// <inheritdoc/>
    public string RowKey => RecordingId;

    /// <inheritdoc/>
    public static Segments Read(RowReader row) => new(
        row.Text(), row.Floats(), row.Floats(), row.Floats(), row.Floats(), row.Floats(), row.Floats(), row.Floats(),
        row.Double(), row.Double(), row.Int32(), row.Int32(), row.Int32(), row.Double(), row.Double(),
        row.Floats(), row.Floats(), row.Floats(), row.Floats(), row.Floats(), row.Floats(), row.Floats(), row.Floats());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row
        .Text(RecordingId).Floats(Start).Floats(Confidence).Floats(LoudnessStart).Floats(LoudnessMax).Floats(LoudnessMaxTime)
        .Floats(Pitches).Floats(Timbre).Double(DurationS).Double(Tempo).Int32(Key).Int32(Mode).Int32(TimeSignature)
        .Double(FadeInEndS).Double(FadeOutStartS)
        .Floats(BeatsStart).Floats(BeatsConfidence).Floats(BarsStart).Floats(BarsConfidence)
        .Floats(SectionsStart).Floats(SectionsConfidence).Floats(TatumsStart).Floats(TatumsConfidence);

    /// <inheritdoc/>
    public string? FindFault() =>
        RowRules.NotEmpty("recording_id", RecordingId)
        ?? RowRules.Length("confidence", Confidence.Length, Start.Length)
        ?? RowRules.Length("loudness_start", LoudnessStart.Length, Start.Length)
        ?? RowRules.Length("loudness_max", LoudnessMax.Length, Start.Length)
        ?? RowRules.Length("loudness_max_time", LoudnessMaxTime.Length, Start.Length)
        ?? RowRules.Length("pitches", Pitches.Length, Dimensions * Start.Length)
        ?? RowRules.Length("timbre", Timbre.Length, Dimensions * Start.Length)
        ?? RowRules.Length("beats_confidence", BeatsConfidence.Length, BeatsStart.Length)
        ?? RowRules.Length("bars_confidence", BarsConfidence.Length, BarsStart.Length)
        ?? RowRules.Length("sections_confidence", SectionsConfidence.Length, SectionsStart.Length)
        ?? RowRules.Length("tatums_confidence", TatumsConfidence.Length, TatumsStart.Length)
        ?? RowRules.Finite("start", Start)
        ?? RowRules.Finite("pitches", Pitches)
        ?? RowRules.Finite("timbre", Timbre)
        ?? RowRules.Finite("duration_s", DurationS);
}
