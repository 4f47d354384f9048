using System.Text.Json;
using System.Xml;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>evaluate: what it warns of, what it does where little is there, and the files it writes.</summary>
public sealed class EvaluateTests : IDisposable
{
    private const string Evil = "<script>alert('x')</script>\u0001\u202e & \"Co\"";

    private readonly EvaluateSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void A_warning_of_the_split_stands_in_every_headline()
    {
        Provenance history = Provenance.After("split", "0.1.0", [new("by", "song"), new(Provenance.Warning, "artists stand on both sides: figures flatter")]);
        string predictions = sample.Table("p.parquet", [Row("a/1", "rock", 0.9f)], Provenance.After("foreign", "1", []));
        string features = sample.Table("f.parquet", [Feature("a/9", "train", 1)], history);
        (JsonElement report, string errors) = sample.RunWithErrors("--predictions", predictions, "--features", features);
        Assert.Equal("artists stand on both sides: figures flatter", Assert.Single(report.GetProperty("warnings").EnumerateArray()).GetString());
        Assert.StartsWith("evaluate: warning: artists stand on both sides", errors, StringComparison.Ordinal);
        Assert.StartsWith("evaluate: warning: artists stand on both sides", sample.Read("summary.txt"), StringComparison.Ordinal);
        Assert.Contains("<strong>Warning:</strong> artists stand on both sides", sample.Read("report.html"), StringComparison.Ordinal);
        Assert.Equal(["foreign", "split", "evaluate"], TableReader<Prediction>.Open(Path.Combine(sample.Output, "predictions.parquet")).Provenance.Entries.Select(e => e.Stage));
        Assert.DoesNotContain(report.GetProperty("notes").EnumerateArray(), n => n.GetString()!.Contains("no table tells", StringComparison.Ordinal));
    }

