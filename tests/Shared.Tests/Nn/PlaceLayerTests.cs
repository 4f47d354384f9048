using System.Runtime.InteropServices;
using Pipeline.Nn;
using Pipeline.Nn.Layers;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class PlaceLayerTests
{
    [Fact]
    public void Normalised_channels_are_PyTorchs() => CheckGolden("layer_norm", (input, team) => new LayerNorm(input, 1e-5f, new Halo(0, 1), team));

    [Fact]
    public void Attention_is_PyTorchs() => CheckGolden("attention", (input, team) => new AttentionPool(input, 5, Halo.None, team));

    [Fact]
    public void Normalised_channels_have_the_right_gradient() => new LayerProbe
    {
        Inputs = [new Shape(2, 5, 21)],
        Halo = new Halo(1, 2),
        Make = (inputs, team) => new LayerNorm(inputs[0], 1e-5f, new Halo(0, 1), team),
    }.Check();

    [Fact]
    public void Attention_has_the_right_gradient() => new LayerProbe
    {
        Inputs = [new Shape(2, 5, 21)],
        Halo = new Halo(1, 2),
        Step = 1e-2f,
        Make = (inputs, team) => new AttentionPool(inputs[0], 18, new Halo(0, 1), team),
    }.Check();

    [Fact]
    public void Data_that_is_not_filled_up_gives_the_same()
    {
        float[] values = [.. Enumerable.Range(0, 63).Select(i => CounterHash.Share(4, (uint)i))];
        Assert.Equal(Written(values, false), Written(values, true));
    }

    [Fact]
    public void Great_scores_do_not_overflow()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 3, 1), Halo.None, 1);
        input.Write(0, [-2, 3, 1]);
        using var layer = new AttentionPool(input, 1, Halo.None, team);
        layer.Parameters[0].Values[0] = 1;
        layer.Parameters[2].Values[0] = 5000;
        layer.Forward(1, Pass.Inference);
        Assert.Equal([0, 1, 0], layer.Shares(0).ToArray());
        Assert.Equal([3], layer.Output.ReadAll(1));
    }

    private static float[] Written(float[] values, bool isData)
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 3, 21), new Halo(0, 1), 1, isData);
        input.Write(0, values);
        using var norm = new LayerNorm(input, 1e-5f, Halo.None, team);
        using var attention = new AttentionPool(input, 3, Halo.None, team);
        attention.Parameters[0].Values.Fill(0.1f);
        attention.Parameters[2].Values.Fill(1);
        float[] all = [];
        foreach (ILayer layer in new ILayer[] { norm, attention })
        {
            layer.Forward(1, new Pass(true, 1));
            layer.Output.AssertZeroAround(1);
            all = [.. all, .. layer.Output.ReadAll(1)];
            layer.Output.WriteAll([.. Enumerable.Range(0, layer.Output.Shape.Count).Select(i => CounterHash.Share(5, (uint)i))]);
            layer.Backward(1);
            all = [.. all, .. layer.Parameters.SelectMany(p => p.Gradient.ToArray())];
            input.Write(0, values);
        }

        return all;
    }

    private static void CheckGolden(string name, Func<Tensor, Team, ILayer> make)
    {
        using var team = new Team(2);
        using var input = new Tensor(new Shape(1, 7, 19), new Halo(0, 2), 3);
        using ILayer layer = make(input, team);
        foreach (Parameter parameter in layer.Parameters)
        {
            Golden(name, parameter.Name).CopyTo(parameter.Values);
        }

        input.WriteAll(Golden(name, "x"));
        layer.Forward(2, new Pass(true, 1));
        TorchGolden.AssertClose(Golden(name, "y"), layer.Output.ReadAll(2), 1e-6);
        layer.Output.WriteAll(Golden(name, "dy"));
        layer.Backward(2);
        TorchGolden.AssertClose(Golden(name, "dx"), input.ReadAll(2), 2e-6);
        foreach (Parameter parameter in layer.Parameters)
        {
            TorchGolden.AssertClose(Golden(name, "d_" + parameter.Name), parameter.Gradient, 2e-6);
        }
    }

    private static float[] Golden(string name, string tensor) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Repository.Find("tests", "golden", "nn", $"{name}.{tensor}.f32"))).ToArray();
}
