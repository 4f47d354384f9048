using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>What a model makes of an example.</summary>
/// <param name="ExampleId">Key of the example.</param>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Split"><c>train</c>, <c>valid</c> or <c>test</c>.</param>
/// <param name="Genre">True genre.</param>
/// <param name="Genres">All genres of the model, in its order.</param>
/// <param name="Probabilities">Probability of each genre; together 1.</param>
public sealed record Prediction(
    string ExampleId,
    string RecordingId,
    string Split,
    string Genre,
    string[] Genres,
    float[] Probabilities) : ITableRow<Prediction>
{
    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<Prediction>("predictions", 1, "what a model makes of an example",
        new("example_id", ColumnType.String),
        new("recording_id", ColumnType.String),
        new("split", ColumnType.String),
        new("genre", ColumnType.String),
        new("genres", ColumnType.String, IsList: true),
        new("probabilities", ColumnType.Float, IsList: true));

    /// <inheritdoc/>
    public string RowKey => ExampleId;

    /// <inheritdoc/>
    public static Prediction Read(RowReader row) => new(row.Text(), row.Text(), row.Text(), row.Text(), row.Texts(), row.Floats());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row
        .Text(ExampleId).Text(RecordingId).Text(Split).Text(Genre).Texts(Genres).Floats(Probabilities);

    /// <inheritdoc/>
    public string? FindFault() =>
        RowRules.NotEmpty("example_id", ExampleId)
        ?? RowRules.Split(Split)
        ?? RowRules.Length("probabilities", Probabilities.Length, Genres.Length)
        ?? RowRules.Finite("probabilities", Probabilities);
}
