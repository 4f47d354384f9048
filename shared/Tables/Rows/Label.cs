using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>The genre that a recording was given, and what each source says.</summary>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Genre">Genre in the common naming.</param>
/// <param name="TagtraumMajority">First genre in the Tagtraum annotations, as spelt there.</param>
/// <param name="TagtraumMinority">Second genre in the Tagtraum annotations.</param>
/// <param name="Topmagd">Genre in Top-MAGD or MAGD, as spelt there.</param>
/// <param name="Masd">Style in MASD, as spelt there.</param>
/// <param name="Folder">Class folder of the recording.</param>
/// <param name="Agreement">How the sources stand to each other: <c>only-one</c>, <c>agree</c> or <c>disagree</c>.</param>
/// <param name="Rule">
/// The rule that decided: <c>only-tagtraum</c>, <c>only-topmagd</c>, <c>only-masd</c>, <c>only-folder</c>, <c>agree</c>,
/// <c>tagtraum-first</c>, <c>topmagd-first</c>, <c>vote</c> or <c>tie</c>.
/// </param>
public sealed record Label(
    string RecordingId,
    string Genre,
    string? TagtraumMajority,
    string? TagtraumMinority,
    string? Topmagd,
    string? Masd,
    string? Folder,
    string Agreement,
    string Rule) : ITableRow<Label>
{
    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<Label>("labels", 1, "the genre of a recording",
        new("recording_id", ColumnType.String),
        new("genre", ColumnType.String),
        new("tagtraum_majority", ColumnType.String, IsOptional: true),
        new("tagtraum_minority", ColumnType.String, IsOptional: true),
        new("topmagd", ColumnType.String, IsOptional: true),
        new("masd", ColumnType.String, IsOptional: true),
        new("folder", ColumnType.String, IsOptional: true),
        new("agreement", ColumnType.String),
        new("rule", ColumnType.String));

    /// <inheritdoc/>
    public string RowKey => RecordingId;

    /// <inheritdoc/>
    public static Label Read(RowReader row) => new(
        row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(),
        row.Text(), row.Text());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row
        .Text(RecordingId).Text(Genre).Text(TagtraumMajority).Text(TagtraumMinority).Text(Topmagd).Text(Masd).Text(Folder)
        .Text(Agreement).Text(Rule);

    /// <inheritdoc/>
    public string? FindFault() =>
        RowRules.NotEmpty("recording_id", RecordingId)
        ?? RowRules.NotEmpty("genre", Genre)
        ?? RowRules.OneOf("agreement", Agreement, "only-one", "agree", "disagree");
}
