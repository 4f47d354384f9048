using Pipeline.Hdf5;
using Pipeline.Msd;
using Xunit;

namespace Pipeline.Tests.Msd;

public sealed class MsdFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Songs_of_a_file_are_read_as_they_were_written()
    {
        MsdSong[] songs = [Make(1, 5), Make(2, 0), Make(3, 2000), Make(4, 1)];
        using MsdFile file = MsdFile.Open(Write(songs));
        Assert.Equal((4, false), (file.SongCount, file.IsSummary));
        foreach (int i in (int[])[3, 0, 2, 1, 2])
        {
            Assert.Equivalent(songs[i], file.Read(i), strict: true);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => file.Read(-1));
    }

    [Fact]
    public void What_is_null_is_written_as_the_dataset_writes_it()
    {
        using MsdFile file = MsdFile.Open(Write(new MsdSong()));
        MsdSong song = file.Read(0);
        Assert.Equal((-1, -1, -1, -1, 0), (song.Key, song.Mode, song.TimeSignature, song.SampleRate, song.Year));
        Assert.Equal(("", "", ""), (song.Title, song.TrackId, song.Genre));
        Assert.True(double.IsNaN(song.Tempo));
        Assert.Empty(song.SegmentsStart!);
        Assert.Empty(song.TatumsConfidence!);
    }

    [Fact]
    public void Text_too_long_is_cut_between_characters()
    {
        using MsdFile file = MsdFile.Open(Write(new MsdSong { Title = new string('é', 600), ArtistId = new string('a', 40) }));
        Assert.Equal((new string('é', 512), new string('a', 32)), (file.Read(0).Title, file.Read(0).ArtistId));
    }

    [Fact]
    public void Rows_that_are_not_whole_and_no_songs_are_refused()
    {
        using var stream = new MemoryStream();
        Assert.Throws<ArgumentException>(() => MsdWriter.Write(stream, [new MsdSong { SegmentsPitches = new float[13] }]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MsdWriter.Write(stream, []));
    }

    [Fact]
    public void A_file_has_the_layout_until_something_is_taken_away_or_changed()
    {
        string whole = Write(Make(1, 10), Make(2, 10));
        using (Hdf5File file = Hdf5File.Open(whole))
        {
            Assert.Empty(MsdLayoutCheck.Compare(file));
        }

        Assert.Equal(["dataset /analysis/bars_start is missing"], Findings(whole, _ => { }, "/analysis/bars_start"));
        Assert.Equal(
            ["/analysis/bars_start is int32, float64 was expected"],
            Findings(whole, w => w.Dataset<int>("/analysis/bars_start", [2], [1, 2]), "/analysis/bars_start"));
        Assert.Equal(
            ["/analysis/segments_timbre has the shape 10 x 11, n x 12 was expected"],
            Findings(whole, w => w.Dataset<double>("/analysis/segments_timbre", [10, 11], new double[110]), "/analysis/segments_timbre"));
        Assert.Equal(
            ["/musicbrainz/songs has no member idx_artist_mbtags (int32 was expected)", "/musicbrainz/songs has year as float64, int32 was expected", "the tables have different numbers of songs: /analysis/songs 2, /metadata/songs 2, /musicbrainz/songs 1"],
            Findings(whole, w => w.Dataset("/musicbrainz/songs", new Hdf5TableBuilder(Hdf5Type.Compound(("year", Hdf5Type.Float64)), 1)), "/musicbrainz/songs"));
        Assert.Empty(Findings(whole, _ => { }, [.. MsdLayout.Arrays.Select(a => a.Path)]));
    }

    [Fact]
    public void An_index_that_leads_astray_is_told()
    {
        string whole = Write(Make(1, 10), Make(2, 10));
        string path = folder["astray.h5"];
        Copy(whole, path, w =>
        {
            MsdTable table = MsdLayout.Tables.Single(t => t.Path == MsdLayout.Analysis);
            var rows = new Hdf5TableBuilder(table.Type, 2);
            rows.Set(1, "idx_segments_start", 21);
            w.Dataset(table.Path, rows);
        }, MsdLayout.Analysis);
        using MsdFile file = MsdFile.Open(path);
        Assert.Equal("song 0 has rows 0 to 21 of /analysis/segments_start, which has 20 rows", Assert.Throws<Hdf5Exception>(() => file.Read(0)).Reason);
        Assert.Equal("song 1 has rows 21 to 20 of /analysis/segments_start, which has 20 rows", Assert.Throws<Hdf5Exception>(() => file.Read(1)).Reason);
    }

    private static MsdSong Make(int seed, int segments) => new()
    {
        TrackId = $"TR{seed}", SongId = "SO", Title = "a title", Release = "", ArtistName = "Jürgen", ArtistId = "AR", Genre = "jazz", Year = 1990 + seed, SampleRate = 22050,
        DurationS = 30.5, FadeInEndS = 0, FadeOutStartS = 30, LoudnessDb = -7.25, Tempo = 120.1, Key = seed, KeyConfidence = 0.1, Mode = 1, ModeConfidence = 0.2, TimeSignature = 4,
        TimeSignatureConfidence = 0.3,
        SegmentsStart = Values(segments), SegmentsConfidence = Values(segments), SegmentsLoudnessStart = Values(segments), SegmentsLoudnessMax = Values(segments),
        SegmentsLoudnessMaxTime = Values(segments), SegmentsPitches = Values(12 * segments), SegmentsTimbre = Values(12 * segments), BeatsStart = Values(seed), BeatsConfidence = Values(seed),
        BarsStart = Values(seed), BarsConfidence = [], SectionsStart = [], SectionsConfidence = [], TatumsStart = Values(2 * seed), TatumsConfidence = Values(2 * seed),
    };

    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => i * 0.3f)];

    private static void Copy(string from, string to, Action<Hdf5Writer> add, params string[] without)
    {
        using Hdf5File file = Hdf5File.Open(from);
        using var writer = Hdf5Writer.Create(to);
        foreach (Hdf5Object item in file.Objects().Where(o => !without.Contains(o.Path)))
        {
            if (item is Hdf5Dataset dataset)
            {
                writer.Dataset(item.Path, dataset.Type, dataset.Shape, dataset.ReadBytes());
            }
            else
            {
                writer.Group(item.Path);
            }
        }

        add(writer);
        writer.Finish();
    }

    private string[] Findings(string from, Action<Hdf5Writer> add, params string[] without)
    {
        string path = folder["changed.h5"];
        Copy(from, path, add, without);
        using Hdf5File file = Hdf5File.Open(path);
        return [.. MsdLayoutCheck.Compare(file)];
    }

    private string Write(params IReadOnlyList<MsdSong> songs)
    {
        string path = folder["songs.h5"];
        using FileStream stream = File.Create(path);
        MsdWriter.Write(stream, songs);
        return path;
    }
}
