using Pipeline.Hdf5;

namespace Pipeline.Msd;

/// <summary>
/// Reads songs of a file of the Million Song Dataset: a song file, an aggregate file of many songs, or a summary file,
/// which has tables and no arrays. Only what a song needs is read. For one thread at a time.
/// </summary>
public sealed class MsdFile : IDisposable
{
    // Rows of the tables that are read at once: a file of a million songs is not read row by row.
    private const int BlockRows = 256;

    // Of one song's array: a day has 86,400 s, and nothing that is found in music comes 20 times a second throughout.
    private const int MostRows = 20 * 86_400;

    // A song packs into some hundreds of bytes at least, even where there are tables alone.
    private const int LeastSongBytes = 16;

    private readonly Hdf5File file;
    private readonly Dictionary<string, Hdf5Dataset?> datasets = [];
    private readonly Dictionary<string, (long First, Hdf5Rows Rows)> blocks = [];

    private MsdFile(Hdf5File file)
    {
        this.file = file;
        Hdf5Dataset songs = Find(MsdLayout.Analysis) ?? Find(MsdLayout.Metadata)
            ?? throw new Hdf5Exception(file.Path, $"it is no song file: it has neither {MsdLayout.Analysis} nor {MsdLayout.Metadata}");
        SongCount = songs.RowCount;
        IsSummary = SongCount > 0 && MsdLayout.Arrays.Where(a => a.IndexTable == MsdLayout.Analysis).All(a => Find(a.Path) is null);
        if (SongCount > file.Length / LeastSongBytes)
        {
            throw new Hdf5Exception(file.Path, $"it says that it holds {SongCount} songs, and has {file.Length} bytes");
        }
    }

    /// <summary>How many songs are in the file.</summary>
    public long SongCount { get; }

    /// <summary>Whether there are songs and none of the analysis' arrays, as in the dataset's summary file.</summary>
    public bool IsSummary { get; }

    /// <summary>Opens a file.</summary>
    /// <exception cref="Hdf5Exception">It is no HDF5 file, or one without a song.</exception>
    public static MsdFile Open(string path)
    {
        var file = Hdf5File.Open(path);
        try
        {
            return new MsdFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a song.</summary>
    /// <param name="index">Its row in the tables, from 0 to <see cref="SongCount"/> - 1.</param>
    /// <exception cref="Hdf5Exception">The file is damaged, or does not say clearly which rows are the song's.</exception>
    public MsdSong Read(long index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)index, (ulong)SongCount);
        MsdRow analysis = Row(MsdLayout.Analysis, index);
        MsdRow metadata = Row(MsdLayout.Metadata, index);
        MsdRow musicBrainz = Row(MsdLayout.MusicBrainz, index);
        return new MsdSong
        {
            TrackId = analysis.Text("track_id"),
            SongId = metadata.Text("song_id"),
            Title = metadata.Text("title"),
            Release = metadata.Text("release"),
            ArtistName = metadata.Text("artist_name"),
            ArtistId = metadata.Text("artist_id"),
            Genre = metadata.Text("genre"),
            Year = musicBrainz.Int32("year"),
            SampleRate = analysis.Int32("analysis_sample_rate"),
            DurationS = analysis.Double("duration"),
            FadeInEndS = analysis.Double("end_of_fade_in"),
            FadeOutStartS = analysis.Double("start_of_fade_out"),
            LoudnessDb = analysis.Double("loudness"),
            Tempo = analysis.Double("tempo"),
            Key = analysis.Int32("key"),
            KeyConfidence = analysis.Double("key_confidence"),
            Mode = analysis.Int32("mode"),
            ModeConfidence = analysis.Double("mode_confidence"),
            TimeSignature = analysis.Int32("time_signature"),
            TimeSignatureConfidence = analysis.Double("time_signature_confidence"),
            SegmentsStart = Values("segments_start", index),
            SegmentsConfidence = Values("segments_confidence", index),
            SegmentsLoudnessStart = Values("segments_loudness_start", index),
            SegmentsLoudnessMax = Values("segments_loudness_max", index),
            SegmentsLoudnessMaxTime = Values("segments_loudness_max_time", index),
            SegmentsPitches = Values("segments_pitches", index),
            SegmentsTimbre = Values("segments_timbre", index),
            BeatsStart = Values("beats_start", index),
            BeatsConfidence = Values("beats_confidence", index),
            BarsStart = Values("bars_start", index),
            BarsConfidence = Values("bars_confidence", index),
            SectionsStart = Values("sections_start", index),
            SectionsConfidence = Values("sections_confidence", index),
            TatumsStart = Values("tatums_start", index),
            TatumsConfidence = Values("tatums_confidence", index),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private Hdf5Dataset? Find(string path)
    {
        if (!datasets.TryGetValue(path, out Hdf5Dataset? dataset))
        {
            datasets.Add(path, dataset = file.FindDataset(path));
        }

        return dataset;
    }

    private MsdRow Row(string table, long index)
    {
        if (Find(table) is not { } dataset || index >= dataset.RowCount)
        {
            return default;
        }

        if (!blocks.TryGetValue(table, out (long First, Hdf5Rows Rows) block) || index < block.First || index >= block.First + block.Rows.Count)
        {
            long first = index / BlockRows * BlockRows;
            block = (first, dataset.ReadTable(first, (int)Math.Min(BlockRows, dataset.RowCount - first)));
            blocks[table] = block;
        }

        return new MsdRow(block.Rows, (int)(index - block.First));
    }

    // A song's rows end where the next song's begin.
    private float[]? Values(string name, long index)
    {
        MsdArray array = MsdLayout.ArraysByName[name];
        if (Find(array.Path) is not { } dataset)
        {
            return null;
        }

        if (dataset.RowElements != Math.Max(1, array.Columns))
        {
            throw new Hdf5Exception(file.Path, $"{array.Path} has {dataset.RowElements} values in a row instead of {Math.Max(1, array.Columns)}");
        }

        long from = index == 0 ? 0 : Row(array.IndexTable, index).Int32(array.IndexField) ?? throw NoIndex(array);
        long to = index == SongCount - 1 ? dataset.RowCount : Row(array.IndexTable, index + 1).Int32(array.IndexField) ?? throw NoIndex(array);
        if (from < 0 || to < from || to > dataset.RowCount)
        {
            throw new Hdf5Exception(file.Path, $"song {index} has rows {from} to {to} of {array.Path}, which has {dataset.RowCount} rows");
        }

        if (to - from > MostRows)
        {
            throw new Hdf5Exception(file.Path, $"song {index} has {to - from} rows of {array.Path}, more than a song can have");
        }

        return dataset.ReadFloats(from, (int)(to - from));
    }

    private Hdf5Exception NoIndex(MsdArray array) =>
        new(file.Path, $"{array.IndexTable} has no {array.IndexField}, which would say which rows of {array.Path} are a song's");
}
