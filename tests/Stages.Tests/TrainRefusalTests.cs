using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>What train does not do, and says in a sentence.</summary>
public class TrainRefusalTests
{
    [Theory]
    [InlineData("mixes representations: toy/0#0 0 is of segments, toy/20#0 0 of chroma", "representation")]
    [InlineData("toy/0#0 0 has 4 x 24 values and toy/20#0 0 4 x 23: a network wants windows of one size", "size")]
    [InlineData("toy/20#0 0 has 95 values, not 4 x 24", "values")]
    [InlineData("the features have no window of the part train: there is nothing to learn from", "no train")]
    [InlineData("the features have no window of the part valid: early stopping and the choice of the best weights need it", "no valid")]
    [InlineData("polka has no window to train with, but others", "only valid")]
    [InlineData("all windows are of one genre, 'jazz': there is nothing to tell apart", "one genre")]
    [InlineData("toy/20 is in train and in valid: what a network is judged by it must not have learnt", "two parts")]
    [InlineData("toy/20 is in the part 'Train', which is none of train, valid and test", "unknown part")]
    [InlineData("toy/20#0 1 has a value that is no finite number in channel 2", "not finite")]
    [InlineData("has no rows: there is nothing to learn from", "empty")]
    public void Features_that_nothing_can_be_learnt_from(string sentence, string fault)
    {
        using var sample = new TrainSample();
        sample.Recipe();
        FeatureRow Changed(FeatureRow row) => fault switch
        {
            "representation" when row.RecordingId == "toy/20" => row with { Representation = "chroma" },
            "size" when row.RecordingId == "toy/20" => row with { Frames = 23, Values = row.Values[..92] },
            "values" when row.RecordingId == "toy/20" => row with { Values = row.Values[..95] },
            "no train" when row.Split == "train" => row with { Split = "test" },
            "no valid" when row.Split == "valid" => row with { Split = "test" },
            "only valid" when row.Split == "valid" && row.Genre == "jazz" => row with { Genre = "polka" },
            "one genre" => row with { Genre = "jazz" },
            "two parts" when row.RecordingId == "toy/20" && row.Window == 1 => row with { Split = "valid" },
            "unknown part" when row.RecordingId == "toy/20" => row with { Split = "Train" },
            "not finite" when row.RecordingId == "toy/20" && row.Window == 1 => row with { Values = [.. row.Values.Select((v, i) => i == 50 ? float.NaN : v)] },
            _ => row,
        };
        sample.Features(fault == "empty" ? [] : TrainSample.Rows().Select(Changed));
        sample.Refuse(1, sentence);
    }

