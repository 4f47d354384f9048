using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>merge: what was done in parts becomes, byte for byte, what one process does.</summary>
public sealed class MergeTests : IDisposable
{
    private static readonly string[] Endings = ["-r.parquet", "-s.parquet"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Songs_in_parts_are_the_songs_of_one_run()
    {
        SongSamples.Write(folder["in/A/a.h5"], SongSamples.Make(1));
        SongSamples.Write(folder["in/A/b.h5"], SongSamples.Make(2) with { TrackId = "D/a.h5" }); // the name that a repetition would get
        folder.Write($"in/B/{SongSamples.Track(5)}.h5", "no song"); // has the key of the song that comes later
        SongSamples.Write(folder["in/B/b.h5"], SongSamples.Make(3) with { Tempo = double.NaN });
        SongSamples.Write(folder["in/C/a.h5"], SongSamples.Make(1));
        SongSamples.Write(folder["in/C/b.h5"], SongSamples.Make(1) with { Year = 1999 });
        SongSamples.Write(folder["in/C/many.h5"], [.. Enumerable.Range(0, 70).Select(i => SongSamples.Make(i / 2, 10))]);
        SongSamples.Write(folder["in/D/a.h5"], SongSamples.Make(1));
        SongSamples.Write(folder["in/D/b.h5"], SongSamples.Make(5));
        SongSamples.Write(folder["in/D/c.h5"], SongSamples.Make(3));
        SongSamples.Write(folder["in/D/d.h5"], SongSamples.Make(1) with { Tempo = double.NaN });
        SongSamples.Write(folder["in/E/a.h5"], SongSamples.Make(80) with { TrackId = "C/a.h5" });
        Ingest("whole", "in");
        Recording[] rows = StageRun.Rows<Recording>(folder["whole-r.parquet"]);
        Assert.Contains(rows, r => r.RecordingId == "msd/D/a.h5#2");
        Assert.Contains(rows, r => r is { Fault: "duplicate", FaultDetail: { } detail } && detail.Contains("msd/C/a.h5 once", StringComparison.Ordinal));
        AssertPartsAreWhole("in", 4);
        AssertPartsAreWhole("in", 15);
    }

    [Fact]
    public void Songs_of_one_file_in_parts_are_the_songs_of_one_run()
    {
        SongSamples.Write(folder["all.h5"], [.. Enumerable.Range(0, 150).Select(i => SongSamples.Make(i * 7 % 140, 10))]);
        Ingest("whole", "all.h5");
        Assert.Contains(StageRun.Rows<Recording>(folder["whole-r.parquet"]), r => r.Fault == "duplicate");
        AssertPartsAreWhole("all.h5", 2);
        AssertPartsAreWhole("all.h5", 5);
    }

    [Fact]
    public void Features_in_parts_are_the_features_of_one_run()
    {
        for (int i = 0; i < 12; i++)
        {
            SongSamples.Write(folder[$"in/{i:00}.h5"], SongSamples.Make(i, 30 + 10 * i) with { Year = i % 4 == 1 ? 3000 : 1990 }); // absurd
        }

        Ingest("whole", "in");
        Recording[] recordings = StageRun.Rows<Recording>(folder["whole-r.parquet"]);
        Write(folder["e.parquet"], Provenance.Empty, recordings.Where(r => r.Fault is null).SelectMany((r, i) => Enumerable.Range(0, i == 2 ? 5 : i % 3).Select(copy =>
            new Example($"{r.RecordingId}#{copy}", r.RecordingId, "msd", "train", "pop", copy, 0, r.DurationS, copy, 1, 0, null, copy))));
        File.WriteAllText(folder["recipe.json"], """{ "features": { "window": { "length_frames": 40, "keep_tail": 0.2 } } }""");
        foreach (string[] examples in (string[][])[[], ["--examples", folder["e.parquet"]]])
        {
            string[] options = ["--recordings", folder["whole-r.parquet"], "--segments", folder["whole-s.parquet"], "--recipe", folder["recipe.json"], "--quiet", .. examples];
            CommandResult single = StageRun.Succeed("extract-features", [.. options, "--out", folder["whole.parquet"]]);
            string[] parts = [.. Enumerable.Range(0, 3).Select(i => folder[$"{i}.parquet"])];
            var leftOut = new List<string>();
            for (int i = 0; i < 3; i++)
            {
                leftOut.Add(StageRun.Succeed("extract-features", [.. options, "--out", parts[i], "--shard", $"{i}/3"]).Errors);
            }

            string[][] owners = [.. parts.Select(p => StageRun.Rows<FeatureRow>(p).Select(r => r.RecordingId).Distinct().ToArray())];
            Assert.All(owners, o => Assert.NotEmpty(o));
            Assert.Equal(owners.Sum(o => o.Length), owners.SelectMany(o => o).Distinct().Count());
            Assert.Equal(examples.Length == 0, single.Errors.Contains("; 3 recordings with a fault left out", StringComparison.Ordinal));
            Assert.Equal(examples.Length == 0 ? 3 : 0, leftOut.Count(o => o.Contains("; 1 recording with a fault left out", StringComparison.Ordinal)));
            StageRun.Succeed("merge", parts[2], parts[0], parts[1], "--out", folder["merged.parquet"], "--quiet");
            Assert.Equal(File.ReadAllBytes(folder["whole.parquet"]), File.ReadAllBytes(folder["merged.parquet"]));
        }
    }

    [Fact]
    public void Tables_that_are_whole_come_one_after_the_other_with_all_their_history()
    {
        CheckWhole([Label("b"), Label("a")], [Label("c")]);
        CheckWhole([new SplitRow("b", "g", "train", 0)], [new SplitRow("a", "g", "test", 1)]);
        CheckWhole([Example("b")], [Example("a")]);
        CheckWhole([new Prediction("b", "r", "test", "pop", ["pop", "rock"], [0.25f, 0.75f])], [new Prediction("a", "r", "test", "pop", [], [])]);
        CheckWhole([Recording("b")], [Recording("a")]);
        CheckWhole([Song("b")], [Song("a")]);
        CheckWhole([Feature("a", 0), Feature("a", 1)], [Feature("b", 0)]);
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        TableInput input = new("examples", new string('a', 64));
        string a = Part("a", "0/3");
        string b = Part("b", "1/3");
        string c = Part("c", "2/3");
        Fail("part 1/3 is missing: make it with stage --shard 1/3, and name all parts", c, a);
        Fail("part 0/3 is missing, and so is 1 more of the 3: make it with stage --shard 0/3", c);
        Fail($"{folder["b.parquet"]} and {folder["again.parquet"]} are both part 1/3: name each part once", a, b, Part("again", "1/3"), c);
        Fail("are parts 0/3 and 1/4: make all parts with the same number of them", a, Part("d", "1/4"));
        Fail("were made by stage and by other: name the parts of one stage", a, Part("d", "1/3", stage: "other"));
        Fail("were made by stage 1.0 and 2.0: make all parts with one version", a, Part("d", "1/3", version: "2.0"));
        Fail("were made with different settings --source: make all parts with the same", a, Part("d", "1/3", source: "other"));
        Fail("were made of different inputs, --examples: make all parts of the same", a, Part("d", "1/3", hash: new string('b', 64)));
        Fail("were made of different inputs, --examples: make all parts of the same", a, Part("d", "1/3", hash: "sum:" + new string('a', 64)));
        Fail("its provenance cannot be read: parts are counted from 0, so the last of 3 is 2/3, not '3/3'", a, Part("d", "3/3"));
        Fail("is part 0/3 and " + Write(folder["w.parquet"], Provenance.Empty, [Label("w")]) + " is no part: name all parts of one run, or tables that are whole", folder["w.parquet"], a);
        Fail("is a 'labels' table and", a, Write(folder["e.parquet"], Provenance.Empty, [Example("e")]));
        Fail("foreign.parquet: its footer has no pipeline.table, so that it cannot be told which table it is, of recordings, segments,", SampleTables.Foreign(folder));
        Fail("the key 'b' has come before: name tables of 'labels' that have no row in common", a, b, Part("d", "2/3", key: "b"));
        Fail("a.parquet is named twice: name each table once", a, b, a);
        Fail("there is no file or folder '", a, folder["none.parquet"]);
        Fail("leave it out for parts of labels", a, b, c, "--recordings", folder["w.parquet"]);
        byte[] before = File.ReadAllBytes(a);
        StageRun.Fail(1, "a.parquet is read and cannot be written over: give the output another name", "merge", a, b, c, "--out", a);
        Assert.Equal(before, File.ReadAllBytes(a));
        Assert.False(File.Exists(folder["out.parquet"]));
        StageRun.Succeed("merge", a, b, c, "--out", folder["out.parquet"], "--quiet");
        Provenance history = TableReader<Label>.Open(folder["out.parquet"]).Provenance;
        Assert.Equal(Provenance.After("stage", "1.0", [new("source", "s"), new("shard", "0/1")], input).ToJson(), history.ToJson());

        string Part(string name, string shard, string stage = "stage", string version = "1.0", string source = "s", string? hash = null, string? key = null) =>
            Write(folder[$"{name}.parquet"], Provenance.After(stage, version, [new("source", source), new("shard", shard)], hash is null ? input : new TableInput("examples", hash)), [Label(key ?? name)]);
    }

    [Fact]
    public void Segments_are_merged_with_the_recordings_of_their_run()
    {
        SongSamples.Write(folder["in/a.h5"], SongSamples.Make(1));
        Ingest("0", "in", "--shard", "0/2");
        Ingest("1", "in", "--shard", "1/2");
        Ingest("other", "in", "--source", "other");
        string[] segments = [folder["0-s.parquet"], folder["1-s.parquet"]];
        Fail("merge the recordings first, and name them with --recordings", segments);
        Fail("other-r.parquet is not the table of recordings that was made with these segments", [.. segments, "--recordings", folder["other-r.parquet"]]);
        Fail("leave it out for parts of recordings", folder["0-r.parquet"], folder["1-r.parquet"], "--recordings", folder["other-r.parquet"]);
        Fail("leave it out for tables that are whole", folder["other-s.parquet"], "--recordings", folder["other-r.parquet"]);
        Fail("is named twice", [.. segments, "--recordings", segments[0]]);
    }

    [Fact]
    public void What_a_stage_made_by_itself_is_whole_although_it_could_do_parts()
    {
        SongSamples.Write(folder["in/a.h5"], SongSamples.Make(1));
        Ingest("one", "in", "--source", "one");
        Ingest("two", "in", "--source", "two");
        foreach (string table in (string[])["r", "s"])
        {
            StageRun.Succeed("merge", folder[$"two-{table}.parquet"], folder[$"one-{table}.parquet"], "--out", folder[$"{table}.parquet"], "--quiet");
        }

        Assert.Equal(["two/", "one/"], StageRun.Rows<Recording>(folder["r.parquet"]).Select(r => r.RecordingId[..4]));
        Assert.Equal(["two/", "one/"], StageRun.Rows<Segments>(folder["s.parquet"]).Select(s => s.RecordingId[..4]));
    }

    [Fact]
    public void A_damaged_part_is_named_and_nothing_is_left()
    {
        Directory.CreateDirectory(folder["parts"]);
        Write(folder["parts/a.parquet"], Provenance.Empty, [Feature("a", 0)]);
        string part = Write(folder["parts/b.parquet"], Provenance.Empty, Enumerable.Range(0, 100).Select(i => Feature("b", i)));
        byte[] bytes = File.ReadAllBytes(part);
        File.WriteAllBytes(part, bytes[..^10]);
        Fail("b.parquet: the file is cut short", folder["parts"]);
        bytes[bytes.Length / 4] ^= 1;
        File.WriteAllBytes(part, bytes);
        Fail("b.parquet", folder["parts"]);
        Assert.Equal([folder["parts"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Interrupted_it_leaves_nothing()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 1000).Select(_ => random.NextSingle())];
        Write(folder["a.parquet"], Provenance.Empty, Enumerable.Range(0, 40_000).Select(i => Feature("a", i) with { Frames = 1000, Values = values }));
        CommandResult result = StageRun.Interrupt("merge", folder["out.parquet.part"], folder["a.parquet"], "--out", folder["out.parquet"]);
        Assert.Equal(130, result.ExitCode);
        Assert.Contains("merge: interrupted\n", result.Errors, StringComparison.Ordinal);
        Assert.Equal([folder["a.parquet"]], Directory.GetFileSystemEntries(folder.Path));
    }

    private static Label Label(string key) => new(key, "jazz", null, "Jazz", null, null, null, "only-one", "folder");

    private static Example Example(string key) => new(key, "r", "s", "train", "pop", 0, 0, 1, 0, 1, 0, null, long.MinValue);

    private static FeatureRow Feature(string key, int window) => new(key, "r", "s", "train", "pop", "logmel", window, 0, 1, 1, 3, [window, float.MinValue, -0f]);

    private static Recording Recording(string key) =>
        new(key, "s", "p", null, "é", null, null, 1, null, 2, null, 0.5f, null, null, "b", null, null, null, 1999, null, 1, null, null, null, null, null, null);

    private static Segments Song(string key) => new(
        key, [0], [1], [-60], [-10], [0], new float[12], new float[12], DurationS: 3, Tempo: 120, Key: 0, Mode: 0, TimeSignature: 4,
        FadeInEndS: 0, FadeOutStartS: 3, [], [], [], [], [], [], [], []);

    private static string Write<T>(string path, Provenance provenance, IEnumerable<T> rows) where T : ITableRow<T>
    {
        using var table = TableWriter<T>.Create(path, provenance);
        foreach (T row in rows)
        {
            table.Write(row);
        }

        table.Commit();
        return path;
    }

    private void CheckWhole<T>(T[] first, T[] second) where T : ITableRow<T>
    {
        string a = Write(folder["x.parquet"], Provenance.After("one", "1", []), first);
        string b = Write(folder["y.parquet"], Provenance.After("two", "1", [new("seed", "7")]), second);
        StageRun.Succeed("merge", b, a, "--out", folder["z.parquet"], "--quiet");
        TableReader<T> merged = TableReader<T>.Open(folder["z.parquet"]);
        Assert.Equivalent(second.Concat(first), merged.Read(TestContext.Current.CancellationToken), strict: true);
        Assert.Equal((string[])["two", "one"], merged.Provenance.Entries.Select(e => e.Stage));
        Fail($"again.parquet: the key '{first[^1].RowKey}' has come before: name tables of '{T.Contract.Name}' that", b, a, Write(folder["again.parquet"], Provenance.Empty, first[^1..]));
    }

    private void Fail(string sentence, params string[] arguments)
    {
        StageRun.Fail(1, sentence, "merge", [.. arguments, "--out", folder["out.parquet"]]);
        Assert.False(File.Exists(folder["out.parquet.part"]));
    }

    private void Ingest(string name, string root, params string[] more) => StageRun.Succeed(
        "ingest-msd", ["--root", folder[root], "--out-recordings", folder[$"{name}-r.parquet"], "--out-segments", folder[$"{name}-s.parquet"], "--max-failed", "1", "--quiet", .. more]);

    // The parts come in another order than that of their rows.
    private void AssertPartsAreWhole(string root, int count)
    {
        int[] parts = [.. Enumerable.Range(0, count)];
        foreach (int i in parts)
        {
            Ingest($"{i}of{count}", root, "--shard", $"{i}/{count}");
        }

        new Random(count).Shuffle(parts);
        foreach (string ending in Endings)
        {
            string[] recordings = ending == "-s.parquet" ? ["--recordings", folder["merged-r.parquet"]] : [];
            StageRun.Succeed("merge", [.. parts.Select(i => folder[$"{i}of{count}{ending}"]), .. recordings, "--out", folder[$"merged{ending}"], "--quiet"]);
            Assert.Equal(File.ReadAllBytes(folder[$"whole{ending}"]), File.ReadAllBytes(folder[$"merged{ending}"]));
        }
    }
}
