using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>A stretch of a recording to compute features of, with the changes to make to it.</summary>
/// <param name="ExampleId">Key of the example.</param>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Source">Dataset of the recording.</param>
/// <param name="Split"><c>train</c>, <c>valid</c> or <c>test</c>.</param>
/// <param name="Genre">Genre of the recording.</param>
/// <param name="Copy">0 for the original, 1 and up for its changed copies.</param>
/// <param name="OffsetS">Start within the recording in seconds.</param>
/// <param name="LengthS">Length in seconds.</param>
/// <param name="PitchSemitones">Shift of pitch in semitones; 0 for none.</param>
/// <param name="Stretch">Factor of speed; 1 for none, 2 for twice as fast.</param>
/// <param name="GainDb">Change of level in decibels; 0 for none.</param>
/// <param name="NoiseSnrDb">Level of the signal above added noise in decibels; null for no noise.</param>
/// <param name="Seed">Seed of whatever is random in the example.</param>
public sealed record Example(
    string ExampleId,
    string RecordingId,
    string Source,
    string Split,
    string Genre,
    int Copy,
    double OffsetS,
    double LengthS,
    float PitchSemitones,
    float Stretch,
    float GainDb,
    float? NoiseSnrDb,
    long Seed) : ITableRow<Example>
{
    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<Example>("examples", 1, "a stretch of a recording, with changes to make to it",
        new("example_id", ColumnType.String),
        new("recording_id", ColumnType.String),
        new("source", ColumnType.String),
        new("split", ColumnType.String),
        new("genre", ColumnType.String),
        new("copy", ColumnType.Int32),
        new("offset_s", ColumnType.Double),
        new("length_s", ColumnType.Double),
        new("pitch_semitones", ColumnType.Float),
        new("stretch", ColumnType.Float),
        new("gain_db", ColumnType.Float),
        new("noise_snr_db", ColumnType.Float, IsOptional: true),
        new("seed", ColumnType.Int64));

    /// <inheritdoc/>
    public string RowKey => ExampleId;

    /// <inheritdoc/>
    public static Example Read(RowReader row) => new(
        row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Int32(), row.Double(), row.Double(),
        row.Float(), row.Float(), row.Float(), row.FloatOrNull(), row.Int64());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row
        .Text(ExampleId).Text(RecordingId).Text(Source).Text(Split).Text(Genre).Int32(Copy).Double(OffsetS).Double(LengthS)
        .Float(PitchSemitones).Float(Stretch).Float(GainDb).Float(NoiseSnrDb).Int64(Seed);

    /// <inheritdoc/>
    public string? FindFault() =>
        RowRules.NotEmpty("example_id", ExampleId)
        ?? RowRules.NotEmpty("recording_id", RecordingId)
        ?? RowRules.Split(Split)
        ?? RowRules.AtLeast("copy", Copy, 0)
        ?? RowRules.AtLeast("offset_s", OffsetS, 0)
        ?? RowRules.Finite("length_s", LengthS)
        ?? (Stretch > 0 ? null : $"column 'stretch' is {Stretch}, it must be above 0");
}
