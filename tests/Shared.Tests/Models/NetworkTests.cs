using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Training;
using Pipeline.Tests.Nn;
using Xunit;

namespace Pipeline.Tests.Models;

public class NetworkTests
{
    [Theory]
    [MemberData(nameof(NetworkPlanTests.All), MemberType = typeof(NetworkPlanTests), DisableDiscoveryEnumeration = true)]
    public void A_step_against_the_gradient_makes_the_loss_smaller(string network)
    {
        NetworkPlan plan = NetworkPlan.Parse(network.Replace("\"dropout\": 0.", "\"dropout\": 0.0", StringComparison.Ordinal), "recipe.json");
        using var team = new Team(2);
        using var made = new Network(plan, [.. plan.Inputs.Select(i => i.LookedAt(9, 24))], 3, 6, team);
        var random = new Random(3);
        foreach ((string name, Parameter parameter) in made.Parameters.Where(p => p.Parameter.Decays))
        {
            Initialiser.Glorot(parameter, name, 3);
            Assert.All(parameter.Values.ToArray(), v => Assert.InRange(Math.Abs(v), 1e-12, 3));
        }

        Assert.Equal(made.Parameters.Count, made.Parameters.Select(p => p.Name).Distinct().Count());
        Assert.Equal(made.Parameters.Where(p => p.Parameter.IsTrained).Sum(p => p.Parameter.Length), made.Weights);
        float[][][] samples = [.. made.Inputs.Select(i => Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, i.Shape.Count).Select(_ => random.NextSingle() * 2 - 1).ToArray()).ToArray())];
        float[] targets = [.. Enumerable.Range(0, 18).Select(i => i % 3 == i / 3 % 3 ? 1f : 0)];
        var loss = new CrossEntropy(3);
        using var optimiser = new Optimiser(made.Parameters, new OptimiserSettings { Kind = OptimiserKind.Sgd }, team);
        double before = Loss();
        loss.Backward();
        made.Backward(6);
        optimiser.Step(0.01f);
        Assert.True(optimiser.GradientNorm > 0);
        Assert.True(Loss() < before);

        double Loss()
        {
            for (int i = 0; i < samples.Length; i++)
            {
                for (int k = 0; k < 6; k++)
                {
                    made.Inputs[i].Write(k, samples[i][k]);
                }
            }

            made.Forward(6, new Pass(true, 9));
            return loss.Forward(made.Logits, 6, targets);
        }
    }

    [Fact]
    public void Twenty_steps_of_Adam_are_PyTorchs()
    {
        const int Batch = 16, Steps = 20;
        var golden = new TorchGolden("net_adam20");
        NetworkPlan plan = NetworkPlan.Parse(
            """{ "layers": [{ "layer": "conv", "filters": 8, "pool": 2 }, { "layer": "conv", "filters": 12, "pool": 2 }, { "layer": "flatten" }] }""", "recipe.json");
        using var team = new Team(2);
        using var network = new Network(plan, [golden.Sample("x")], 6, Batch, team);
        Dictionary<string, Parameter> ours = network.Parameters.ToDictionary(p => p.Name, p => p.Parameter);
        foreach ((string name, float[] values) in Named(golden, "init"))
        {
            values.CopyTo(ours[name].Values);
        }

        using var optimiser = new Optimiser(network.Parameters, new OptimiserSettings(), team);
        var loss = new CrossEntropy(6, golden.Values("class_weight"));
        float[] targets = new float[Batch * 6], losses = new float[Steps];
        float[] classes = golden.Values("target");
        for (int i = 0; i < Batch; i++)
        {
            targets[i * 6 + (int)classes[i]] = 1;
        }

        for (int step = 0; step < Steps; step++)
        {
            network.Inputs[0].WriteAll(golden.Samples("x"));
            network.Forward(Batch, new Pass(true, (uint)step));
            losses[step] = (float)loss.Forward(network.Logits, Batch, targets);
            loss.Backward();
            network.Backward(Batch);
            optimiser.Step(1e-3f);
        }

        TorchGolden.AssertClose(golden.Values("losses"), losses, 1e-5);
        foreach ((string name, float[] values) in Named(golden, "final"))
        {
            TorchGolden.AssertClose(values, ours[name].Values, 1e-4);
        }

        // PyTorch's convolutions have a bias in front of the normalisation, which takes it away again: its gradient is rounding errors, of which
        // Adam makes steps. Its running means know the bias of each step; between the first and the last it is taken to go evenly, which is not
        // quite so.
        foreach ((int torch, int layer) in (ReadOnlySpan<(int, int)>)[(0, 0), (4, 1)])
        {
            float[] first = golden.Values($"init.{torch}.bias"), last = golden.Values($"final.{torch}.bias");
            Span<float> means = ours[$"layers.{layer}.mean"].Values;
            for (int step = 0; step < Steps; step++)
            {
                for (int c = 0; c < means.Length; c++)
                {
                    means[c] += (float)(0.1 * Math.Pow(0.9, Steps - 1 - step)) * (first[c] + (last[c] - first[c]) * step / Steps);
                }
            }

            for (int c = 0; c < means.Length; c++)
            {
                means[c] -= last[c];
            }
        }

        network.Inputs[0].WriteAll(golden.Samples("x"));
        network.Forward(Batch, Pass.Inference);
        TorchGolden.AssertClose(golden.Values("eval_logits"), network.Logits.ReadAll(Batch), 4e-3);
    }

    // PyTorch's parameters under our names and in our order; it flattens channel after channel.
    private static IEnumerable<(string Name, float[] Values)> Named(TorchGolden golden, string when)
    {
        foreach ((int torch, int layer) in ((int, int)[])[(0, 0), (4, 1)])
        {
            yield return ($"layers.{layer}.weight", golden.Kernels($"{when}.{torch}.weight"));
            yield return ($"layers.{layer}.scale", golden.Values($"{when}.{torch + 1}.weight"));
            yield return ($"layers.{layer}.shift", golden.Values($"{when}.{torch + 1}.bias"));
        }

        const int Places = 8, Channels = 12, Classes = 6;
        float[] dense = golden.Values($"{when}.9.weight"), turned = new float[dense.Length];
        for (int i = 0; i < turned.Length; i++)
        {
            (int row, int of) = Math.DivRem(i, Classes);
            (int place, int channel) = Math.DivRem(row, Channels);
            turned[i] = dense[of * Places * Channels + channel * Places + place];
        }

        yield return ("output.weight", turned);
        yield return ("output.bias", golden.Values($"{when}.9.bias"));
    }
}
