using Pipeline.Nn;
using Pipeline.Nn.Layers;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class ElementwiseLayerTests
{
    [Theory]
    [InlineData(ActivationKind.Relu)]
    [InlineData(ActivationKind.Gelu)]
    public void Activations_have_the_right_gradient(ActivationKind kind) => new LayerProbe
    {
        Inputs = [new Shape(3, 50, 37)],
        Halo = new Halo(1, 2),
        Step = kind == ActivationKind.Relu ? 2e-5f : 5e-3f,
        Make = (inputs, team) => new Activation(inputs[0], kind, new Halo(0, 1), team),
    }.Check();

    [Fact]
    public void Gelu_is_PyTorchs_default()
    {
        // torch.nn.functional.gelu of PyTorch 1.13.1
        float[] expected = [-0.0040496886f, -0.15865525f, 0, 0.34573123f, 0.84134474f, 2.9959502f];
        Assert.Equal(expected, Activated(ActivationKind.Gelu, [-3, -1, 0, 0.5f, 1, 3]), (a, b) => Math.Abs(a - b) < 3e-7f);
    }

    [Fact]
    public void Relu_keeps_what_is_positive_or_no_number() =>
        Assert.Equal([0, 0, float.NaN, 2], Activated(ActivationKind.Relu, [-3, 0, float.NaN, 2]));

    [Fact]
    public void Dropout_has_the_right_gradient() => new LayerProbe
    {
        Inputs = [new Shape(3, 50, 37)],
        Halo = new Halo(1, 2),
        Make = (inputs, team) => new Dropout(inputs[0], 0.4f, new Halo(0, 1), team),
    }.Check();

    [Fact]
    public void Dropout_drops_the_share_by_the_seed_in_training_alone()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 1000, 20), Halo.None, 1, isData: true);
        float[] ones = [.. Enumerable.Repeat(1f, 20_000)];
        input.Write(0, ones);
        using var layer = new Dropout(input, 0.25f, Halo.None, team);

        layer.Forward(1, new Pass(true, 5));
        float[] first = layer.Output.ReadAll(1);
        Assert.InRange(first.Count(v => v == 0), 4700, 5300);
        Assert.All(first, v => Assert.True(v is 0 or (4f / 3)));
        layer.Forward(1, new Pass(true, 6));
        Assert.NotEqual(first, layer.Output.ReadAll(1));
        layer.Forward(1, Pass.Inference);
        Assert.Equal(ones, layer.Output.ReadAll(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(input, 1, Halo.None, team));
    }

    [Fact]
    public void Concatenation_has_the_right_gradient() => new LayerProbe
    {
        Inputs = [new Shape(2, 30, 5), new Shape(2, 30, 16), new Shape(2, 30, 21)],
        Halo = new Halo(1, 2),
        Make = (inputs, team) => new Concat(inputs, new Halo(0, 1), team),
    }.Check();

    [Fact]
    public void Concatenation_takes_data_and_flat_tensors_and_leaves_data_alone()
    {
        using var team = new Team(1);
        using var data = new Tensor(Shape.Vector(3), Halo.None, 2, isData: true);
        using var picture = new Tensor(new Shape(2, 1, 2), Halo.None, 2);
        data.WriteAll([1, 2, 3]);
        picture.WriteAll([4, 5, 6, 7]);
        using var layer = new Concat([data, picture.Flat()], Halo.None, team);

        layer.Forward(1, Pass.Inference);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], layer.Output.ReadAll(1));
        layer.Output.WriteAll([-1, -2, -3, -4, -5, -6, -7]);
        layer.Backward(1);
        Assert.Equal([1, 2, 3], data.ReadAll(1));
        Assert.Equal([-4, -5, -6, -7], picture.ReadAll(1));
        Assert.Throws<ArgumentException>(() => new Concat([data, picture], Halo.None, team));
    }

    private static float[] Activated(ActivationKind kind, float[] values)
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 2, values.Length / 2), Halo.None, 1, isData: true);
        input.Write(0, values);
        using var layer = new Activation(input, kind, new Halo(0, 1), team);
        layer.Forward(1, Pass.Inference);
        layer.Output.AssertZeroAround(1);
        return layer.Output.ReadAll(1);
    }
}
