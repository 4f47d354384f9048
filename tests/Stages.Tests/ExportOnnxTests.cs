using System.Text;
using Pipeline.Models;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>What export-onnx writes; whether other programs make the same of it is for tests/Interop.</summary>
public class ExportOnnxTests
{
    [Fact]
    public void A_model_becomes_one_file_that_says_what_it_is_of()
    {
        using var sample = new TrainSample();
        sample.Features(provenance: Provenance.After("split", "0.1.0", [new(Provenance.Warning, "groups are not kept together")]));
        sample.Recipe();
        sample.Train("model", "--seeds", "2");
        CommandResult run = StageRun.Succeed("export-onnx", "--model", sample["model"], "--out", sample["new/model.onnx"]);
        Assert.Contains("export-onnx: warning: groups are not kept together\n", run.Errors, StringComparison.Ordinal);
        Assert.Contains("4 x 24 segments in, 3 probabilities out", run.Errors, StringComparison.Ordinal);
        byte[] bytes = File.ReadAllBytes(sample["new/model.onnx"]);
        string text = Encoding.Latin1.GetString(bytes);
        Assert.All((string[])["blues\njazz\nrock", "segments", "toy", "groups are not kept together", "probabilities"], t => Assert.Contains(t, text, StringComparison.Ordinal));
        StageRun.Succeed("export-onnx", "--model", sample["model"], "--out", sample["again.onnx"]);
        Assert.Equal(bytes, File.ReadAllBytes(sample["again.onnx"]));
    }

    [Fact]
    public void Windows_of_one_frame_stay_sequences_and_vectors_tell_their_sizes()
    {
        using var sample = new TrainSample();
        sample.Features(TrainSample.Rows(7, 1));
        sample.Recipe("""{ "layers": [{ "layer": "conv", "filters": 8, "kernel": 1 }, { "layer": "global-pool" }] }""");
        sample.Train("frame");
        Assert.Contains("7 x 1 segments in", Export("frame"), StringComparison.Ordinal);
        sample.Features(TrainSample.Rows(1, 6));
        sample.Recipe("""{ "view": "picture", "layers": [{ "layer": "conv", "filters": 3, "kernel_height": 1, "kernel_width": 3 }, { "layer": "flatten" }] }""");
        sample.Train("line");
        Assert.Contains("1 x 6 segments in", Export("line"), StringComparison.Ordinal);
        sample.Features(TrainSample.Rows(3, 5));
        sample.Recipe("""{ "view": "vector" }""");
        sample.Train("vector");
        Assert.Contains("3 x 5 segments in", Export("vector"), StringComparison.Ordinal);

        string Export(string model) => StageRun.Succeed("export-onnx", "--model", sample[model], "--out", sample[model + ".onnx"]).Errors;
    }

    [Fact]
    public void Of_an_input_that_looks_at_some_of_the_channels_only_these_go_in()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe("""{ "channels": "1-2", "layers": [{ "layer": "flatten" }] }""");
        sample.Train("model");
        Assert.Contains("2 x 24 segments in", StageRun.Succeed("export-onnx", "--model", sample["model"], "--out", sample["model.onnx"]).Errors, StringComparison.Ordinal);
        Assert.Contains("features: 1 to 2 of 4", Encoding.Latin1.GetString(File.ReadAllBytes(sample["model.onnx"])), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_model_is_refused_and_a_model_is_not_overwritten()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        string model = sample.Train("model");
        string weights = Path.Combine(model, Model.WeightsFile);
        Fail("there is no folder", "--model", sample["other"], "--out", sample["x.onnx"]);
        Fail("has no model.json: a model is the folder that train made", "--model", Directory.CreateDirectory(sample["empty"]).FullName, "--out", sample["x.onnx"]);
        Fail("model.safetensors is a part of the model itself", "--model", model, "--out", weights);
        Fail("is a folder: name a file in it", "--model", model, "--out", model);
        File.AppendAllText(weights, " ");
        Fail("model.safetensors is damaged, or of another training than model.json beside it", "--model", model, "--out", sample["x.onnx"]);
        File.Delete(weights);
        Fail("has no model.safetensors: its training has not ended: go on with train --resume", "--model", model, "--out", sample["x.onnx"]);
        Assert.False(File.Exists(sample["x.onnx"]));

        static void Fail(string sentence, params string[] arguments) => StageRun.Fail(1, sentence, "export-onnx", arguments);
    }
}
