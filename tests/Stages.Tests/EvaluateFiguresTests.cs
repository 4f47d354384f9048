using System.Text.Json;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>evaluate: every figure, held against what numpy makes of the same verdicts (tests/golden/evaluate/make.py).</summary>
public sealed class EvaluateFiguresTests : IDisposable
{
    private readonly EvaluateSample sample = new();

    public void Dispose() => sample.Dispose();

    [Fact]
    public void Figures_of_one_run_are_those_of_numpy()
    {
        JsonElement golden = EvaluateSample.GoldenFigures();
        JsonElement test = sample.Run("--predictions", sample.Golden(0)).GetProperty("parts").GetProperty("test");
        AssertLevel(golden.GetProperty("first_run").GetProperty("recordings"), test.GetProperty("recordings"));
        AssertLevel(golden.GetProperty("first_run").GetProperty("windows"), test.GetProperty("windows"));
        Assert.Equal(0, test.GetProperty("runs").GetProperty("each").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, test.GetProperty("baselines").GetProperty("nearest_neighbour").ValueKind);
    }

    [Fact]
    public void Figures_of_several_runs_together_and_one_by_one_are_those_of_numpy()
    {
        // The order of the second table's rows, and that of the third one's genres, are others.
        JsonElement golden = EvaluateSample.GoldenFigures();
        JsonElement report = sample.Run(
            "--predictions", sample.Golden(0), "--predictions", sample.Golden(1, reversed: true), "--predictions", sample.Golden(2, ["disco", "polka", "rock", "jazz", "blues"]),
            "--splits", sample.GoldenSplits(), "--features", sample.GoldenFeatures(), "--split", "valid", "--split", "test");
        foreach ((string part, string name) in new[] { ("test", "together"), ("valid", "valid") })
        {
            foreach (string level in new[] { "recordings", "windows" })
            {
                AssertLevel(golden.GetProperty(name).GetProperty(level), report.GetProperty("parts").GetProperty(part).GetProperty(level));
            }
        }

        JsonElement test = report.GetProperty("parts").GetProperty("test");
        AssertRuns(golden.GetProperty("runs"), test.GetProperty("runs"));
        AssertInterval(golden.GetProperty("interval_by_group"), test);
        Assert.Equal(["ball", "toy"], test.GetProperty("sources").EnumerateArray().Select(s => s.GetProperty("source").GetString()));
        foreach (JsonElement source in test.GetProperty("sources").EnumerateArray())
        {
            AssertHeadline(golden.GetProperty("sources").GetProperty(source.GetProperty("source").GetString()!).GetProperty("recordings"), source.GetProperty("recordings"));
            AssertHeadline(golden.GetProperty("sources").GetProperty(source.GetProperty("source").GetString()!).GetProperty("windows"), source.GetProperty("windows"));
        }

        JsonElement probe = Assert.Single(test.GetProperty("source_probes").EnumerateArray());
        Assert.All(golden.GetProperty("probe").EnumerateObject(), f => Near(f.Value, probe.GetProperty(f.Name)));
        JsonElement baselines = test.GetProperty("baselines");
        Assert.Equal(("rock", "train"), (baselines.GetProperty("majority").GetProperty("genre").GetString(), baselines.GetProperty("majority").GetProperty("of").GetString()));
        foreach (string level in new[] { "recordings", "windows" })
        {
            Near(golden.GetProperty("rock").GetProperty(level), baselines.GetProperty("majority").GetProperty(level + "_accuracy"));
            Near(golden.GetProperty("neighbour").GetProperty(level), baselines.GetProperty("nearest_neighbour").GetProperty(level).GetProperty("accuracy"));
        }
    }

