using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Files;
using Pipeline.Nn.Training;
using Pipeline.Tests.Nn;
using Xunit;

namespace Pipeline.Tests.Models;

public class ModelTests
{
    // A network that sees only the first frame of each view, so that what it does can be said by hand: probabilities are the softmax of a dense layer.
    private const string First = """{ "frames": 1, "views": 3, "layers": [{ "layer": "flatten" }] }""";

    [Fact]
    public void A_verdict_is_the_mean_of_the_views_probabilities()
    {
        using var folder = new TemporaryFolder();
        ModelDescription about = ModelFiles.Write(folder.Path, ModelFiles.Describe(First, 2, (2, 7)));
        using var team = new Team(1);
        using var model = Model.Open(folder.Path, team);
        using SafetensorsReader weights = SafetensorsReader.Open(Path.Combine(folder.Path, Model.WeightsFile));
        float[][][] windows = ModelFiles.Windows(about, 4);
        for (int member = 0; member < 2; member++)
        {
            float[] weight = weights.Floats($"{member}.output.weight"), bias = weights.Floats($"{member}.output.bias");
            float[] probabilities = new float[4 * 3], features = new float[4 * 2];
            model.Predict(member, windows, probabilities, features);
            for (int w = 0; w < 4; w++)
            {
                double[] expected = new double[3], means = new double[2];
                foreach (int frame in (int[])[0, 3, 6])
                {
                    double[] x = [.. Enumerable.Range(0, 2).Select(c => (windows[w][0][c * 7 + frame] - (double)about.Inputs[0].Normalisation.Means[c]) / about.Inputs[0].Normalisation.Deviations[c])];
                    double[] logits = [.. Enumerable.Range(0, 3).Select(g => bias[g] + x[0] * weight[g] + x[1] * weight[3 + g])];
                    double sum = logits.Sum(Math.Exp);
                    expected = [.. expected.Select((e, g) => e + Math.Exp(logits[g]) / sum / 3)];
                    means = [.. means.Select((m, c) => m + x[c] / 3)];
                }

                TorchGolden.AssertClose([.. expected.Select(e => (float)e)], probabilities.AsSpan(w * 3, 3), 1e-5);
                TorchGolden.AssertClose([.. means.Select(m => (float)m)], features.AsSpan(w * 2, 2), 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(NetworkPlanTests.All), MemberType = typeof(NetworkPlanTests), DisableDiscoveryEnumeration = true)]
    public void A_verdict_depends_on_neither_the_batch_nor_the_threads(string network)
    {
        using var folder = new TemporaryFolder();
        ModelDescription about = ModelFiles.Write(folder.Path, ModelFiles.Describe(network, 2, (9, 30), (2, 5), (4, 3)));
        float[][][] windows = ModelFiles.Windows(about, 7);
        float[] alone = new float[7 * 3], features = [];
        using (var team = new Team(1))
        using (var model = Model.Open(folder.Path, team, capacity: 1))
        {
            features = new float[7 * model.FeatureCount];
            model.Predict(1, windows, alone, features);
        }

        foreach ((int threads, int capacity) in ((int, int)[])[(3, 2), (2, 5), (1, 64)])
        {
            using var team = new Team(threads);
            using var model = Model.Open(folder.Path, team, capacity);
            float[] probabilities = new float[7 * 3], own = new float[features.Length];
            Array.Fill(probabilities, 9);
            model.Predict(1, windows, probabilities, own);
            TorchGolden.AssertClose(alone, probabilities, 1e-6);
            TorchGolden.AssertClose(features, own, 1e-6);
            model.Predict(1, windows, probabilities, default);
            TorchGolden.AssertClose(alone, probabilities, 1e-6);
            Assert.All(probabilities.Chunk(3), p => Assert.Equal(1, p.Sum(), 1e-5));
            Assert.True(probabilities.Chunk(3).Select(p => p[0]).Distinct().Count() > 3);
        }
    }

    [Fact]
    public void A_model_and_its_network_say_the_same()
    {
        using var folder = new TemporaryFolder();
        ModelDescription about = ModelFiles.Write(folder.Path, ModelFiles.Describe(ModelFiles.Networks[3], 1, (9, 24), (2, 5), (4, 3)));
        using var team = new Team(1);
        using var model = Model.Open(folder.Path, team);
        using Network network = about.NewNetwork(1, team);
        using (SafetensorsReader weights = SafetensorsReader.Open(Path.Combine(folder.Path, Model.WeightsFile)))
        {
            network.Parameters.ToList().ForEach(p => weights.Read(Model.MemberName(0, p.Name), p.Parameter));
        }

        float[][] window = ModelFiles.Windows(about, 1)[0];
        for (int i = 0; i < 3; i++)
        {
            float[] to = new float[window[i].Length];
            about.Inputs[i].Normalisation.Apply(window[i], about.Network.Inputs[i].View, to);
            network.Inputs[i].Write(0, to);
        }

        network.Forward(1, Pass.Inference);
        var softmax = new CrossEntropy(3);
        softmax.Softmax(network.Logits, 1);
        float[] probabilities = new float[3];
        model.Predict(0, [window], probabilities, default);
        Assert.Equal(softmax.Probabilities.ToArray(), probabilities);
    }

    [Fact]
    public void An_input_looks_at_its_channels_as_though_there_were_no_others()
    {
        using var folder = new TemporaryFolder();
        string Network(string first, string second) => $$"""
            {
              "inputs": [
                { "name": "a", {{first}} "frames": 4, "layers": [{ "layer": "gru", "units": 3 }] },
                { "name": "b", {{second}} "view": "picture", "layers": [{ "layer": "conv", "filters": 2 }, { "layer": "flatten" }] }
              ]
            }
            """;
        ModelDescription some = ModelFiles.Write(folder["some"], ModelFiles.Describe(Network("\"channels\": \"3-5\",", "\"channels\": \"mel\","), 1, (6, 9), (6, 9)));
        ModelDescription all = ModelFiles.Describe(Network("", ""), 1, (3, 9), (2, 9));
        ModelFiles.Write(folder["all"], all with { Inputs = [.. all.Inputs.Zip(some.Inputs, (a, s) => a with { Normalisation = s.Normalisation })] });
        float[] window = ModelFiles.Windows(some, 1)[0][0], probabilities = new float[3], expected = new float[3];
        using var team = new Team(1);
        using (var model = Model.Open(folder["some"], team))
        {
            model.Predict(0, [[window, window]], probabilities, default);
        }

        using (var model = Model.Open(folder["all"], team))
        {
            model.Predict(0, [[window[27..54], window[9..27]]], expected, default);
        }

        Assert.Equal(expected, probabilities);
    }

    [Fact]
    public void A_model_of_version_1_is_read_and_says_what_it_always_said()
    {
        string folder = Repository.Find("tests", "golden", "models", "v1");
        float[][] lines = [.. File.ReadLines(Path.Combine(folder, "verdicts.txt")).Where(l => l[0] != '#')
            .Select(l => l.Split(' ').Select(v => float.Parse(v, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        using var team = new Team(1);
        using var model = Model.Open(folder, team);
        Assert.Equal(["blues", "jazz", "metal"], model.Genres);
        Assert.All(model.Description.Inputs, i => Assert.Equal((0, 8, 8, 22), (i.FirstChannel, i.Channels, i.WindowChannels, i.Frames)));
        float[] window = [.. lines[..8].SelectMany(l => l)];
        for (int member = 0; member < 2; member++)
        {
            float[] probabilities = new float[3];
            model.Predict(member, [[window, window]], probabilities, default);
            TorchGolden.AssertClose(lines[8 + member], probabilities, 1e-5);
        }
    }

    [Fact]
    public void Windows_of_another_size_are_refused()
    {
        using var folder = new TemporaryFolder();
        ModelFiles.Write(folder.Path, ModelFiles.Describe(First, 1, (2, 7)));
        using var team = new Team(1);
        using var model = Model.Open(folder.Path, team);
        float[] probabilities = new float[3];
        Assert.Throws<ArgumentException>(() => model.Predict(0, [[new float[16]]], probabilities, default));
    }

    [Fact]
    public void What_is_no_model_or_not_whole_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder["model"], json = Path.Combine(path, Model.DescriptionFile), weights = Path.Combine(path, Model.WeightsFile);
        ModelDescription about = ModelFiles.Write(path, ModelFiles.Describe(First, 1, (2, 7)));
        byte[] others = File.ReadAllBytes(weights);
        ModelFiles.Write(folder["other"], ModelFiles.Describe(First, 2, (2, 7)));
        File.Copy(Path.Combine(folder["other"], Model.WeightsFile), weights, overwrite: true);
        Assert.Equal($"{weights} is damaged, or of another training than model.json beside it: copy the whole folder again, or train anew", Refusal(path));

        // The weights are as the description says, but not of its network.
        File.WriteAllBytes(weights, others);
        File.WriteAllText(json, (about with { Network = NetworkPlan.Parse("""{ "layers": [{ "layer": "flatten" }] }""", "recipe.json") }).ToJson());
        using (var team = new Team(1))
        {
            Assert.Contains("0.output.weight", Assert.ThrowsAny<IOException>(() => Model.Open(path, team)).Message, StringComparison.Ordinal);
        }

        File.Delete(json);
        Assert.Equal($"'{path}' has no model.json: a model is the folder that train made", Refusal(path));
        Directory.CreateDirectory(Path.Combine(path, "checkpoints"));
        Assert.Equal($"'{path}' has no model.json: its training has not ended: go on with train --resume", Refusal(path));
        Assert.Equal($"there is no folder '{json}': a model is the folder that train made", Refusal(json));
    }

    private static string Refusal(string folder)
    {
        using var team = new Team(1);
        return Assert.Throws<ModelException>(() => Model.Open(folder, team)).Message;
    }
}
