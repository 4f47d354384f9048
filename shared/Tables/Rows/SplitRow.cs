using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>The part of the data that a recording belongs to.</summary>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Group">Key of the group (song, artist, near duplicates) that is never divided.</param>
/// <param name="Split"><c>train</c>, <c>valid</c> or <c>test</c>.</param>
/// <param name="Fold">Fold of a cross-validation, from 0.</param>
public sealed record SplitRow(
    string RecordingId,
    string Group,
    string Split,
    int Fold) : ITableRow<SplitRow>
{
    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<SplitRow>("splits", 1, "the part that a recording belongs to",
        new("recording_id", ColumnType.String),
        new("group", ColumnType.String),
        new("split", ColumnType.String),
        new("fold", ColumnType.Int32));

    /// <inheritdoc/>
    public string RowKey => RecordingId;

    /// <inheritdoc/>
    public static SplitRow Read(RowReader row) => new(row.Text(), row.Text(), row.Text(), row.Int32());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row.Text(RecordingId).Text(Group).Text(Split).Int32(Fold);

    /// <inheritdoc/>
    public string? FindFault() =>
        RowRules.NotEmpty("recording_id", RecordingId)
        ?? RowRules.NotEmpty("group", Group)
        ?? RowRules.Split(Split)
        ?? RowRules.AtLeast("fold", Fold, 0);
}
