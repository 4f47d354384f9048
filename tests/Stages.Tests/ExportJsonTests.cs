using System.Globalization;
using System.Text.Json;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>What export-json writes, held against the table that it is of.</summary>
public sealed class ExportJsonTests : IDisposable
{
    private static readonly string[] Genres = ["blues", "jazz", "rock"];

    private readonly TrainSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void Windows_are_lists_of_frames_in_the_order_of_the_table_and_every_value_comes_back()
    {
        List<FeatureRow> rows = TrainSample.Rows(channels: 3, frames: 5, representation: "mfcc");
        rows[1] = rows[1] with { Values = [float.Epsilon, float.MaxValue, -float.MaxValue, -0f, 0.1f, 1f / 3, 16777217f, 1e-10f, 1e20f, .. rows[1].Values[9..]] };
        (JsonElement json, string errors) = Export(rows);
        Assert.Equal(["mapping", "labels", "mfcc", "recordings", "split"], json.EnumerateObject().Select(m => m.Name));
        Assert.Equal(Genres, Texts(json, "mapping"));
        Assert.Equal(rows.Select(r => Array.IndexOf(Genres, r.Genre)), json.GetProperty("labels").EnumerateArray().Select(l => l.GetInt32()));
        Assert.Equal(rows.Select(r => r.RecordingId), Texts(json, "recordings"));
        Assert.Equal(rows.Select(r => r.Split), Texts(json, "split"));
        Assert.Equal(
            rows.Select(r => Enumerable.Range(0, 5).Select(f => Enumerable.Range(0, 3).Select(c => BitConverter.SingleToInt32Bits(r.Values[c * 5 + f])))),
            json.GetProperty("mfcc").EnumerateArray().Select(Window));
        Assert.Contains("100 windows of 5 frames x 3 channels as 'mfcc', 3 genres", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_by_itself_keeps_the_numbers_of_the_genres_and_a_window_may_be_turned()
    {
        List<FeatureRow> rows = TrainSample.Rows(channels: 2, frames: 3);
        rows.Add(rows[^1] with { ExampleId = "toy/ambient#0", RecordingId = "toy/ambient", Genre = "ambient", Split = "train" });
        (JsonElement json, _) = Export(rows, "--split", "valid", "--split", "test", "--transpose", "--key", "X");
        FeatureRow[] wanted = [.. rows.Where(r => r.Split != "train")];
        string[] all = ["ambient", .. Genres];
        Assert.Equal(all, Texts(json, "mapping"));
        Assert.Equal(wanted.Select(r => Array.IndexOf(all, r.Genre)), json.GetProperty("labels").EnumerateArray().Select(l => l.GetInt32()));
        Assert.Equal(wanted.Select(r => r.RecordingId), Texts(json, "recordings"));
        Assert.Equal(
            wanted.Select(r => r.Values.Select(BitConverter.SingleToInt32Bits).Chunk(3).Select(c => c.AsEnumerable())),
            json.GetProperty("X").EnumerateArray().Select(Window));
    }

    [Fact]
    public void What_is_no_table_of_windows_of_one_size_is_refused_and_nothing_is_left()
    {
        FeatureRow[] good = [.. TrainSample.Rows(2, 3).Take(2)]; // of train
        string features = sample.Features(good);
        Fail(1, "there is no file or folder", "--features", sample["none.parquet"]);
        Fail(1, "it is a 'splits' table, 'features' was expected", "--features", sample.Splits(r => new SplitRow(r.RecordingId, r.RecordingId, r.Split, 0)));
        Fail(1, "has no rows", "--features", sample.Features([], "empty.parquet"));
        Fail(1, "has no windows of valid or test, only of train", "--features", features, "--split", "valid", "--split", "test");
        Fail(1, "has 2 x 3 values and toy/0#0 1 3 x 3", "--features", sample.Features([good[0], good[1] with { Channels = 3, Values = [.. good[1].Values, 1, 2, 3] }], "sizes.parquet"));
        Fail(1, "holds NaN at 5", "--features", sample.Features([good[0], good[1] with { Values = [.. good[1].Values[..5], float.NaN] }], "nan.parquet"));
        Fail(2, "--key cannot be 'labels', which the file has already", "--features", features, "--key", "labels");
        StageRun.Fail(1, "is read and cannot be written over", "export-json", "--features", features, "--out", features);

        void Fail(int code, string sentence, params string[] arguments)
        {
            StageRun.Fail(code, sentence, "export-json", ["--out", sample["x.json"], .. arguments]);
            Assert.False(File.Exists(sample["x.json"]) || File.Exists(sample["x.json.part"]), "a file is left");
        }
    }

    private static IEnumerable<IEnumerable<int>> Window(JsonElement window) =>
        window.EnumerateArray().Select(r => r.EnumerateArray().Select(v => BitConverter.SingleToInt32Bits(float.Parse(v.GetRawText(), CultureInfo.InvariantCulture))));

    private static IEnumerable<string?> Texts(JsonElement json, string member) => json.GetProperty(member).EnumerateArray().Select(t => t.GetString());

    private (JsonElement Json, string Errors) Export(IEnumerable<FeatureRow> rows, params string[] arguments)
    {
        string file = sample["new/windows.json"];
        string errors = StageRun.Succeed("export-json", ["--features", sample.Features(rows), "--out", file, "--quiet", .. arguments]).Errors;
        return (JsonDocument.Parse(File.ReadAllBytes(file)).RootElement, errors);
    }
}
