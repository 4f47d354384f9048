using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>What a model makes of a piece of music, or of one of its windows.</summary>
/// <param name="Piece">The file, as it was named; of a file with many songs <c>FILE#3</c>, counted from 0.</param>
/// <param name="Window">Which of the piece's windows, from 0; null for the piece as a whole.</param>
/// <param name="StartS">Where the window begins in the piece, in seconds; null for the whole.</param>
/// <param name="LengthS">Seconds that the window covers; null for the whole.</param>
/// <param name="Genre">The most probable genre; null where there is no verdict.</param>
/// <param name="Genres">All genres of the model, in its order; none where there is no verdict.</param>
/// <param name="Probabilities">Probability of each genre; together 1.</param>
/// <param name="Fault">Why there is no verdict; null where there is one.</param>
/// <param name="Remarks">What the reader of the verdict should know.</param>
public sealed record VerdictRow(
    string Piece,
    int? Window,
    double? StartS,
    double? LengthS,
    string? Genre,
    string[] Genres,
    float[] Probabilities,
    string? Fault,
    string[] Remarks) : ITableRow<VerdictRow>
{
    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<VerdictRow>("verdicts", 1, "what a model makes of a piece of music",
        new("piece", ColumnType.String),
        new("window", ColumnType.Int32, IsOptional: true),
        new("start_s", ColumnType.Double, IsOptional: true),
        new("length_s", ColumnType.Double, IsOptional: true),
        new("genre", ColumnType.String, IsOptional: true),
        new("genres", ColumnType.String, IsList: true),
        new("probabilities", ColumnType.Float, IsList: true),
        new("fault", ColumnType.String, IsOptional: true),
        new("remarks", ColumnType.String, IsList: true));

    /// <inheritdoc/>
    public string RowKey => Window is { } window ? $"{Piece} window {window}" : Piece;

    /// <inheritdoc/>
    public static VerdictRow Read(RowReader row) => new(
        row.Text(), row.Int32OrNull(), row.DoubleOrNull(), row.DoubleOrNull(), row.TextOrNull(), row.Texts(), row.Floats(), row.TextOrNull(), row.Texts());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row
        .Text(Piece).Int32(Window).Double(StartS).Double(LengthS).Text(Genre).Texts(Genres).Floats(Probabilities).Text(Fault).Texts(Remarks);

    /// <inheritdoc/>
    public string? FindFault() =>
        RowRules.NotEmpty("piece", Piece)
        ?? RowRules.Length("probabilities", Probabilities.Length, Genres.Length)
        ?? RowRules.Finite("probabilities", Probabilities)
        ?? ((Genre is null) == (Fault is null) ? "it has a verdict and a fault, or neither" : null);
}
