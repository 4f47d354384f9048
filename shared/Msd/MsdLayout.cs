using Pipeline.Hdf5;

namespace Pipeline.Msd;

/// <summary>
/// What is in a song file of the Million Song Dataset: groups, tables, arrays, with types, chunks and titles as the
/// dataset's own files have them. All data are shuffled and deflated at level 1.
/// </summary>
public static class MsdLayout
{
    /// <summary>Values of a segment's pitches and of its timbre.</summary>
    public const int SegmentValues = 12;

    /// <summary>The table of what the analysis found.</summary>
    public const string Analysis = "/analysis/songs";

    /// <summary>The table of names and places.</summary>
    public const string Metadata = "/metadata/songs";

    /// <summary>The table of what comes from MusicBrainz.</summary>
    public const string MusicBrainz = "/musicbrainz/songs";

    private static readonly Hdf5Type Text32 = Hdf5Type.String(32);
    private static readonly Hdf5Type Text1024 = Hdf5Type.String(1024);

    /// <summary>The groups with their titles, the root first.</summary>
    public static IReadOnlyList<(string Path, string Title)> Groups { get; } =
    [
        ("/", "H5 Song File"),
        ("/analysis", "Echo Nest analysis of the song"),
        ("/metadata", "metadata about the song"),
        ("/musicbrainz", "data about the song coming from MusicBrainz"),
    ];

    /// <summary>The tables.</summary>
    public static IReadOnlyList<MsdTable> Tables { get; } =
    [
        new(Analysis, "table of Echo Nest analysis for one song", 37, Hdf5Type.Compound(
            ("analysis_sample_rate", Hdf5Type.Int32),
            ("audio_md5", Text32),
            ("danceability", Hdf5Type.Float64),
            ("duration", Hdf5Type.Float64),
            ("end_of_fade_in", Hdf5Type.Float64),
            ("energy", Hdf5Type.Float64),
            ("idx_bars_confidence", Hdf5Type.Int32),
            ("idx_bars_start", Hdf5Type.Int32),
            ("idx_beats_confidence", Hdf5Type.Int32),
            ("idx_beats_start", Hdf5Type.Int32),
            ("idx_sections_confidence", Hdf5Type.Int32),
            ("idx_sections_start", Hdf5Type.Int32),
            ("idx_segments_confidence", Hdf5Type.Int32),
            ("idx_segments_loudness_max", Hdf5Type.Int32),
            ("idx_segments_loudness_max_time", Hdf5Type.Int32),
            ("idx_segments_loudness_start", Hdf5Type.Int32),
            ("idx_segments_pitches", Hdf5Type.Int32),
            ("idx_segments_start", Hdf5Type.Int32),
            ("idx_segments_timbre", Hdf5Type.Int32),
            ("idx_tatums_confidence", Hdf5Type.Int32),
            ("idx_tatums_start", Hdf5Type.Int32),
            ("key", Hdf5Type.Int32),
            ("key_confidence", Hdf5Type.Float64),
            ("loudness", Hdf5Type.Float64),
            ("mode", Hdf5Type.Int32),
            ("mode_confidence", Hdf5Type.Float64),
            ("start_of_fade_out", Hdf5Type.Float64),
            ("tempo", Hdf5Type.Float64),
            ("time_signature", Hdf5Type.Int32),
            ("time_signature_confidence", Hdf5Type.Float64),
            ("track_id", Text32))),
        new(Metadata, "table of metadata for one song", 3, Hdf5Type.Compound(
            ("analyzer_version", Text32),
            ("artist_7digitalid", Hdf5Type.Int32),
            ("artist_familiarity", Hdf5Type.Float64),
            ("artist_hotttnesss", Hdf5Type.Float64),
            ("artist_id", Text32),
            ("artist_latitude", Hdf5Type.Float64),
            ("artist_location", Text1024),
            ("artist_longitude", Hdf5Type.Float64),
            ("artist_mbid", Hdf5Type.String(40)),
            ("artist_name", Text1024),
            ("artist_playmeid", Hdf5Type.Int32),
            ("genre", Text1024),
            ("idx_artist_terms", Hdf5Type.Int32),
            ("idx_similar_artists", Hdf5Type.Int32),
            ("release", Text1024),
            ("release_7digitalid", Hdf5Type.Int32),
            ("song_hotttnesss", Hdf5Type.Float64),
            ("song_id", Text32),
            ("title", Text1024),
            ("track_7digitalid", Hdf5Type.Int32))),
        new(MusicBrainz, "table of data coming from MusicBrainz", 1024, Hdf5Type.Compound(
            ("idx_artist_mbtags", Hdf5Type.Int32),
            ("year", Hdf5Type.Int32))),
    ];

    /// <summary>The arrays.</summary>
    public static IReadOnlyList<MsdArray> Arrays { get; } =
    [
        Named("similar_artists", "array of similar artists Echo Nest id", Hdf5Type.String(20), 409),
        Named("artist_terms", "array of terms (Echo Nest tags) for an artist", Hdf5Type.String(256), 32),
        Named("artist_terms_freq", "array of term (Echo Nest tags) frequencies for an artist", Hdf5Type.Float64, 1024, "artist_terms"),
        Named("artist_terms_weight", "array of term (Echo Nest tags) weights for an artist", Hdf5Type.Float64, 1024, "artist_terms"),
        Analysed("segments_start", "array of start times of segments"),
        Analysed("segments_confidence", "array of confidence of segments"),
        Analysed("segments_pitches", "array of pitches of segments (chromas)", SegmentValues, 85),
        Analysed("segments_timbre", "array of timbre of segments (MFCC-like)", SegmentValues, 85),
        Analysed("segments_loudness_max", "array of max loudness of segments"),
        Analysed("segments_loudness_max_time", "array of max loudness time of segments"),
        Analysed("segments_loudness_start", "array of loudness of segments at start time"),
        Analysed("sections_start", "array of start times of sections"),
        Analysed("sections_confidence", "array of confidence of sections"),
        Analysed("beats_start", "array of start times of beats"),
        Analysed("beats_confidence", "array of confidence of sections"), // so it stands in the dataset
        Analysed("bars_start", "array of start times of bars"),
        Analysed("bars_confidence", "array of confidence of bars"),
        Analysed("tatums_start", "array of start times of tatums"),
        Analysed("tatums_confidence", "array of confidence of tatums"),
        new("/musicbrainz/artist_mbtags", "array of tags from MusicBrainz for an artist", Hdf5Type.String(256), 0, 32, MusicBrainz, "idx_artist_mbtags"),
        new("/musicbrainz/artist_mbtags_count", "array of tag counts from MusicBrainz for an artist", Hdf5Type.Int32, 0, 2048, MusicBrainz, "idx_artist_mbtags"),
    ];

    /// <summary>The arrays by their names without the groups.</summary>
    internal static IReadOnlyDictionary<string, MsdArray> ArraysByName { get; } = Arrays.ToDictionary(a => a.Name);

    private static MsdArray Analysed(string name, string title, int columns = 0, int chunkRows = 1024) =>
        new("/analysis/" + name, title, Hdf5Type.Float64, columns, chunkRows, Analysis, "idx_" + name);

    private static MsdArray Named(string name, string title, Hdf5Type type, int chunkRows, string? index = null) =>
        new("/metadata/" + name, title, type, 0, chunkRows, Metadata, "idx_" + (index ?? name));
}
