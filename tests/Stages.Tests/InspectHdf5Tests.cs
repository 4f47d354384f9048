using System.Text.Json;
using Pipeline.Hdf5;
using Pipeline.Msd;
using Xunit;

namespace Pipeline.Tests;

/// <summary>inspect on HDF5 files: the tree, rows, and the layout of song files.</summary>
public sealed class InspectHdf5Tests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(false), InlineData(true)]
    public void An_attribute_that_cannot_be_read_does_not_hide_the_rest_of_the_file(bool asJson)
    {
        using var stream = new MemoryStream();
        MsdWriter.Write(stream, [new MsdSong()]);
        byte[] file = stream.ToArray();
        file[file.AsSpan().IndexOf("EXTDIM\0"u8) - 8] = 9; // of a version that there is not
        File.WriteAllBytes(folder["song.h5"], file);
        CommandResult result = Command.Stage("inspect", [folder["song.h5"], .. asJson ? (string[])["--json"] : []]);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("attribute version 9", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.Contains("segments_timbre", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tree_tells_shapes_types_chunks_filters_and_attributes()
    {
        string output = Succeed(Small()).Output;
        Assert.Matches(@"^small\.h5: HDF5, 2 groups, 4 datasets, [\d.]+ kB\n", output);
        Assert.Matches(@"(?m)^ *wide +5\+ x 3 +float64 +2 x 3 +[\d.]+ k?B +shuffle, deflate\(1\)", output);
        Assert.Matches(@"(?m)^ *numbers +6 +int32 +contiguous +24 B", output);
        Assert.Matches(@"(?m)^ *songs +2 +record of 2 ", output);
        Assert.Contains("members of /group/songs\n    title string", output, StringComparison.Ordinal);
        Assert.Contains("  /\n      TITLE = ", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void The_tree_as_JSON_holds_the_same()
    {
        using JsonDocument json = JsonDocument.Parse(Succeed(Small(), "--json").Output);
        JsonElement wide = json.RootElement.GetProperty("objects").EnumerateArray().Single(o => o.GetProperty("path").GetString() == "/group/wide");
        Assert.Equal("dataset", wide.GetProperty("kind").GetString());
        Assert.Equal("[5,3]", wide.GetProperty("shape").GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings(""));
        Assert.Equal(2, wide.GetProperty("filters").GetArrayLength());
        Assert.Equal("a file", json.RootElement.GetProperty("objects")[0].GetProperty("attributes").GetProperty("TITLE").GetString());
    }

    [Fact]
    public void Rows_of_one_dataset_are_shown_by_any_of_its_names()
    {
        string file = Small();
        foreach (string name in (string[])["/group/numbers", "group/numbers", "numbers"])
        {
            Assert.Equal(["/group/numbers  6 rows", "  10", "  20"], Succeed(file, "--head", "2", "--columns", name).Lines);
        }

        Assert.Equal(7, Succeed(file, "--all", "--columns", "numbers").Lines.Length);
        Assert.Equal(["/group/wide  5 rows", "  0  1  2", "  3  NaN  5"], Succeed(file, "--head", "2", "--columns", "wide").Lines);
    }

    [Fact]
    public void Rows_as_JSON_come_one_on_a_line()
    {
        string[] lines = Succeed(Small(), "--all", "--json").Lines;
        Assert.Equal(2 + 2 + 5 + 6, lines.Length);
        Assert.Contains("""{"path":"/group/wide","row":1,"value":[3,"NaN",5]}""", lines);
        Assert.Contains("""{"path":"/group/numbers","row":5,"value":60}""", lines);
        Assert.Contains("""{"path":"/group/songs","row":0,"value":{"title":"one","year":1999}}""", lines);
        Assert.Contains("""{"path":"/group/songs","row":1,"value":{"title":"","year":0}}""", lines);
        Assert.Contains("""{"path":"/group/names","row":1,"value":"line\nbreak"}""", lines);
    }

    [Fact]
    public void Text_of_a_file_cannot_steer_the_terminal() =>
        Assert.DoesNotContain('\u001b', Succeed(Small(), "--all").Output + Succeed(Small()).Output);

    [Fact]
    public void A_song_file_has_the_layout_and_another_has_not()
    {
        string song = SongSamples.Write(folder["song.h5"], SongSamples.Make(1), SongSamples.Make(2));
        Assert.Equal("has the layout of the Million Song Dataset: 2 songs\n", Succeed(song, "--contract", "msd").Output);
        using (JsonDocument json = JsonDocument.Parse(Succeed(song, "--contract", "msd", "--json").Output))
        {
            Assert.True(json.RootElement.GetProperty("keeps").GetBoolean());
            Assert.Equal(2, json.RootElement.GetProperty("songs").GetInt32());
        }

        string other = Small();
        CommandResult result = Command.Stage("inspect", other, "--contract", "msd");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(["group /analysis is missing", "group /metadata is missing", "group /musicbrainz is missing", "dataset /analysis/songs is missing"], result.Lines[..4]);
        Assert.Equal($"inspect: {other} does not have the layout of the Million Song Dataset: {result.Lines.Length} findings\n", result.Errors);
    }

    [Fact]
    public void Real_song_files_have_the_layout()
    {
        string? root = Repository.Data("msd-h5");
        Assert.SkipWhen(root is null, "'../shared/data/msd-h5' is not there: it is not part of the repository");
        string file = Directory.GetFiles(root, "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        Assert.Equal("has the layout of the Million Song Dataset: 1 song\n", Succeed(file, "--contract", "msd").Output);
        Assert.Contains("all data packed by shuffle, deflate(1)\n", Succeed(file).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_leaves_early_is_no_failure()
    {
        string file = SongSamples.Write(folder["long.h5"], SongSamples.Make(1, 20_000));
        CommandResult result = Command.Run("/bin/bash", ["-c", $"'{Repository.Find("bin", "inspect")}' '{file}' --all | head -n 1; echo ${{PIPESTATUS[0]}}"]);
        Assert.Equal(2, result.Lines.Length);
        Assert.Equal("0", result.Lines[1]);
        Assert.Empty(result.Errors);
    }

    [Theory]
    [InlineData(1, "has no 'nothing'; there are /group/names, ", "--columns", "nothing")]
    [InlineData(1, "is an HDF5 file, and --stats is for Parquet tables", "--stats")]
    [InlineData(1, "is an HDF5 file, and --where is for Parquet tables", "--where", "a=b")]
    [InlineData(1, "is an HDF5 file, and 'labels' is a contract of Parquet tables: --contract msd checks song files", "--contract", "labels")]
    [InlineData(2, "--contract and --head cannot go together", "--contract", "msd", "--head", "1")]
    public void Wrong_use_is_a_sentence(int code, string sentence, params string[] options) =>
        StageRun.Fail(code, sentence, "inspect", [Small(), .. options]);

    [Fact]
    public void A_damaged_file_is_a_sentence_and_a_table_has_no_song_layout()
    {
        string file = SongSamples.Write(folder["song.h5"], SongSamples.Make(1));
        File.WriteAllBytes(folder["cut.h5"], File.ReadAllBytes(file)[..5000]);
        foreach (string[] more in (string[][])[[], ["--all"], ["--contract", "msd"], ["--json"]])
        {
            StageRun.Fail(1, "", "inspect", [folder["cut.h5"], .. more]);
        }

        StageRun.Fail(1, "is no HDF5 file: --contract msd checks song files of the Million Song Dataset", "inspect", SampleTables.Labels(folder), "--contract", "msd");
    }

    private string Small()
    {
        string path = folder["small.h5"];
        using var writer = Hdf5Writer.Create(path);
        Hdf5DatasetOptions packed = new() { ChunkShape = [2, 3], MaxShape = [-1, 3], Shuffle = true, DeflateLevel = 1 };
        writer.Group("/", Hdf5AttributeValue.Text("TITLE", "a file"));
        writer.Group("/group", Hdf5AttributeValue.Number("count", 3L));
        writer.Dataset("/group/names", 24, ["esc \u001b[31m", "line\nbreak"]);
        writer.Dataset<int>("/group/numbers", [6], [10, 20, 30, 40, 50, 60]);
        var songs = new Hdf5TableBuilder(Hdf5Type.Compound(("title", Hdf5Type.String(16)), ("year", Hdf5Type.Int32)), 2);
        songs.Set(0, "title", "one");
        songs.Set(0, "year", 1999);
        writer.Dataset("/group/songs", songs);
        writer.Dataset<double>("/group/wide", [5, 3], [.. Enumerable.Range(0, 15).Select(i => i == 4 ? double.NaN : i)], packed);
        writer.Finish();
        return path;
    }

    private static CommandResult Succeed(params string[] arguments)
    {
        CommandResult result = Command.Stage("inspect", arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result;
    }
}
