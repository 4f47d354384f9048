using Pipeline.Tables;

namespace Pipeline.Stages.LabelUnification;

/// <summary>What of a recording its label depends on. Of the table of recordings these columns alone are read.</summary>
/// <param name="RecordingId">Its key.</param>
/// <param name="Source">Its dataset.</param>
/// <param name="Path">Its file.</param>
/// <param name="FolderLabel">Its class folder.</param>
/// <param name="TrackId">Its track of the Million Song Dataset.</param>
internal sealed record LabelledRecording(string RecordingId, string Source, string Path, string? FolderLabel, string? TrackId) : ITableRow<LabelledRecording>
{
    private static readonly string[] Columns = ["recording_id", "source", "path", "folder_label", "track_id"];

    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<LabelledRecording>(
        Recording.Contract.Name, Recording.Contract.Version, Recording.Contract.Purpose, [.. Recording.Contract.Columns.Where(c => Columns.Contains(c.Name))]);

    /// <inheritdoc/>
    public string RowKey => RecordingId;

    /// <inheritdoc/>
    public static LabelledRecording Read(RowReader row) => new(row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull());

    /// <inheritdoc/>
    public void Write(RowWriter row) => throw new NotSupportedException("a part of a row is not written");

    /// <inheritdoc/>
    public string? FindFault() => RecordingId.Length == 0 ? "column 'recording_id' is empty" : null;
}