    [Fact]
    public void The_interval_without_groups_is_drawn_from_recordings_and_the_predictions_written_are_the_mean()
    {
        JsonElement golden = EvaluateSample.GoldenFigures();
        JsonElement report = sample.Run("--predictions", sample.Golden(0), "--predictions", sample.Golden(1), "--predictions", sample.Golden(2));
        AssertInterval(golden.GetProperty("interval"), report.GetProperty("parts").GetProperty("test"));

        // One row of each example, which judged by itself comes to the same verdicts on recordings.
        string written = sample["copy.parquet"];
        File.Copy(Path.Combine(sample.Output, "predictions.parquet"), written);
        Prediction[] rows = StageRun.Rows<Prediction>(written);
        Assert.Equal(rows.Length, rows.Select(r => r.ExampleId).Distinct().Count());
        Assert.All(rows, r => Assert.True(r.FindFault() is null && r.Split == "test" && Math.Abs(r.Probabilities.Sum() - 1) < 1e-5));
        JsonElement again = sample.Run("--predictions", written).GetProperty("parts").GetProperty("test");
        AssertLevel(golden.GetProperty("together").GetProperty("recordings"), again.GetProperty("recordings"));
    }

    private static void AssertLevel(JsonElement golden, JsonElement level)
    {
        AssertHeadline(golden, level);
        Near(golden.GetProperty("top_k"), level.GetProperty("top_k"));
        Near(golden.GetProperty("confusion"), level.GetProperty("confusion"));
        Near(golden.GetProperty("genres"), level.GetProperty("genres"), "support", "verdicts", "precision", "recall", "f1");
        Near(golden.GetProperty("calibration"), level.GetProperty("calibration"), "count", "confidence", "accuracy");
        Assert.Equal(EvaluateSample.Genres, level.GetProperty("genres").EnumerateArray().Select(g => g.GetProperty("genre").GetString()));
    }

    private static void AssertHeadline(JsonElement golden, JsonElement level)
    {
        foreach (string figure in new[] { "count", "accuracy", "balanced_accuracy", "macro_f1", "log_loss", "brier", "calibration_error" })
        {
            Near(golden.GetProperty(figure), level.GetProperty(figure));
        }
    }

    private static void AssertInterval(JsonElement golden, JsonElement part)
    {
        Near(golden.GetProperty("recordings"), part.GetProperty("recordings").GetProperty("accuracy_interval"));
        Near(golden.GetProperty("windows"), part.GetProperty("windows").GetProperty("accuracy_interval"));
    }

    private static void AssertRuns(JsonElement golden, JsonElement runs)
    {
        Assert.Equal(["run-0", "run-1", "run-2"], runs.GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        Assert.True(runs.GetProperty("overlap").GetBoolean());
        foreach (string level in new[] { "recordings", "windows" })
        {
            for (int r = 0; r < 3; r++)
            {
                AssertHeadline(golden[r].GetProperty(level), runs.GetProperty("each")[r].GetProperty(level));
            }

            double[] all = [.. golden.EnumerateArray().Select(r => r.GetProperty(level).GetProperty("macro_f1").GetDouble())];
            double mean = all.Average(), deviation = Math.Sqrt(all.Sum(v => (v - mean) * (v - mean)) / 2);
            JsonElement spread = runs.GetProperty(level).GetProperty("macro_f1");
            double[] told = [.. new[] { "mean", "deviation", "least", "most" }.Select(n => spread.GetProperty(n).GetDouble())];
            Assert.All(new[] { mean, deviation, all.Min(), all.Max() }.Zip(told), p => Assert.Equal(p.First, p.Second, 1e-6));
        }
    }

    // A list of the golden's stands for an object's members of these names.
    private static void Near(JsonElement golden, JsonElement found, params string[] members)
    {
        if (golden.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(golden.GetArrayLength(), found.ValueKind == JsonValueKind.Array ? found.GetArrayLength() : members.Length);
            for (int i = 0; i < golden.GetArrayLength(); i++)
            {
                Near(golden[i], found.ValueKind == JsonValueKind.Array ? found[i] : found.GetProperty(members[i]), members);
            }
        }
        else if (golden.ValueKind == JsonValueKind.Null)
        {
            Assert.Equal(JsonValueKind.Null, found.ValueKind);
        }
        else
        {
            Assert.Equal(golden.GetDouble(), found.GetDouble(), 2e-7);
        }
    }
}
