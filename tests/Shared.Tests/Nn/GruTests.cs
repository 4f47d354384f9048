using Pipeline.Nn;
using Pipeline.Nn.Layers;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class GruTests
{
    [Fact]
    public void Both_directions_are_PyTorchs()
    {
        var golden = new TorchGolden("gru_bidirectional");
        using var team = new Team(2);
        using var input = new Tensor(new Shape(1, 12, 6), new Halo(0, 2), 3);
        using var layer = new Gru(input, new GruSettings { Units = 8, IsBidirectional = true, KeepsSteps = true }, new Halo(0, 1), team);
        foreach ((Parameter parameter, string name) in Named(layer))
        {
            Turned(golden, name).CopyTo(parameter.Values);
        }

        input.WriteAll(golden.Values("x"));
        layer.Forward(2, Pass.Inference);
        TorchGolden.AssertClose(golden.Values("y"), layer.Output.ReadAll(2), 1e-6);
        layer.Forward(2, new Pass(true, 1));
        TorchGolden.AssertClose(golden.Values("y"), layer.Output.ReadAll(2), 1e-6);
        layer.Output.WriteAll(golden.Values("dy"));
        layer.Backward(2);
        TorchGolden.AssertClose(golden.Values("dx"), input.ReadAll(2), 2e-6);
        foreach ((Parameter parameter, string name) in Named(layer))
        {
            TorchGolden.AssertClose(Turned(golden, "d_" + name), parameter.Gradient, 2e-6);
        }
    }

    [Theory]
    [InlineData(5, true, true)]
    [InlineData(21, false, false)]
    [InlineData(33, true, false)]
    [InlineData(16, false, true)]
    public void Gradients_are_right_for_any_size(int units, bool isBidirectional, bool keepsSteps) => new LayerProbe
    {
        Inputs = [new Shape(1, 4, 19)],
        Halo = new Halo(0, 2),
        Batch = 14,
        Step = 2e-2f,
        Make = (inputs, team) => new Gru(inputs[0], new GruSettings { Units = units, IsBidirectional = isBidirectional, KeepsSteps = keepsSteps }, new Halo(0, 1), team),
    }.Check();

    [Fact]
    public void The_last_states_are_those_of_either_end()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 5, 3), Halo.None, 1, isData: true);
        input.Write(0, [.. Enumerable.Range(0, 15).Select(i => i / 7f - 1)]);
        var settings = new GruSettings { Units = 3, IsBidirectional = true, KeepsSteps = true };
        using var all = new Gru(input, settings, Halo.None, team);
        using var last = new Gru(input, settings with { KeepsSteps = false }, Halo.None, team);
        foreach ((Parameter a, Parameter b) in all.Parameters.Zip(last.Parameters))
        {
            for (int i = 0; i < a.Length; i++)
            {
                a.Values[i] = b.Values[i] = CounterHash.Share(9, (uint)i) - 0.5f;
            }
        }

        all.Forward(1, new Pass(true, 1));
        last.Forward(1, new Pass(true, 1));
        float[] steps = all.Output.ReadAll(1);
        Assert.Equal([.. steps[24..27], .. steps[3..6]], last.Output.ReadAll(1));

        last.Backward(1);
        Assert.NotEqual(0, last.Parameters[0].Gradient[0]);
        Assert.Equal(1f / 7 - 1, input.ReadAll(1)[1]);
    }

    [Fact]
    public void Only_sequences_are_read()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(2, 5, 3), Halo.None, 1);
        Assert.Throws<ArgumentException>(() => new Gru(input, new GruSettings { Units = 3 }, Halo.None, team));
    }

    private static IEnumerable<(Parameter Parameter, string Name)> Named(Gru layer) => layer.Parameters.Select(p =>
        (p, p.Name.Replace("_input", "_ih_l0", StringComparison.Ordinal).Replace("_state", "_hh_l0", StringComparison.Ordinal)));

    // PyTorch has what comes out before what goes in.
    private static float[] Turned(TorchGolden golden, string name)
    {
        int[] sizes = golden.Sizes(name);
        float[] values = golden.Values(name);
        return sizes.Length == 1 ? values : [.. Enumerable.Range(0, values.Length).Select(i => values[i % sizes[0] * sizes[1] + i / sizes[0]])];
    }
}
