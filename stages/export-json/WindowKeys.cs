using Pipeline.Parquet;
using Pipeline.Tables;

namespace Pipeline.Stages.JsonExport;

/// <summary>What a table of features tells of a window beside its values, which are most of it and are not read with this.</summary>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Split"><c>train</c>, <c>valid</c> or <c>test</c>.</param>
/// <param name="Genre">Genre of the recording.</param>
internal sealed record WindowKeys(string RecordingId, string Split, string Genre) : ITableRow<WindowKeys>
{
    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<WindowKeys>(FeatureRow.Contract.Name, FeatureRow.Contract.Version, FeatureRow.Contract.Purpose,
        new("recording_id", ColumnType.String),
        new("split", ColumnType.String),
        new("genre", ColumnType.String));

    /// <inheritdoc/>
    public string RowKey => RecordingId;

    /// <inheritdoc/>
    public static WindowKeys Read(RowReader row) => new(row.Text(), row.Text(), row.Text());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row.Text(RecordingId).Text(Split).Text(Genre);

    /// <inheritdoc/>
    public string? FindFault() => null; // the whole row is looked at where its values are read
}
