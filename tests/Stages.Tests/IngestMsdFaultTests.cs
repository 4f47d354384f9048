using Pipeline.Hdf5;
using Pipeline.Msd;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>ingest-msd on songs with something wrong: each fault has its name and says what it is.</summary>
public sealed class IngestMsdFaultTests : IDisposable
{
    // A song, its fault and the detail.
    private static readonly (string Which, string Name, string Detail)[] Faults =
    [
        ("empty", "no-segments", "it has no segments"),
        ("unequal", "unequal-lengths", "segments_confidence has 39 values, 40 go with segments_start"),
        ("unequal-pitches", "unequal-lengths", "segments_pitches has 468 values, 480 go with segments_start"),
        ("unequal-beats", "unequal-lengths", "beats_confidence has 0 values, 20 go with beats_start"),
        ("nan-tempo", "not-finite", "tempo is NaN"),
        ("nan-loudness", "not-finite", "loudness is NaN"),
        ("infinite-duration", "not-finite", "duration is Infinity"),
        ("nan-timbre", "not-finite", "segments_timbre has NaN at 17"),
        ("infinite-start", "not-finite", "bars_start has Infinity at 2"),
        ("negative-duration", "absurd", "duration is -1"),
        ("long-duration", "absurd", "duration is 90000"),
        ("tempo", "absurd", "tempo is 5000"),
        ("loudness", "absurd", "loudness is 1000"),
        ("key", "absurd", "key is 12"),
        ("key-unknown", "absurd", "key is -1"),
        ("mode", "absurd", "mode is 2"),
        ("signature", "absurd", "time_signature is 99"),
        ("year", "absurd", "year is 20111"),
        ("sample-rate", "absurd", "analysis_sample_rate is 2000000000"),
        ("confidence", "absurd", "mode_confidence is 3"),
        ("pitch", "absurd", "segments_pitches has 1.5 at 5"),
        ("segment-confidence", "absurd", "segments_confidence has -0.5 at 3"),
        ("backwards", "absurd", "segments_start goes back from 2.25 to 1 at 10"),
        ("beyond", "absurd", "segments_start has 9.75, the song lasts from 0 to 5"),
        ("before", "absurd", "segments_start has -1, the song lasts from 0 to 10.1"),
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_fault_has_its_name()
    {
        for (int i = 0; i < Faults.Length; i++)
        {
            SongSamples.Write(folder[$"in/{Faults[i].Which}.h5"], Spoil(SongSamples.Make(1) with { TrackId = SongSamples.Track(i) }, Faults[i].Which));
        }

        SongSamples.Write(folder["in/good.h5"], SongSamples.Make(99));
        Recording[] rows = Run();
        Assert.Equal(
            [.. Faults.Select(f => (f.Which + ".h5", (string?)f.Name, (string?)f.Detail)).Append(("good.h5", null, null)).OrderBy(f => f.Item1, StringComparer.Ordinal)],
            rows.Select(r => (r.Path, r.Fault, r.FaultDetail)));
        Assert.All(rows, r => Assert.True(r is { TrackId: not null, Title: not null } && double.IsFinite(r.DurationS)));
        Assert.Null(rows.Single(r => r.Path == "key-unknown.h5").Key);
        Assert.Equal([$"msd/{SongSamples.Track(99)}"], StageRun.Rows<Segments>(folder["s.parquet"]).Select(s => s.RecordingId));
    }

    [Fact]
    public void Broken_files_are_rows_beside_good_ones()
    {
        string good = SongSamples.Write(folder["in/a.h5"], SongSamples.Make(1));
        byte[] bytes = File.ReadAllBytes(good);
        File.WriteAllBytes(folder["in/b-cut.h5"], bytes[..(bytes.Length / 2)]);
        File.WriteAllBytes(folder["in/c-empty.h5"], []);
        folder.Write("in/d-text.h5", "this is no song");
        File.CreateSymbolicLink(folder["in/e-broken.h5"], "nowhere.h5");
        WriteNoSong(folder["in/f-none.h5"]);
        File.WriteAllBytes(folder[$"in/{SongSamples.Track(9)}.h5"], bytes[..100]);
        CommandResult result = StageRun.Fail(1, "6 of 7 songs failed, more than the 1 % that --max-failed allows; first: ", "ingest-msd", Arguments());
        Assert.Contains("ingest-msd: c-empty.h5: ", result.Errors, StringComparison.Ordinal);
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
        Recording[] rows = Run("--max-failed", "0.9");
        Assert.Equal(["msd/" + SongSamples.Track(9), "msd/" + SongSamples.Track(1), "msd/b-cut", "msd/c-empty", "msd/d-text", "msd/e-broken", "msd/f-none"], rows.Select(r => r.RecordingId));
        Assert.All(rows.Where(r => r.TrackId is null), r => Assert.Equal(("unreadable", true, 0), (r.Fault, r.FaultDetail is { Length: > 5 }, r.DurationS)));
        Assert.Equal("there is no such file: a link that leads nowhere", rows[5].FaultDetail);
        Assert.Equal("it is no song file: it has neither /analysis/songs nor /metadata/songs", rows[6].FaultDetail);
        Assert.All(rows, r => Assert.DoesNotContain(folder.Path, r.FaultDetail ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public void Tracks_that_come_again_are_duplicates()
    {
        SongSamples.Write(folder["in/A/x.h5"], SongSamples.Make(1));
        SongSamples.Write(folder["in/B/x.h5"], SongSamples.Make(1));
        SongSamples.Write(folder["in/C/many.h5"], SongSamples.Make(1), SongSamples.Make(3), SongSamples.Make(1) with { Tempo = double.NaN });
        Recording[] rows = Run();
        string first = $"msd/{SongSamples.Track(1)}";
        string again = $"it is the track of {first} once more";
        Assert.Equal(
            [
                (first, null, null, null),
                ("msd/B/x.h5", "duplicate", again, first),
                ("msd/C/many.h5", "duplicate", again, first),
                ($"msd/{SongSamples.Track(3)}", null, null, null),
                ("msd/C/many.h5#2", "not-finite", $"tempo is NaN; {again}", first),
            ],
            rows.Select(r => (r.RecordingId, r.Fault, r.FaultDetail, r.DuplicateGroup)));
        Assert.Equal([first, $"msd/{SongSamples.Track(3)}"], StageRun.Rows<Segments>(folder["s.parquet"]).Select(s => s.RecordingId));
    }

    [Fact]
    public void Missing_tables_and_arrays_are_named()
    {
        Copy(SongSamples.Write(folder["whole.h5"], SongSamples.Make(1)), folder["in/a.h5"], "/analysis/segments_timbre", "/analysis/bars_start");
        Copy(folder["whole.h5"], folder["in/b.h5"], "/analysis/songs");
        Copy(folder["whole.h5"], folder["in/c.h5"], "/musicbrainz/songs");
        Recording[] rows = Run("--max-failed", "1");
        Assert.Equal(("incomplete", "it has no segments_timbre, bars_start"), (rows[0].Fault, rows[0].FaultDetail));
        Assert.Equal(("incomplete", "it has no key, mode, time_signature", "msd/b", "Title 1 – é"), (rows[1].Fault, rows[1].FaultDetail, rows[1].RecordingId, rows[1].Title));
        Assert.Equal(("duplicate", null), (rows[2].Fault, rows[2].Year));
    }

    [Fact]
    public void An_array_of_another_shape_or_type_is_told()
    {
        Directory.CreateDirectory(folder["in"]);
        string whole = SongSamples.Write(folder["whole.h5"], SongSamples.Make(1));
        Copy(whole, folder["in/a.h5"], w => w.Dataset<double>("/analysis/segments_timbre", [40, 11], new double[440]), "/analysis/segments_timbre");
        Copy(whole, folder["in/b.h5"], w => w.Dataset("/analysis/beats_start", 4, ["a", "b"]), "/analysis/beats_start");
        Copy(whole, folder["in/c.h5"], w => w.Dataset<double>("/analysis/beats_start", [3_000_000], new double[3_000_000], new() { ChunkShape = [1 << 20], DeflateLevel = 1 }), "/analysis/beats_start");
        Recording[] rows = Run("--max-failed", "1");
        Assert.Equal("/analysis/segments_timbre has 11 values in a row instead of 12", rows[0].FaultDetail);
        Assert.StartsWith("/analysis/beats_start", rows[1].FaultDetail, StringComparison.Ordinal);
        Assert.Equal("song 0 has 3000000 rows of /analysis/beats_start, more than a song can have", rows[2].FaultDetail);
        Assert.All(rows, r => Assert.Equal("unreadable", r.Fault));
    }

    [Fact]
    public void More_songs_than_a_file_can_hold_are_not_believed()
    {
        Directory.CreateDirectory(folder["in"]);
        using (var writer = Hdf5Writer.Create(folder["in/a.h5"]))
        {
            writer.Group("/");
            writer.Dataset(MsdLayout.Analysis, new Hdf5TableBuilder(Hdf5Type.Compound(("key", Hdf5Type.Int32)), 4_000_000), new() { ChunkShape = [1 << 20], DeflateLevel = 9 });
            writer.Finish();
        }

        Assert.Matches("^it says that it holds 4000000 songs, and has [0-9]+ bytes$", Assert.Single(Run("--max-failed", "1")).FaultDetail);
    }

    private static MsdSong Spoil(MsdSong song, string which)
    {
        float[] With(float[] values, int at, float value)
        {
            values[at] = value;
            return values;
        }

        return which switch
        {
            "empty" => song with
            {
                SegmentsStart = [], SegmentsConfidence = [], SegmentsLoudnessStart = [], SegmentsLoudnessMax = [], SegmentsLoudnessMaxTime = [], SegmentsPitches = [], SegmentsTimbre = [],
            },
            "unequal" => song with { SegmentsConfidence = song.SegmentsConfidence![1..] },
            "unequal-pitches" => song with { SegmentsPitches = song.SegmentsPitches![12..] },
            "unequal-beats" => song with { BeatsConfidence = [] },
            "nan-tempo" => song with { Tempo = double.NaN },
            "nan-loudness" => song with { LoudnessDb = double.NaN },
            "infinite-duration" => song with { DurationS = double.PositiveInfinity },
            "nan-timbre" => song with { SegmentsTimbre = With(song.SegmentsTimbre!, 17, float.NaN) },
            "infinite-start" => song with { BarsStart = With(song.BarsStart!, 2, float.PositiveInfinity) },
            "negative-duration" => song with { DurationS = -1 },
            "long-duration" => song with { DurationS = 90_000 },
            "tempo" => song with { Tempo = 5000 },
            "loudness" => song with { LoudnessDb = 1000 },
            "key" => song with { Key = 12 },
            "key-unknown" => song with { Key = -1 },
            "mode" => song with { Mode = 2 },
            "signature" => song with { TimeSignature = 99 },
            "year" => song with { Year = 20111 },
            "sample-rate" => song with { SampleRate = 2_000_000_000 },
            "confidence" => song with { ModeConfidence = 3 },
            "pitch" => song with { SegmentsPitches = With(song.SegmentsPitches!, 5, 1.5f) },
            "segment-confidence" => song with { SegmentsConfidence = With(song.SegmentsConfidence!, 3, -0.5f) },
            "backwards" => song with { SegmentsStart = With(song.SegmentsStart!, 10, 1) },
            "beyond" => song with { DurationS = 5 },
            "before" => song with { SegmentsStart = With(song.SegmentsStart!, 0, -1) },
            _ => throw new ArgumentOutOfRangeException(nameof(which)),
        };
    }

    private static void WriteNoSong(string path)
    {
        using var writer = Hdf5Writer.Create(path);
        writer.Group("/");
        writer.Dataset<int>("/numbers", [3], [1, 2, 3]);
        writer.Finish();
    }

    private static void Copy(string from, string to, params string[] without) => Copy(from, to, _ => { }, without);

    private static void Copy(string from, string to, Action<Hdf5Writer> add, params string[] without)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
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

    private string[] Arguments(params string[] more) =>
        ["--root", folder["in"], "--out-recordings", folder["r.parquet"], "--out-segments", folder["s.parquet"], .. more];

    private Recording[] Run(params string[] more)
    {
        StageRun.Succeed("ingest-msd", Arguments(more));
        return StageRun.Rows<Recording>(folder["r.parquet"]);
    }
}