    [Fact]
    public void Recordings_on_both_sides_and_genres_that_the_model_does_not_know_are_warned_of()
    {
        string predictions = sample.Sure("p.parquet", ["rock", "jazz"], ("a/1", "rock", "rock"), ("a/2", "jazz", "jazz"), ("a/3", "polka", "rock"), ("a/4", "rock", "rock"));
        string features = sample.Table("f.parquet", [Feature("a/1", "train", 1), Feature("a/1", "test", 1), Feature("a/2", "train", 2), Feature("a/8", "valid", 2), Feature("a/8", "train", 2)]);
        JsonElement report = sample.Run("--predictions", predictions, "--features", features);
        string[] warnings = [.. report.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!)];
        Assert.Contains(warnings, w => w.StartsWith("2 recordings stand in several parts of the features, such as a/1", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.StartsWith("2 recordings of test are of the train part of the features, such as a/1", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.EndsWith("is wrong about every recording of the others: polka (1)", StringComparison.Ordinal));

        // Wrong, and of a probability that is as little as single precision can tell: ln 2^23 = 15.942385.
        JsonElement test = report.GetProperty("parts").GetProperty("test");
        Assert.Equal(0.75, test.GetProperty("recordings").GetProperty("accuracy").GetDouble());
        Assert.Equal(2.0 / 3, test.GetProperty("recordings").GetProperty("balanced_accuracy").GetDouble(), 1e-6);
        Assert.Equal(15.942385 / 4, test.GetProperty("recordings").GetProperty("log_loss").GetDouble(), 1e-6);
        Assert.Equal([0.75, 0.75], test.GetProperty("recordings").GetProperty("top_k").EnumerateArray().Select(k => k.GetDouble()));
        Assert.Equal(["rock", "jazz"], StageRun.Rows<Prediction>(Path.Combine(sample.Output, "predictions.parquet"))[2].Genres);
    }

    [Fact]
    public void Folds_judge_recordings_of_their_own_and_are_put_together()
    {
        string[] genres = ["rock", "jazz"];
        JsonElement test = sample.Run(
            "--predictions", sample.Sure("fold-0.parquet", genres, ("a/1", "rock", "rock"), ("a/2", "jazz", "rock")),
            "--predictions", sample.Sure("fold-1.parquet", genres, ("a/3", "rock", "rock"), ("a/4", "jazz", "jazz"), ("a/5", "jazz", "jazz"))).GetProperty("parts").GetProperty("test");
        Assert.False(test.GetProperty("runs").GetProperty("overlap").GetBoolean());
        Assert.Equal(0.8, test.GetProperty("recordings").GetProperty("accuracy").GetDouble());
        JsonElement spread = test.GetProperty("runs").GetProperty("recordings").GetProperty("accuracy");
        Assert.Equal((0.75, 0.5, 1.0), (spread.GetProperty("mean").GetDouble(), spread.GetProperty("least").GetDouble(), spread.GetProperty("most").GetDouble()));
    }

    [Fact]
    public void A_part_with_nothing_in_it_has_figures_that_are_null()
    {
        string predictions = sample.Table("p.parquet", [Row("a/1", "rock", 0.9f)]);
        (JsonElement report, string errors) = sample.RunWithErrors("--predictions", predictions, "--split", "valid", "--split", "test", "--features", sample.Table("f.parquet", new[] { Feature("a/9", "train", 1) }));
        JsonElement valid = report.GetProperty("parts").GetProperty("valid");
        Assert.Equal(0, valid.GetProperty("recordings").GetProperty("count").GetInt32());
        Assert.All(
            new[] { "accuracy", "balanced_accuracy", "macro_f1", "log_loss", "brier", "calibration_error", "accuracy_interval" },
            f => Assert.Equal(JsonValueKind.Null, valid.GetProperty("recordings").GetProperty(f).ValueKind));
        Assert.Contains("warning: there is nothing in valid", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", sample.Read("report.json") + sample.Read("report.html") + sample.Read("per-genre.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_recording_of_one_genre_is_judged_without_an_interval()
    {
        string predictions = sample.Sure("p.parquet", ["rock"], ("a/1", "rock", "rock"));
        JsonElement test = sample.Run("--predictions", predictions).GetProperty("parts").GetProperty("test");
        Assert.Equal(1, test.GetProperty("recordings").GetProperty("accuracy").GetDouble());
        Assert.Equal(JsonValueKind.Null, test.GetProperty("recordings").GetProperty("accuracy_interval").ValueKind);
        Assert.Equal((0.0, 0.0), (test.GetProperty("recordings").GetProperty("log_loss").GetDouble(), test.GetProperty("recordings").GetProperty("brier").GetDouble()));
        Assert.Equal("split,recording_id,title,artist,source,truth,verdict,probability,truth_probability\n", sample.Read("mistakes.csv"));
    }

    [Fact]
    public void The_interval_of_very_many_recordings_follows_from_their_variance()
    {
        string predictions = sample.Sure("p.parquet", ["rock", "jazz"], [.. Enumerable.Range(0, 24_000).Select(i => ($"a/{i}", "rock", i % 5 < 3 ? "rock" : "jazz"))]);
        JsonElement test = sample.Run("--predictions", predictions).GetProperty("parts").GetProperty("test");
        double off = 1.959964 * Math.Sqrt(0.6 * 0.4 / 24_000); // of a binomial share
        Assert.All(new[] { 0.6 - off, 0.6 + off }.Zip(test.GetProperty("recordings").GetProperty("accuracy_interval").EnumerateArray()), p => Assert.Equal(p.First, p.Second.GetDouble(), 1e-6));
    }

    [Fact]
    public void Valid_is_judged_where_nothing_is_in_test()
    {
        string predictions = sample.Table("p.parquet", [Row("a/1", "rock", 0.9f) with { Split = "valid" }, Row("a/2", "rock", 0.9f) with { Split = "train" }]);
        JsonElement parts = sample.Run("--predictions", predictions).GetProperty("parts");
        Assert.Equal("valid", Assert.Single(parts.EnumerateObject()).Name);
        Assert.Equal(1, parts.GetProperty("valid").GetProperty("recordings").GetProperty("count").GetInt32());
    }

    [Fact]
    public void Names_from_outside_are_harmless_in_the_page_and_whole_in_the_tables()
    {
        string[] genres = [Evil, "jazz"];
        string predictions = sample.Sure("p.parquet", genres, ("a/1", Evil, "jazz"), ("a/2", "jazz", "jazz"));
        string recordings = sample.Table("r.parquet", [BalanceSample.RecordingOf(new BalanceRow("a/1", "jazz", "test", "g")) with { Title = Evil, Artist = "Nobody, \"the\"" }], Provenance.After(Evil, "1", [new(Evil, Evil)]));
        string history = sample.Write("history.csv", "epoch,train_loss,valid_loss,train_accuracy,valid_accuracy,valid_macro_f1,rate\n1,2.0,2.1,0.2,0.1,0.1,0.01\n2,1.5,,0.4,0.3,0.2,0.01\n");
        sample.Run("--predictions", predictions, "--recordings", recordings, "--history", history);
        string page = sample.Read("report.html");
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202e", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("Loss in training", page, StringComparison.Ordinal);

        // What stands between the tags is well-formed, so that no name has broken out of its place.
        string body = page[page.IndexOf("<main>", StringComparison.Ordinal)..(page.IndexOf("</main>", StringComparison.Ordinal) + 7)].Replace("<br>", "<br/>", StringComparison.Ordinal);
        new XmlDocument().LoadXml(body);
        Assert.Contains($"test,a/1,\"{Evil.Replace("\"", "\"\"", StringComparison.Ordinal)}\",\"Nobody, \"\"the\"\"\",a,", sample.Read("mistakes.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes()
    {
        string[] arguments = ["--predictions", sample.Golden(0), "--features", sample.GoldenFeatures()];
        sample.Run(arguments);
        var before = Directory.GetFiles(sample.Output).Order(StringComparer.Ordinal).ToDictionary(f => f, File.ReadAllBytes);
        Assert.Equal(
            ["calibration.csv", "confusion.csv", "mistakes.csv", "per-genre.csv", "predictions.parquet", "report.html", "report.json", "sources.csv", "summary.txt", "top-k.csv"],
            before.Keys.Select(Path.GetFileName));
        sample.Run(arguments);
        Assert.All(before, f => Assert.Equal(f.Value, File.ReadAllBytes(f.Key)));
    }

    [Fact]
    public void What_cannot_be_judged_is_refused_in_one_sentence()
    {
        string good = sample.Table("good.parquet", [Row("a/1", "rock", 0.9f)]);
        sample.Fail(2, "give --predictions or --model");
        sample.Fail(2, "--model needs --features", "--model", "m");
        sample.Fail(2, "--importance needs --model", "--predictions", good, "--importance");
        sample.Fail(1, "is read and lies in the folder that is written over", "--predictions", good, "--history", Path.Combine(sample.Output, "history.csv"));
        sample.Fail(1, "named twice", "--predictions", good, "--predictions", good);
        sample.Fail(1, "the probabilities add up to 0.8", "--predictions", sample.Table("sum.parquet", [Row("a/1", "rock", 0.9f) with { Probabilities = [0.4f, 0.4f] }]));
        sample.Fail(1, "is no probability", "--predictions", sample.Table("minus.parquet", [Row("a/1", "rock", 0.9f) with { Probabilities = [-1f, 2f] }]));
        sample.Fail(1, "has no true genre", "--predictions", sample.Table("blank.parquet", [Row("a/1", "", 0.9f)]));
        sample.Fail(1, "other genres", "--predictions", good, "--predictions", sample.Table("other.parquet", [Row("a/1", "rock", 0.9f) with { Genres = ["rock", "polka"] }]));
        sample.Fail(1, "a recording has one genre", "--predictions", good, "--predictions", sample.Table("truth.parquet", [Row("a/1", "jazz", 0.9f)]));
        sample.Fail(1, "there are no predictions", "--predictions", sample.Table("none.parquet", Array.Empty<Prediction>()));
        sample.Fail(1, "1 recording of test is not in it, first 'a/1'", "--predictions", good, "--splits", sample.Table("s.parquet", new[] { new SplitRow("a/2", "g", "test", 0) }));
        sample.Fail(1, "the first line of a training's history", "--predictions", good, "--history", sample.Write("h.csv", "a,b\n1,2\n"));
    }

    private static Prediction Row(string id, string genre, float rock) => new(id + "#0", id, "test", genre, ["rock", "jazz"], [rock, 1 - rock]);

    private static FeatureRow Feature(string id, string split, float value) =>
        new(id + "#0", id, "a", split, "rock", "logmel", 0, 0, 1, 1, 2, [value, value + 1]);
}
