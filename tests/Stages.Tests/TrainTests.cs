using System.Text.Json;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>What train makes of features, and that it is the same whatever happens on the way.</summary>
public class TrainTests
{
    [Fact]
    public void A_network_learns_to_tell_genres_and_the_folder_says_all_about_it()
    {
        using var sample = new TrainSample();
        sample.Features(provenance: Provenance.After("extract-features", "0.1.0", [new("recipe", "toy")]));
        sample.Recipe();
        CommandResult run = StageRun.Succeed("train", sample.Line("model"));
        Assert.Contains("60 windows of 4 x 24 to learn from and 20 to judge by, of 3 genres", run.Errors, StringComparison.Ordinal);
        JsonElement json = sample.Json("model");
        JsonElement member = json.GetProperty("members")[0];
        Assert.True(member.GetProperty("valid_accuracy").GetDouble() >= 0.9, json.ToString());
        Assert.Equal("toy", json.GetProperty("recipe").GetString());
        Assert.Equal(["blues", "jazz", "rock"], json.GetProperty("genres").EnumerateArray().Select(g => g.GetString()));
        Assert.Equal(["extract-features", "train"], json.GetProperty("provenance").EnumerateArray().Select(s => s.GetProperty("stage").GetString()));

        // The mean of the channels is that of the train part's.
        List<FeatureRow> train = [.. TrainSample.Rows().Where(r => r.Split == "train")];
        JsonElement input = json.GetProperty("inputs")[0];
        for (int c = 0; c < 4; c++)
        {
            double[] values = [.. train.SelectMany(r => r.Values[(c * 24)..((c + 1) * 24)]).Select(v => (double)v)];
            double mean = values.Average();
            Assert.Equal(mean, input.GetProperty("mean")[c].GetDouble(), 1e-5);
            Assert.Equal(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), input.GetProperty("deviation")[c].GetDouble(), 1e-5);
        }

