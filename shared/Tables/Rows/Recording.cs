using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>A piece of music: a file of audio, a song of the Million Song Dataset, a picture.</summary>
/// <param name="RecordingId">Key: source and track, such as <c>gtzan/blues.00000</c> or <c>msd/TRAXLZU12903D05F94</c>.</param>
/// <param name="Source">Dataset: <c>gtzan</c>, <c>msd</c> or a name of the user's.</param>
/// <param name="Path">File, relative to the dataset's root, with forward slashes.</param>
/// <param name="FolderLabel">Class folder that the file is in, as it is spelt there.</param>
/// <param name="Title">Title of the piece.</param>
/// <param name="Artist">Name of the artist.</param>
/// <param name="ArtistId">Key of the artist within the source.</param>
/// <param name="DurationS">Length in seconds.</param>
/// <param name="SampleRate">Samples per second of the file.</param>
/// <param name="Channels">Channels of the file.</param>
/// <param name="Sha256">Hash of the file's bytes, 64 hexadecimal digits in lower case.</param>
/// <param name="Peak">Greatest absolute sample; 1 is full scale.</param>
/// <param name="Fault">Name of the gravest thing that is wrong with the recording; null where it is sound.</param>
/// <param name="FaultDetail">All that is wrong, in words.</param>
/// <param name="DuplicateGroup">
/// Key of the first of the recordings that hold the same sound as this one, or nearly so; null where there is none, and it may be
/// null on the first.
/// </param>
/// <param name="TrackId">Track of the Million Song Dataset, such as <c>TRAXLZU12903D05F94</c>.</param>
/// <param name="SongId">Song of the Million Song Dataset, such as <c>SOHPKDX12A67020D04</c>: several tracks may be one song.</param>
/// <param name="Release">Title of the album or single.</param>
/// <param name="Year">Year of release.</param>
/// <param name="Tempo">Beats per minute.</param>
/// <param name="Key">Key, 0 (C) to 11 (B).</param>
/// <param name="KeyConfidence">Confidence of the key, 0 to 1.</param>
/// <param name="Mode">0 minor, 1 major.</param>
/// <param name="ModeConfidence">Confidence of the mode, 0 to 1.</param>
/// <param name="TimeSignature">Beats per bar.</param>
/// <param name="TimeSignatureConfidence">Confidence of the time signature, 0 to 1.</param>
/// <param name="LoudnessDb">Loudness of the whole in decibels, mostly -60 to 0.</param>
public sealed record Recording(
    string RecordingId,
    string Source,
    string Path,
    string? FolderLabel,
    string? Title,
    string? Artist,
    string? ArtistId,
    double DurationS,
    int? SampleRate,
    int? Channels,
    string? Sha256,
    float? Peak,
    string? Fault,
    string? FaultDetail,
    string? DuplicateGroup,
    string? TrackId,
    string? SongId,
    string? Release,
    int? Year,
    double? Tempo,
    int? Key,
    double? KeyConfidence,
    int? Mode,
    double? ModeConfidence,
    int? TimeSignature,
    double? TimeSignatureConfidence,
    double? LoudnessDb) : ITableRow<Recording>
{
    /// <inheritdoc/>
    public static TableContract Contract { get; } = TableContract.Of<Recording>("recordings", 1, "a piece of music",
        new("recording_id", ColumnType.String),
        new("source", ColumnType.String),
        new("path", ColumnType.String),
        new("folder_label", ColumnType.String, IsOptional: true),
        new("title", ColumnType.String, IsOptional: true),
        new("artist", ColumnType.String, IsOptional: true),
        new("artist_id", ColumnType.String, IsOptional: true),
        new("duration_s", ColumnType.Double),
        new("sample_rate", ColumnType.Int32, IsOptional: true),
        new("channels", ColumnType.Int32, IsOptional: true),
        new("sha256", ColumnType.String, IsOptional: true),
        new("peak", ColumnType.Float, IsOptional: true),
        new("fault", ColumnType.String, IsOptional: true),
        new("fault_detail", ColumnType.String, IsOptional: true),
        new("duplicate_group", ColumnType.String, IsOptional: true),
        new("track_id", ColumnType.String, IsOptional: true),
        new("song_id", ColumnType.String, IsOptional: true),
        new("release", ColumnType.String, IsOptional: true),
        new("year", ColumnType.Int32, IsOptional: true),
        new("tempo", ColumnType.Double, IsOptional: true),
        new("key", ColumnType.Int32, IsOptional: true),
        new("key_confidence", ColumnType.Double, IsOptional: true),
        new("mode", ColumnType.Int32, IsOptional: true),
        new("mode_confidence", ColumnType.Double, IsOptional: true),
        new("time_signature", ColumnType.Int32, IsOptional: true),
        new("time_signature_confidence", ColumnType.Double, IsOptional: true),
        new("loudness_db", ColumnType.Double, IsOptional: true))

        // They are short: by bytes alone hundreds of thousands would make a group, all of which is in memory while it is written.
        .StoredWith(new ParquetWriterOptions { RowGroupRows = 1 << 13 });

    /// <inheritdoc/>
    public string RowKey => RecordingId;

    /// <summary>Whether a file is named like the song files of the Million Song Dataset, which hold segments and no sound.</summary>
    public static bool IsSongFile(string path) =>
        System.IO.Path.GetExtension(path).ToLowerInvariant() is ".h5" or ".hdf5" or ".hdf";

    /// <inheritdoc/>
    public static Recording Read(RowReader row) => new(
        row.Text(), row.Text(), row.Text(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(),
        row.Double(), row.Int32OrNull(), row.Int32OrNull(), row.TextOrNull(), row.FloatOrNull(),
        row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(), row.TextOrNull(),
        row.Int32OrNull(), row.DoubleOrNull(), row.Int32OrNull(), row.DoubleOrNull(), row.Int32OrNull(), row.DoubleOrNull(),
        row.Int32OrNull(), row.DoubleOrNull(), row.DoubleOrNull());

    /// <inheritdoc/>
    public void Write(RowWriter row) => row
        .Text(RecordingId).Text(Source).Text(Path).Text(FolderLabel).Text(Title).Text(Artist).Text(ArtistId)
        .Double(DurationS).Int32(SampleRate).Int32(Channels).Text(Sha256).Float(Peak)
        .Text(Fault).Text(FaultDetail).Text(DuplicateGroup).Text(TrackId).Text(SongId).Text(Release)
        .Int32(Year).Double(Tempo).Int32(Key).Double(KeyConfidence).Int32(Mode).Double(ModeConfidence)
        .Int32(TimeSignature).Double(TimeSignatureConfidence).Double(LoudnessDb);

    /// <inheritdoc/>
    public string? FindFault() =>
        RowRules.NotEmpty("recording_id", RecordingId)
        ?? RowRules.NotEmpty("source", Source)
        ?? RowRules.Finite("duration_s", DurationS)
        ?? RowRules.AtLeast("duration_s", DurationS, 0);
}
