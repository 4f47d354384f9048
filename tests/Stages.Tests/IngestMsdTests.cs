using System.Text.Json;
using Pipeline.Hdf5;
using Pipeline.Msd;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>ingest-msd on trees and files of all kinds: the songs come out whole, in the files' order.</summary>
public sealed class IngestMsdTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_song_is_two_rows_of_what_its_file_holds()
    {
        MsdSong song = SongSamples.Make(7);
        string file = SongSamples.Write(folder[$"in/A/B/C/{song.TrackId}.h5"], song);
        (Recording[] recordings, Segments[] segments) = Run();
        string sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)));
        Assert.Equal(
            new Recording(
                $"msd/{song.TrackId}", "msd", $"A/B/C/{song.TrackId}.h5", null, song.Title, song.ArtistName, song.ArtistId, song.DurationS, 22050, null, sha, null, null, null, null,
                song.TrackId, song.SongId, song.Release, 1957, 107, 7, 0.5, 1, 0.25, 4, 1, -17.5),
            Assert.Single(recordings));
        Segments found = Assert.Single(segments);
        Assert.Equivalent(
            new Segments(
                $"msd/{song.TrackId}", song.SegmentsStart!, song.SegmentsConfidence!, song.SegmentsLoudnessStart!, song.SegmentsLoudnessMax!, song.SegmentsLoudnessMaxTime!,
                song.SegmentsPitches!, song.SegmentsTimbre!, song.DurationS, 107, 7, 1, 4, 0.1, 10, song.BeatsStart!, song.BeatsConfidence!, song.BarsStart!, song.BarsConfidence!,
                [0], [1], song.TatumsStart!, song.TatumsConfidence!),
            found, strict: true);
    }

    [Fact]
    public void What_is_not_known_is_null()
    {
        SongSamples.Write(folder["in/a.h5"], SongSamples.Make(1) with { Year = 0, Tempo = 0, Title = " ", Release = null, ArtistId = "", SampleRate = null, KeyConfidence = 0 });
        Recording row = Assert.Single(Run().Recordings);
        Assert.Equal((null, null, null, null, null, null), (row.Year, row.Tempo, row.Title, row.Release, row.ArtistId, row.SampleRate));
        Assert.Equal((null, 0.0), (row.Fault, row.KeyConfidence));
    }

    [Fact]
    public void A_tree_a_flat_folder_and_an_aggregate_hold_the_same_songs()
    {
        MsdSong[] songs = [.. Enumerable.Range(0, 9).Select(i => SongSamples.Make(i, 30 + i))];
        foreach (MsdSong song in songs)
        {
            SongSamples.Write(folder[$"tree/A/{song.TrackId![^1]}/{song.TrackId}.h5"], song);
            SongSamples.Write(folder[$"flat/{song.TrackId}.H5"], song);
        }

        folder.Write("tree/A/notes.txt", "");
        folder.Write("tree/.hidden.h5", "");
        Directory.CreateDirectory(folder["tree/A/empty"]);
        SongSamples.Write(folder["aggregate/all.h5"], songs);
        (Recording[] tree, Segments[] treeSegments) = Run("tree");
        Assert.Equal(9, tree.Length);
        Assert.All(tree, r => Assert.Null(r.Fault));
        foreach (string other in (string[])["flat", "aggregate", "aggregate/all.h5"])
        {
            (Recording[] recordings, Segments[] segments) = Run(other);
            Assert.Equal(tree.Select(r => r with { Path = "", Sha256 = null }), recordings.Select(r => r with { Path = "", Sha256 = null }));
            Assert.Equivalent(treeSegments, segments, strict: true);
        }
    }

    [Fact]
    public void A_summary_gives_recordings_without_segments()
    {
        Directory.CreateDirectory(folder["in"]);
        WriteSummary(folder["in/summary.h5"], 100);
        foreach (string root in (string[])["in", "in/summary.h5"])
        {
            (Recording[] recordings, Segments[] segments) = Run(root);
            Assert.Empty(segments);
            Assert.Equal(100, recordings.Length);
            Assert.Equal((SongSamples.Track(42), "Title 42", 1999, 120.5, "no-segments"), (recordings[42].TrackId, recordings[42].Title, recordings[42].Year, recordings[42].Tempo, recordings[42].Fault));
            Assert.Equal("its file is a summary: there are tables, and no arrays", recordings[42].FaultDetail);
        }
    }

    [Theory]
    [InlineData("tree", 3)]
    [InlineData("all.h5", 2)]
    [InlineData("all.h5", 5)]
    public void Shards_together_are_the_whole(string root, int shards)
    {
        MsdSong[] songs = [.. Enumerable.Range(0, 150).Select(i => SongSamples.Make(i, 10))];
        SongSamples.Write(folder["all.h5"], songs);
        foreach (MsdSong song in songs[..11])
        {
            SongSamples.Write(folder[$"tree/{song.TrackId![^1]}/{song.TrackId}.h5"], song);
        }

        (Recording[] whole, Segments[] wholeSegments) = Run(root);
        var recordings = new List<Recording>();
        var segments = new List<Segments>();
        var hashes = new List<string>();
        for (int i = 0; i < shards; i++)
        {
            (Recording[] some, Segments[] someSegments) = Run(root, "--shard", $"{i}/{shards}");
            recordings.AddRange(some);
            segments.AddRange(someSegments);
            hashes.Add(RootHash());
        }

        Assert.Equal(whole, recordings);
        Assert.Equivalent(wholeSegments, segments, strict: true);

        // Each part notes what it read: of a tree its own files, of one file the same file.
        Assert.Equal(root == "tree" ? shards : 1, hashes.Distinct().Count());
    }

    [Fact]
    public void Threads_change_no_byte()
    {
        for (int i = 0; i < 20; i++)
        {
            SongSamples.Write(folder[$"in/{i}.h5"], i % 7 == 3 ? SongSamples.Make(1) : SongSamples.Make(i, 20 + 30 * (i % 4)));
        }

        folder.Write("in/broken.h5", "no song");
        byte[][] outputs = [.. ((string[])["1", "2", "7"]).Select(n =>
        {
            Run("in", "--threads", n, "--max-failed", "0.5");
            return (byte[])[.. File.ReadAllBytes(folder["r.parquet"]), .. File.ReadAllBytes(folder["s.parquet"])];
        })];
        Assert.Equal(outputs[0], outputs[1]);
        Assert.Equal(outputs[0], outputs[2]);
    }

    [Fact]
    public void Circles_of_links_end()
    {
        SongSamples.Write(folder["in/A/a.h5"], SongSamples.Make(1));
        Directory.CreateSymbolicLink(folder["in/A/up"], "..");
        Directory.CreateSymbolicLink(folder["in/A/again"], "../A");
        Directory.CreateSymbolicLink(folder["link"], "in");
        CommandResult result = StageRun.Succeed("ingest-msd", Arguments("link"));
        Assert.Equal(2, result.Errors.Split('\n').Count(l => l.EndsWith("leads back to a folder that it is in: it is not followed", StringComparison.Ordinal)));
        Assert.Contains("ingest-msd: 1 song, 1 with segments\n", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupted_run_leaves_nothing()
    {
        string path = SongSamples.Write(folder["in/a.h5"], SongSamples.Make(1, 1000));
        for (int i = 0; i < 3000; i++)
        {
            File.CreateSymbolicLink(folder[$"in/{i}.h5"], path);
        }

        CommandResult result = StageRun.Interrupt("ingest-msd", folder["s.parquet.part"], Arguments());
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("ingest-msd: interrupted\n", result.Errors, StringComparison.Ordinal);
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void What_cannot_be_done_is_a_sentence()
    {
        StageRun.Fail(1, "in': --root is where the song files are", "ingest-msd", Arguments());
        folder.Write("in/notes.txt", "");
        StageRun.Fail(1, "there is no .h5 file in '", "ingest-msd", Arguments());
        StageRun.Fail(2, "same.parquet': give each a name of its own", "ingest-msd", "--root", folder["in"], "--out-recordings", folder["same.parquet"], "--out-segments", folder["same.parquet"]);
        StageRun.Fail(2, "parts are counted from 0, so the last of 4 is 3/4, not '4/4'", "ingest-msd", Arguments("in", "--shard", "4/4"));
        StageRun.Fail(2, "--source needs a name without a slash, not 'a/b'", "ingest-msd", Arguments("in", "--source", "a/b"));
        Assert.Equal([folder["in"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Real_songs_are_sound()
    {
        string? root = Repository.Data("msd-h5");
        Assert.SkipWhen(root is null, "'../shared/data/msd-h5' is not there: it is not part of the repository");
        StageRun.Succeed("ingest-msd", "--root", root, "--out-recordings", folder["r.parquet"], "--out-segments", folder["s.parquet"]);
        Recording[] rows = StageRun.Rows<Recording>(folder["r.parquet"]);
        Assert.Equal(Directory.GetFiles(root, "*.h5", SearchOption.AllDirectories).Length, rows.Length);
        Assert.All(rows, r => Assert.True(r is { Fault: null, Title: not null, Artist: not null, Key: not null } && r.RecordingId == $"msd/{Path.GetFileNameWithoutExtension(r.Path)}", r.FaultDetail));
        Assert.Equal(rows.Select(r => r.RecordingId), StageRun.Rows<Segments>(folder["s.parquet"]).Select(s => s.RecordingId));
        Assert.True(rows.Count(r => r.Tempo is null) < 3); // a song of a second has none
    }

    private static void WriteSummary(string path, int songs)
    {
        using var writer = Hdf5Writer.Create(path);
        foreach ((string group, _) in MsdLayout.Groups)
        {
            writer.Group(group);
        }

        foreach (MsdTable table in MsdLayout.Tables)
        {
            var rows = new Hdf5TableBuilder(table.Type, songs);
            for (int i = 0; i < songs; i++)
            {
                if (table.Path == MsdLayout.Analysis)
                {
                    rows.Set(i, "track_id", SongSamples.Track(i));
                    rows.Set(i, "tempo", 120.5);
                    rows.Set(i, "duration", 200);
                }
                else if (table.Path == MsdLayout.Metadata)
                {
                    rows.Set(i, "title", $"Title {i}");
                }
                else
                {
                    rows.Set(i, "year", 1999);
                }
            }

            writer.Dataset(table.Path, rows, new() { ChunkShape = [16], MaxShape = [-1], Shuffle = true, DeflateLevel = 1 });
        }

        writer.Finish();
    }

    private string RootHash()
    {
        using JsonDocument json = JsonDocument.Parse(Command.Stage("inspect", folder["r.parquet"], "--json").Output);
        return json.RootElement.GetProperty("provenance")[0].GetProperty("inputs").ToString();
    }

    private string[] Arguments(string root = "in", params string[] more) =>
        ["--root", folder[root], "--out-recordings", folder["r.parquet"], "--out-segments", folder["s.parquet"], .. more];

    private (Recording[] Recordings, Segments[] Segments) Run(string root = "in", params string[] more)
    {
        StageRun.Succeed("ingest-msd", Arguments(root, more));
        return (StageRun.Rows<Recording>(folder["r.parquet"]), StageRun.Rows<Segments>(folder["s.parquet"]));
    }
}
