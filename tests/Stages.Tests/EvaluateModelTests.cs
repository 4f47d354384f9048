using System.Text.Json;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary><c>evaluate --model</c>: which windows a model is asked about.</summary>
public sealed class EvaluateModelTests
{
    [Fact]
    public void A_model_of_a_fold_is_judged_by_that_fold_and_by_nothing_it_has_learnt()
    {
        using var sample = new TrainSample();
        string features = sample.Features();
        sample.Recipe();
        int number = 0;
        string splits = sample.Splits(row => new SplitRow(row.RecordingId, row.RecordingId, row.Split, number++ / 3 % 5));
        string model = sample.Train("model", "--splits", splits, "--fold", "4");
        StageRun.Fail(1, "the model was trained with --fold 4: give the --splits", "evaluate", "--model", model, "--features", features, "--out", sample["report"]);
        StageRun.Succeed("evaluate", "--model", model, "--features", features, "--splits", splits, "--out", sample["report"]);
        string[] judged = [.. StageRun.Rows<Prediction>(sample["report/predictions.parquet"]).Select(p => p.RecordingId).Distinct()];
        Assert.Equal(TrainSample.Rows().Select(r => r.RecordingId).Distinct().Where((_, i) => i / 3 % 5 == 4).Order(), judged.Order());
    }

    [Fact]
    public void A_table_that_the_model_was_not_trained_on_may_hold_what_it_has_learnt()
    {
        using var sample = new TrainSample();
        string features = sample.Features();
        sample.Recipe();
        string model = sample.Train("model");
        StageRun.Succeed("evaluate", "--model", model, "--features", features, "--out", sample["own"]);
        Assert.DoesNotContain("was not trained on this table", File.ReadAllText(sample["own/report.html"]), StringComparison.Ordinal);
        string other = sample.Features(TrainSample.Rows().Skip(2), "other.parquet");
        StageRun.Succeed("evaluate", "--model", model, "--features", other, "--out", sample["other"]);
        Assert.Contains("was not trained on this table", File.ReadAllText(sample["other/report.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_two_inputs_is_asked_with_both_and_told_what_each_is_worth()
    {
        using var sample = new TrainSample();
        string first = sample.Features(name: "first.parquet");
        string second = sample.Features(TrainSample.Rows(channels: 5, frames: 12), "second.parquet");
        sample.Recipe("""{ "inputs": [ { "name": "a", "layers": [ { "layer": "flatten" } ] }, { "name": "b", "layers": [ { "layer": "flatten" } ] } ] }""");
        string model = sample.Train("model", "--features", $"a={first}", "--features", $"b={second}");
        StageRun.Succeed("evaluate", "--model", model, "--features", $"b={second}", "--features", $"a={first}", "--importance", "--out", sample["report"]);
        using JsonDocument report = JsonDocument.Parse(File.ReadAllText(sample["report/report.json"]));
        string text = report.RootElement.GetRawText();
        Assert.Contains("a: channel 0", text, StringComparison.Ordinal);
        Assert.Contains("b: channel 4", text, StringComparison.Ordinal);
        StageRun.Fail(1, "the network has no input 'c'", "evaluate", "--model", model, "--features", $"a={first}", "--features", $"c={second}", "--out", sample["wrong"]);
    }
}
