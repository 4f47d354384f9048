using System.Runtime.InteropServices;
using Pipeline.Hdf5;

namespace Pipeline.Msd;

/// <summary>
/// Writes files of exactly the layout that the Million Song Dataset's own have: groups, datasets, types, chunks, filters and
/// the attributes by which PyTables knows its arrays and tables.
/// </summary>
public static class MsdWriter
{
    /// <summary>Where <see cref="MsdAudio"/> is.</summary>
    public const string AudioPath = "/audio/samples";

    private const int DeflateLevel = 1;
    private const int AudioChunkFrames = 8192;

    // PyTables' note of its filters: zlib at level 1 after shuffling.
    private const long FiltersNote = 0x010101;

    // What the dataset has where a service has no number for something.
    private const int NoNumber = -1;

    /// <summary>Writes songs: one makes a song file, several make an aggregate file.</summary>
    /// <param name="stream">Where to; it can seek, and stays open.</param>
    /// <param name="songs">The songs, one or more. Numbers that are null are written as -1, but the year as 0; arrays that are null as empty.</param>
    /// <param name="audio">Samples of the song, if the file is to carry them.</param>
    public static void Write(Stream stream, IReadOnlyList<MsdSong> songs, MsdAudio? audio = null)
    {
        ArgumentOutOfRangeException.ThrowIfZero(songs.Count);
        using Hdf5Writer writer = Hdf5Writer.Create(stream, leaveOpen: true);
        foreach ((string path, string title) in MsdLayout.Groups)
        {
            writer.Group(path, GroupAttributes(path, title));
        }

        Dictionary<string, Hdf5TableBuilder> tables = MsdLayout.Tables.ToDictionary(t => t.Path, t => new Hdf5TableBuilder(t.Type, songs.Count));
        for (int i = 0; i < songs.Count; i++)
        {
            Fill(tables, i, songs[i]);
        }

        foreach (MsdArray array in MsdLayout.Arrays)
        {
            Write(writer, array, songs, tables[array.IndexTable]);
        }

        foreach (MsdTable table in MsdLayout.Tables)
        {
            writer.Dataset(table.Path, tables[table.Path], Options([table.ChunkRows], TableAttributes(table, songs.Count)));
        }

        if (audio is not null)
        {
            Write(writer, audio);
        }

        writer.Finish();
    }

    private static void Fill(Dictionary<string, Hdf5TableBuilder> tables, int row, MsdSong song)
    {
        Hdf5TableBuilder analysis = tables[MsdLayout.Analysis];
        analysis.Set(row, "track_id", song.TrackId ?? "");
        analysis.Set(row, "analysis_sample_rate", song.SampleRate ?? NoNumber);
        analysis.Set(row, "duration", song.DurationS);
        analysis.Set(row, "end_of_fade_in", song.FadeInEndS);
        analysis.Set(row, "start_of_fade_out", song.FadeOutStartS);
        analysis.Set(row, "loudness", song.LoudnessDb);
        analysis.Set(row, "tempo", song.Tempo);
        analysis.Set(row, "key", song.Key ?? NoNumber);
        analysis.Set(row, "key_confidence", song.KeyConfidence);
        analysis.Set(row, "mode", song.Mode ?? NoNumber);
        analysis.Set(row, "mode_confidence", song.ModeConfidence);
        analysis.Set(row, "time_signature", song.TimeSignature ?? NoNumber);
        analysis.Set(row, "time_signature_confidence", song.TimeSignatureConfidence);

        Hdf5TableBuilder metadata = tables[MsdLayout.Metadata];
        metadata.Set(row, "song_id", song.SongId ?? "");
        metadata.Set(row, "title", song.Title ?? "");
        metadata.Set(row, "release", song.Release ?? "");
        metadata.Set(row, "artist_name", song.ArtistName ?? "");
        metadata.Set(row, "artist_id", song.ArtistId ?? "");
        metadata.Set(row, "genre", song.Genre ?? "");
        foreach (string unknown in (ReadOnlySpan<string>)["artist_latitude", "artist_longitude", "song_hotttnesss"])
        {
            metadata.Set(row, unknown, double.NaN);
        }

        foreach (string unknown in (ReadOnlySpan<string>)["artist_7digitalid", "artist_playmeid", "release_7digitalid", "track_7digitalid"])
        {
            metadata.Set(row, unknown, NoNumber);
        }

        tables[MsdLayout.MusicBrainz].Set(row, "year", song.Year ?? 0);
    }