        string[] history = sample.History("model").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("seed,epoch,train_loss,valid_loss,train_accuracy,valid_accuracy,valid_macro_f1,rate", history[0]);
        Assert.Equal(Enumerable.Range(1, 6).Select(e => $"0,{e}"), history[1..].Select(l => string.Join(',', l.Split(',')[..2])));
        double best = history[1..].Min(l => double.Parse(l.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(best, member.GetProperty("valid_loss").GetDouble());

        // What the training said of the valid part is what the model says of it.
        using var team = new Team(1);
        using var model = Model.Open(sample["model"], team);
        var byRecording = TrainSample.Rows().Where(r => r.Split == "valid").GroupBy(r => (r.RecordingId, r.Genre)).ToList();
        int right = byRecording.Count(g =>
        {
            float[] shares = new float[g.Count() * 3];
            model.Predict(0, [.. g.Select(r => (float[][])[r.Values])], shares, default);
            float[] sums = [.. Enumerable.Range(0, 3).Select(i => shares.Where((_, k) => k % 3 == i).Sum())];
            return model.Genres[Array.IndexOf(sums, sums.Max())] == g.Key.Genre;
        });
        Assert.Equal(member.GetProperty("valid_accuracy").GetDouble(), (double)right / byRecording.Count, 1e-9);
    }

    [Fact]
    public void Every_number_of_threads_and_windows_kept_in_a_file_give_the_same_bytes()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        sample.Train("one");
        sample.Train("two", "--threads", "2");
        sample.Train("three", "--threads", "3", "--memory", "0");
        sample.AssertSame("one", "two");
        sample.AssertSame("one", "three");
        Assert.Equal(
            ["checkpoints", "curves.svg", "history.csv", "model.json", "model.safetensors"],
            Directory.EnumerateFileSystemEntries(sample["three"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_seed_is_a_member_that_is_the_same_when_trained_alone()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        sample.Train("both", "--seed", "7", "--seeds", "2");
        sample.Train("first", "--seed", "7");
        sample.Train("second", "--seed", "8");
        Assert.Equal(sample.Weights("first", 0), sample.Weights("both", 0));
        Assert.Equal(sample.Weights("second", 0), sample.Weights("both", 1));
        Assert.NotEqual(sample.Weights("both", 0)["output.weight"], sample.Weights("both", 1)["output.weight"]);
        Assert.Equal([7, 8], sample.Json("both").GetProperty("members").EnumerateArray().Select(m => m.GetProperty("seed").GetInt32()));
        Assert.Equal(sample.History("both"), sample.History("first") + string.Concat(sample.History("second").Split('\n').Skip(1).Select(l => l + "\n")).TrimEnd('\n') + "\n");
    }

    [Fact]
    public void A_fold_is_the_test_part_and_the_next_one_the_valid_part()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        string splits = sample.Splits(r => new SplitRow(r.RecordingId, r.RecordingId, r.Split, int.Parse(r.RecordingId[4..], System.Globalization.CultureInfo.InvariantCulture) / 3 % 5));
        CommandResult run = StageRun.Succeed("train", sample.Line("model", "--splits", splits, "--fold", "4"));

        // Of 50 recordings of two windows, folds take three in turn: fold 0 has 12 and fold 4 has 9.
        Assert.Contains("58 windows of 4 x 24 to learn from and 24 to judge by", run.Errors, StringComparison.Ordinal);
        Assert.Equal(4, sample.Json("model").GetProperty("fold").GetInt32());
    }

    [Fact]
    public void Without_a_fold_splits_only_confirm_the_parts_of_the_features()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        sample.Train("without");
        sample.Train("with", "--splits", sample.Splits(r => new SplitRow(r.RecordingId, r.RecordingId, r.Split, 0)));
        Assert.Equal(sample.Bytes("without", Model.WeightsFile), sample.Bytes("with", Model.WeightsFile));
    }

    [Fact]
    public void Changed_copies_are_left_out_of_the_valid_part_of_a_fold()
    {
        using var sample = new TrainSample();
        List<FeatureRow> rows = TrainSample.Rows();
        sample.Features([.. rows, .. rows.Where(r => r.Split == "train" && r.Window == 0).Select(r => r with { ExampleId = r.RecordingId + "#1" })]);
        sample.Recipe();
        string splits = sample.Splits(r => new SplitRow(r.RecordingId, r.RecordingId, r.Split, int.Parse(r.RecordingId[4..], System.Globalization.CultureInfo.InvariantCulture) / 3 % 5));
        CommandResult run = StageRun.Succeed("train", sample.Line("model", "--splits", splits, "--fold", "4"));

        // Of the 30 copies, 6 are in fold 0 and 6 in fold 4.
        Assert.Contains("76 windows of 4 x 24 to learn from and 24 to judge by", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_the_test_part_are_never_looked_at()
    {
        using var sample = new TrainSample();
        sample.Recipe();
        sample.Features();
        sample.Train("usual");
        sample.Features(TrainSample.Rows().Select(r => r.Split == "test" ? r with { Values = [.. r.Values.Select((_, i) => i % 2 == 0 ? float.NaN : 1e30f)] } : r));
        sample.Train("absurd");
        Assert.Equal(sample.Bytes("usual", Model.WeightsFile), sample.Bytes("absurd", Model.WeightsFile));
        Assert.Equal(sample.History("usual"), sample.History("absurd"));
        Assert.Equal(sample.Json("usual").GetProperty("inputs").ToString(), sample.Json("absurd").GetProperty("inputs").ToString());
    }

    [Fact]
    public void What_the_features_warn_of_is_said_again_and_stands_in_the_model()
    {
        using var sample = new TrainSample();
        Provenance warned = Provenance.After("split", "0.1.0", [new("by", "track"), new(Provenance.Warning, "groups are not kept together")]);
        sample.Features(provenance: warned);
        sample.Recipe();
        CommandResult run = StageRun.Succeed("train", sample.Line("model"));
        Assert.Contains("train: warning: groups are not kept together\n", run.Errors, StringComparison.Ordinal);
        Assert.Equal("groups are not kept together", Assert.Single(sample.Json("model").GetProperty("warnings").EnumerateArray()).GetString());
    }

    [Fact]
    public void A_network_of_two_inputs_reads_a_table_for_each()
    {
        using var sample = new TrainSample();
        string first = sample.Features(TrainSample.Rows(), "a=first.parquet"), second = sample.Features(TrainSample.Rows(2, 5, "chroma"), "b.parquet");
        sample.Recipe("""
            {
              "inputs": [
                { "name": "sound", "layers": [{ "layer": "gru", "units": 6 }] },
                { "name": "notes", "view": "vector", "normalise": "whole" }
              ],
              "layers": [{ "layer": "dense", "units": 8, "norm": "before-activation" }]
            }
            """);
        sample.Train("model", "--features", $"notes={second}", "--features", $"sound={first}");
        Assert.Equal(["sound", "notes"], sample.Json("model").GetProperty("inputs").EnumerateArray().Select(i => i.GetProperty("name").GetString()));
        Assert.True(sample.Json("model").GetProperty("members")[0].GetProperty("valid_accuracy").GetDouble() >= 0.9);
        StageRun.Succeed("export-onnx", "--model", sample["model"], "--out", sample["model.onnx"]);
        sample.Refuse(1, "the network has no input 'song' (it has sound, notes)", "--features", $"song={first}", "--features", $"notes={second}");
        sample.Refuse(1, "the network's input 'notes' has no table of features", "--features", $"sound={first}");
        StageRun.Succeed("train", sample.Line("same", "--features", first)); // one table for all inputs
        sample.Refuse(1, "of several tables of features each needs a name of its own", "--features", first, "--features", second);
        string fewer = sample.Features(TrainSample.Rows(2, 5).Skip(1), "c.parquet");
        sample.Refuse(1, "99 windows", "--features", $"sound={first}", "--features", $"notes={fewer}");
        string other = sample.Features(TrainSample.Rows(2, 5).AsEnumerable().Reverse(), "d.parquet");
        sample.Refuse(1, "make all tables of the same examples", "--features", $"sound={first}", "--features", $"notes={other}");
    }

    [Fact]
    public void Inputs_that_look_at_members_of_a_stack_are_as_inputs_of_tables_of_their_own()
    {
        using var sample = new TrainSample();
        List<FeatureRow> rows = TrainSample.Rows(7, 12, "stack");
        IEnumerable<FeatureRow> Part(int first, int count) => rows.Select(r => r with { Channels = count, Values = r.Values[(first * 12)..((first + count) * 12)] });
        string stack = sample.Features(rows, "stack.parquet", Provenance.After("extract-features", "0.1.0", [new("features", """
            { "representation": "stack", "stack": [{ "name": "mel", "representation": "logmel", "mel": { "bands": 4 } }, { "name": "mfcc", "representation": "mfcc", "coefficients": 3 }] }
            """)]));
        string mel = sample.Features(Part(0, 4), "mel.parquet"), upper = sample.Features(Part(3, 3), "upper.parquet");
        string Network(string first, string second) => $$"""
            {
              "inputs": [
                { "name": "mel", {{first}} "layers": [{ "layer": "conv", "filters": 4 }, { "layer": "flatten" }] },
                { "name": "upper", {{second}} "view": "vector", "normalise": "whole" }
              ]
            }
            """;
        sample.Recipe(Network("", ""));
        string apart = sample.Train("apart", "--features", $"mel={mel}", "--features", $"upper={upper}");
        sample.Recipe(Network("\"channels\": \"mel\",", "\"channels\": \"3-5\","));
        string together = sample.Train("together", "--features", stack);
        Assert.Equal(sample.Bytes("apart", "model.safetensors"), sample.Bytes("together", "model.safetensors"));
        StageRun.Succeed("evaluate", "--model", together, "--features", stack, "--importance", "--out", sample["report"]);
        string report = File.ReadAllText(sample["report/report.json"]);
        Assert.Contains("\"mfcc\"", report, StringComparison.Ordinal);
        Assert.DoesNotContain("upper: ", report, StringComparison.Ordinal);
        float[][][] test = [.. Part(0, 4).Zip(Part(3, 3)).Where(p => p.First.Split == "test").Select(p => (float[][])[p.First.Values, p.Second.Values])];
        float[] windows = new float[3 * test.Length];
        using (var team = new Team(1))
        using (var model = Model.Open(apart, team))
        {
            model.Predict(0, test, windows, default);
        }

        // Two windows of each recording.
        float[] expected = [.. windows.Chunk(6).SelectMany(w => w[..3].Zip(w[3..], (a, b) => (a + b) / 2))];
        Assert.Equal(expected, StageRun.Rows<Prediction>(sample["report/predictions.parquet"]).SelectMany(p => p.Probabilities), (a, b) => Math.Abs(a - b) < 1e-6);
        sample.Recipe(Network("\"channels\": \"mell\",", ""));
        string errors = sample.Refuse(1, "network.channels 'mell' is no member of the stack that", "--features", stack).Errors;
        Assert.Contains("(did you mean 'mel'?): it has mel, mfcc", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_layer_can_be_trained()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe("""
            {
              "view": "picture", "frames": 20, "views": 3,
              "layers": [
                { "layer": "conv", "filters": 4, "kernel": 3, "stride_width": 2, "activation": "gelu" },
                { "layer": "conv", "filters": 4, "kernel_height": 1, "pool_height": 1, "pool_width": 3, "l2": 0.001 },
                { "layer": "layer-norm" }, { "layer": "activation", "kind": "gelu" }, { "layer": "pool", "kind": "mean", "size_height": 2, "size_width": 1 },
                { "layer": "attention-pool", "units": 5 }, { "layer": "dropout", "share": 0.1 }, { "layer": "dense", "units": 6, "activation": "gelu", "dropout": 0.1 }
              ]
            }
            """, """{ "epochs": 2, "batch": 16, "start": "glorot", "optimiser": { "kind": "sgd", "nesterov": true, "clip": 1 }, "schedule": { "kind": "one-cycle" }, "label_smoothing": 0.1 }""");
        sample.Train("picture", "--threads", "2");
        sample.Recipe("""
            { "layers": [{ "layer": "gru", "units": 4, "bidirectional": true, "keeps_steps": true }, { "layer": "pool", "kind": "first", "size": 2 }, { "layer": "attention-pool" }] }
            """, """{ "epochs": 2, "batch": 16, "optimiser": { "kind": "adagrad" }, "schedule": { "kind": "cosine", "warm_up": 0.1 }, "class_weights": { "kind": "none" } }""");
        sample.Train("sequence", "--threads", "2");
    }

    [Fact]
    public void A_training_stops_when_nothing_gets_better()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(training: """{ "epochs": 500, "batch": 16, "optimiser": { "rate": 0.02 }, "stopping": { "patience": 2, "monitor": "accuracy" } }""");
        sample.Train("model");
        int epochs = sample.History("model").Count(c => c == '\n') - 1;
        Assert.Equal(sample.Json("model").GetProperty("members")[0].GetProperty("epoch").GetInt32() + 2, epochs);
    }
}
