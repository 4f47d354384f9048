using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>The features of a window of an example: a matrix of channels by frames.</summary>
/// <param name="ExampleId">Key of the example.</param>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Source">Dataset of the recording.</param>
/// <param name="Split"><c>train</c>, <c>valid</c> or <c>test</c>.</param>
/// <param name="Genre">Genre of the recording.</param>
/// <param name="Representation">What the features are, such as <c>segments</c> or <c>logmel</c>.</param>
/// <param name="Window">Which of the example's windows, counted from 0.</param>
/// <param name="StartS">Where the window begins within the example, in seconds.</param>
/// <param name="LengthS">Seconds that the window covers, those that fill up a short one included.</param>
/// <param name="Channels">Rows of the matrix.</param>
/// <param name="Frames">Columns of the matrix.</param>
/// <param name="Values">channels x frames values, all of the first channel, then all of the second; every one finite.</param>
public sealed record FeatureRow(
    string ExampleId,
    string RecordingId,
    string Source,
    string Split,
    string Genre,
    string Representation,
    int Window,
    double StartS,
    double LengthS,
    int Channels,
    int Frames,
    float[] Values) : ITableRow<FeatureRow>
{
    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<FeatureRow>("features", 1, "the features of a window of an example",
        new("example_id", ColumnType.String),
        new("recording_id", ColumnType.String),
        new("source", ColumnType.String),
        new("split", ColumnType.String),
        new("genre", ColumnType.String),
        new("representation", ColumnType.String),
        new("window", ColumnType.Int32),
        new("start_s", ColumnType.Double),
        new("length_s", ColumnType.Double),
        new("channels", ColumnType.Int32),
        new("frames", ColumnType.Int32),
        new("values", ColumnType.Float, IsList: true));

    /// <inheritdoc/>
    public string RowKey => $"{ExampleId} {Window}";

    /// <inheritdoc/>
    public static FeatureRow Read(RowReader row) => new(
        row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Int32(), row.Double(), row.Double(), row.Int32(), row.Int32(), row.Floats());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row
        .Text(ExampleId).Text(RecordingId).Text(Source).Text(Split).Text(Genre).Text(Representation)
        .Int32(Window).Double(StartS).Double(LengthS).Int32(Channels).Int32(Frames).Floats(Values);

    /// <inheritdoc/>
    public string? FindFault() =>
        RowRules.NotEmpty("example_id", ExampleId)
        ?? RowRules.NotEmpty("recording_id", RecordingId)
        ?? RowRules.Split(Split)
        ?? RowRules.AtLeast("window", Window, 0)
        ?? RowRules.AtLeast("start_s", StartS, 0)
        ?? RowRules.AtLeast("length_s", LengthS, 0)
        ?? RowRules.AtLeast("channels", Channels, 1)
        ?? RowRules.AtLeast("frames", Frames, 1)
        ?? ((long)Channels * Frames == Values.Length ? null : $"column 'values' holds {Values.Length} values, {Channels} x {Frames} were expected")
        ?? RowRules.Finite("values", Values);
}