    private static void Write(Hdf5Writer writer, MsdArray array, IReadOnlyList<MsdSong> songs, Hdf5TableBuilder index)
    {
        int columns = Math.Max(1, array.Columns);
        var values = new List<double>();
        for (int i = 0; i < songs.Count; i++)
        {
            index.Set(i, array.IndexField, values.Count / columns);
            foreach (float value in songs[i].Values(array.Name) ?? [])
            {
                values.Add(value);
            }
        }

        if (values.Count % columns != 0)
        {
            throw new ArgumentException($"{array.Path} has {columns} values in a row, and {values.Count} are no whole number of rows", nameof(songs));
        }

        long rows = values.Count / columns;
        bool isFlat = array.Columns == 0;
        writer.Dataset(
            array.Path,
            array.Type,
            isFlat ? [rows] : [rows, columns],
            array.Type == Hdf5Type.Float64 ? MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)) : [],
            Options(isFlat ? [array.ChunkRows] : [array.ChunkRows, columns], ArrayAttributes(array.Title)));
    }

    private static void Write(Hdf5Writer writer, MsdAudio audio)
    {
        // 16 bits where they hold the samples as they are, which is most often so and a quarter as large.
        short[] whole = new short[audio.Samples.Length];
        bool isWhole = true;
        for (int i = 0; i < whole.Length && isWhole; i++)
        {
            float scaled = audio.Samples[i] * 32768f;
            isWhole = scaled is >= short.MinValue and <= short.MaxValue && (short)scaled == scaled;
            whole[i] = isWhole ? (short)scaled : (short)0;
        }

        Hdf5AttributeValue[] attributes =
        [
            .. ArrayAttributes("samples, frames x channels"),
            Hdf5AttributeValue.Number("sample_rate", (long)audio.SampleRate),
        ];
        writer.Group("/audio", GroupAttributes("/audio", "the recording itself"));
        writer.Dataset(
            AudioPath,
            isWhole ? Hdf5Type.Int16 : Hdf5Type.Float32,
            [audio.Samples.Length / audio.Channels, audio.Channels],
            isWhole ? MemoryMarshal.AsBytes<short>(whole) : MemoryMarshal.AsBytes<float>(audio.Samples),
            Options([AudioChunkFrames, audio.Channels], attributes));
    }

    private static Hdf5DatasetOptions Options(int[] chunk, IReadOnlyList<Hdf5AttributeValue> attributes) => new()
    {
        ChunkShape = chunk,
        MaxShape = [-1, .. chunk[1..].Select(n => (long)n)],
        Shuffle = true,
        DeflateLevel = DeflateLevel,
        Attributes = attributes,
    };

    private static Hdf5AttributeValue[] GroupAttributes(string path, string title) =>
    [
        Hdf5AttributeValue.Text("TITLE", title),
        Hdf5AttributeValue.Text("CLASS", "GROUP"),
        Hdf5AttributeValue.Text("VERSION", "1.0"),
        .. path == "/" ? [Hdf5AttributeValue.Text("PYTABLES_FORMAT_VERSION", "2.0")] : (Hdf5AttributeValue[])[],
        Hdf5AttributeValue.Number("FILTERS", FiltersNote),
    ];

    private static Hdf5AttributeValue[] ArrayAttributes(string title) =>
    [
        Hdf5AttributeValue.Text("CLASS", "EARRAY"),
        Hdf5AttributeValue.Text("VERSION", "1.0"),
        Hdf5AttributeValue.Text("TITLE", title),
        Hdf5AttributeValue.Number("EXTDIM", 0),
    ];

    private static List<Hdf5AttributeValue> TableAttributes(MsdTable table, long rows)
    {
        List<Hdf5AttributeValue> attributes =
        [
            Hdf5AttributeValue.Text("CLASS", "TABLE"),
            Hdf5AttributeValue.Text("VERSION", "2.6"),
            Hdf5AttributeValue.Text("TITLE", table.Title),
        ];
        attributes.AddRange(table.Type.Members.Select((m, i) => Hdf5AttributeValue.Text($"FIELD_{i}_NAME", m.Name)));
        attributes.AddRange(table.Type.Members.Select((m, i) => m.Type.Class switch
        {
            Hdf5Class.String => Hdf5AttributeValue.Text($"FIELD_{i}_FILL", ""),
            Hdf5Class.Float => Hdf5AttributeValue.Number($"FIELD_{i}_FILL", 0.0),
            _ => Hdf5AttributeValue.Number($"FIELD_{i}_FILL", 0),
        }));
        attributes.Add(Hdf5AttributeValue.Number("NROWS", rows));
        return attributes;
    }
}