    [Theory]
    [InlineData("the group of artist/5 is divided: toy/35 is in valid and another of it in train", "divided")]
    [InlineData("toy/20 is in the features and not in the splits", "missing")]
    [InlineData("toy/20 is in train by the features and in valid by the splits", "other")]
    [InlineData("toy/20 is in it twice", "twice")]
    [InlineData("has 2 folds: --fold needs 3 or more", "two folds", "--fold", "1")]
    [InlineData("has the folds 0 to 4: there is no fold 5", "five folds", "--fold", "5")]
    public void Splits_that_do_not_fit_the_features(string sentence, string fault, params string[] more)
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        int number = 0;
        string splits = sample.Splits(row =>
        {
            int i = number++;
            var split = new SplitRow(row.RecordingId, row.RecordingId, row.Split, fault == "two folds" ? i % 2 : i % 5);
            return fault switch
            {
                "divided" when i % 30 == 5 => split with { Group = "artist/5" },
                "missing" when i == 20 => split with { RecordingId = "toy/other" },
                "other" when i == 20 => split with { Split = "valid" },
                "twice" when i == 21 => split with { RecordingId = "toy/20" },
                _ => split,
            };
        });
        sample.Refuse(1, sentence, ["--splits", splits, .. more]);
    }

    [Theory]
    [InlineData("there is no setting 'network.layers[0].filter' (did you mean 'filters'?)", """{ "layers": [{ "layer": "conv", "filters": 8, "filter": 9 }] }""")]
    [InlineData("'network.layers[0].filters' is missing", """{ "layers": [{ "layer": "conv" }] }""")]
    [InlineData("there is no setting 'network.layer' (did you mean 'layers'?)", """{ "layer": [] }""")]
    [InlineData("'network.layers[0].layer' must be one of conv, dense, pool", """{ "layers": [{ "layer": "cnv" }] }""")]
    [InlineData("'network.layers[0].layer' is missing", """{ "layers": [{ "filters": 8 }] }""")]
    [InlineData("'network.layers[0].kernel' must be odd", """{ "layers": [{ "layer": "conv", "filters": 8, "kernel": 4 }] }""")]
    [InlineData("'network.layers[0].layer' wants one vector: put a layer flatten or global-pool in front of it", """{ "layers": [{ "layer": "dense", "units": 8 }] }""")]
    [InlineData("'network.layers[1].layer' wants places along time, and what it gets is one vector", """{ "layers": [{ "layer": "flatten" }, { "layer": "gru", "units": 8 }] }""")]
    [InlineData("'network.layers[0].layer' wants a sequence, and what it gets is a picture", """{ "view": "picture", "layers": [{ "layer": "gru", "units": 8 }] }""")]
    [InlineData("'network.layers[0].norm' comes behind relu only", """{ "layers": [{ "layer": "conv", "filters": 8, "norm": "after-activation", "activation": "gelu" }] }""")]
    [InlineData("the layers of the network end with samples of 12 x 8, not with a vector", """{ "layers": [{ "layer": "conv", "filters": 8, "pool": 2 }] }""")]
    [InlineData("the layers of the network end with samples of 24 x 4, not with a vector", "{ }")]
    [InlineData("layer 2 of the network cannot be made of samples of 24 x 5", """{ "layers": [{ "layer": "conv", "filters": 5, "activation": "gelu" }, { "layer": "pool", "size": 25 }, { "layer": "flatten" }] }""")]
    [InlineData("layer 1 of the network cannot be made of samples of 24 x 8", """{ "layers": [{ "layer": "conv", "filters": 8, "pool": 25 }, { "layer": "flatten" }] }""")]
    [InlineData("layer 2 of the network cannot be made of samples of 96: only a dense layer or a concatenation reads a tensor that was made flat", """{ "layers": [{ "layer": "flatten" }, { "layer": "layer-norm" }] }""")]
    [InlineData("layer 2 of the network cannot be made of samples of 65536: its weights would not go into memory", """{ "view": "vector", "layers": [{ "layer": "dense", "units": 65536 }, { "layer": "dense", "units": 65536 }] }""")]
    [InlineData("'network.frames' is for sequences and pictures", """{ "view": "vector", "frames": 5 }""")]
    [InlineData("'network.inputs' is for two or more", """{ "inputs": [{ "name": "a", "view": "vector" }] }""")]
    [InlineData("'network.inputs[1].name' must be letters, digits and dashes", """{ "inputs": [{ "name": "a", "view": "vector" }, { "name": "a", "view": "vector" }] }""")]
    [InlineData("'network.inputs[0].name' must be letters, digits and dashes", """{ "inputs": [{ "name": "merged", "view": "vector" }, { "name": "a", "view": "vector" }] }""")]
    [InlineData("'network.channels' must be the name of a member of the features' stack, or the first and the last of a range", """{ "channels": "2-1", "view": "vector" }""")]
    [InlineData("'network.channels' must be the name of a member of the features' stack, or the first and the last of a range", """{ "channels": "", "view": "vector" }""")]
    [InlineData("network.channels '1-4' ends at channel 4, and the windows of", """{ "channels": "1-4", "view": "vector" }""")]
    [InlineData("does not say what it was made with: give a range of channels", """{ "channels": "mel", "view": "vector" }""")]
    [InlineData("there is no setting 'network.chanels' (did you mean 'channels'?)", """{ "chanels": "mel", "view": "vector" }""")]
    [InlineData("there is no setting 'network.channels'", """{ "channels": "0-1", "inputs": [{ "name": "a", "view": "vector" }, { "name": "b", "view": "vector" }] }""")]
    public void Networks_that_cannot_be(string sentence, string network)
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(network);
        sample.Refuse(1, sentence);
    }

    [Theory]
    [InlineData("there is no setting 'training.epoch' (did you mean 'epochs'?)", """{ "epoch": 6 }""")]
    [InlineData("'training.batch' must be a whole number from 2 to 65536, not 1", """{ "batch": 1 }""")]
    [InlineData("'training.optimiser.rate' must be a number from 1E-09 to 100, not 1e9", """{ "optimiser": { "rate": 1e9 } }""")]
    [InlineData("'training.optimiser.kind' must be one of", """{ "optimiser": { "kind": "adma" } }""")]
    [InlineData("there is no setting 'training.optimiser.momentum'", """{ "optimiser": { "momentum": 0.9 } }""")]
    [InlineData("'training.optimiser.epsilon' must be a number", """{ "optimiser": { "epsilon": 0 } }""")]
    [InlineData("'training.optimiser.nesterov' looks ahead along the momentum, and momentum is 0", """{ "optimiser": { "kind": "sgd", "momentum": 0, "nesterov": true } }""")]
    [InlineData("'training.schedule.floor' is 0.1, above the rate of the optimiser, 0.001, from which it falls", """{ "schedule": { "kind": "plateau", "floor": 0.1 } }""")]
    [InlineData("'training.schedule.floor' is 0.1, above the rate of the optimiser, 0.001, from which it falls", """{ "schedule": { "kind": "cosine", "floor": 0.1 } }""")]
    [InlineData("'training.stopping.patience' must be a whole number", """{ "stopping": { "patience": 0 } }""")]
    public void Trainings_that_cannot_be(string sentence, string training)
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(training: training);
        sample.Refuse(1, sentence);
    }

    [Fact]
    public void A_training_that_diverges_says_where_and_what_to_try()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(
            """{ "view": "vector", "layers": [{ "layer": "dense", "units": 50 }, { "layer": "dense", "units": 50 }, { "layer": "dense", "units": 50 }] }""",
            """{ "epochs": 9, "batch": 16, "optimiser": { "kind": "sgd", "rate": 100 } }""");
        CommandResult run = sample.Refuse(1, "is no number any more in epoch 1, batch ");
        Assert.Contains("of 4, at the rate 100: try a lower training.optimiser.rate, or training.optimiser.clip 1", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_somebody_elses_is_left_alone()
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        sample.Write("refused/thesis.txt", "two years of work");
        sample.Refuse(1, "holds 'thesis.txt', which train did not write: name another with --out, or move it away");
        Assert.Equal(["thesis.txt"], Directory.EnumerateFileSystemEntries(sample["refused"]).Select(Path.GetFileName));
        StageRun.Fail(1, "is a file: name a folder with --out", "train", "--features", sample["features.parquet"], "--recipe", sample["recipe.json"], "--out", sample["recipe.json"]);
    }

    [Theory]
    [InlineData("--fold needs --splits", "--fold", "1")]
    [InlineData("--seeds needs 1 to 100, not '0'", "--seeds", "0")]
    [InlineData("--memory needs a number of gigabytes, not '-1'", "--memory", "-1")]
    [InlineData("--fold is counted from 0, not '-1'", "--fold", "-1", "--splits", "splits.parquet")]
    [InlineData("did you mean '--seeds'", "--sedes", "2")]
    public void Options_that_make_no_sense(string sentence, params string[] options)
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe();
        sample.Refuse(2, sentence, options);
    }

    [Fact]
    public void Tables_and_recipes_that_are_not_there()
    {
        using var sample = new TrainSample();
        sample.Recipe();
        sample.Refuse(1, "features.parquet");
        sample.Features();
        sample.Refuse(1, "there is no file", "--recipe", sample["other.json"]);
    }
}
