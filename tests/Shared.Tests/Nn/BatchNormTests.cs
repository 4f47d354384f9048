using Pipeline.Nn;
using Pipeline.Nn.Layers;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class BatchNormTests
{
    [Theory, InlineData("batchnorm1d_train"), InlineData("batchnorm2d_train")]
    public void It_is_PyTorchs(string name)
    {
        var golden = new TorchGolden(name);
        int batch = golden.Batch("x");
        using var team = new Team(2);
        using var input = new Tensor(golden.Sample("x"), new Halo(1, 1), batch + 1);
        using var layer = new BatchNorm(input, isAffine: true, clamp: 0, Halo.None, team);
        golden.Values("weight").CopyTo(layer.Parameters[0].Values);
        golden.Values("bias").CopyTo(layer.Parameters[1].Values);
        input.WriteAll(golden.Samples("x"));
        layer.Forward(batch, new Pass(true, 1));
        TorchGolden.AssertClose(golden.Samples("y"), layer.Output.ReadAll(batch), 2e-6);
        layer.Output.WriteAll(golden.Samples("dy"));
        layer.Backward(batch);
        TorchGolden.AssertClose(golden.Samples("dx"), input.ReadAll(batch));
        TorchGolden.AssertClose(golden.Values("d_weight"), layer.Parameters[0].Gradient);
        TorchGolden.AssertClose(golden.Values("d_bias"), layer.Parameters[1].Gradient);
        TorchGolden.AssertClose(golden.Values("running_mean_after"), layer.Parameters[2].Values, 2e-6);
        TorchGolden.AssertClose(golden.Values("running_var_after"), layer.Parameters[3].Values, 2e-6);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 0.6f)]
    [InlineData(true, 0.9f)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    public void It_has_the_right_gradient(bool isAffine, float clamp) => new LayerProbe
    {
        Inputs = [new Shape(2, 5, 21)],
        Halo = new Halo(1, 2),
        Step = clamp > 0 ? 1e-4f : 1e-3f, // few values cross a limit within a small one
        Make = (inputs, team) => new BatchNorm(inputs[0], isAffine, clamp, new Halo(0, 1), team),
    }.Check();

    [Fact]
    public void Vectors_have_the_right_gradient() => new LayerProbe
    {
        Inputs = [Shape.Vector(37)],
        Batch = 9,
        Step = 1e-3f,
        Make = (inputs, team) => new BatchNorm(inputs[0], false, 4, Halo.None, team),
    }.Check();

    [Fact]
    public void Without_training_the_running_statistics_count_and_outputs_stay_within_the_limit()
    {
        using var team = new Team(1);
        using var input = new Tensor(Shape.Vector(3), Halo.None, 1, isData: true);
        using var layer = new BatchNorm(input, isAffine: false, clamp: 4, Halo.None, team);
        Assert.Equal(["mean", "variance"], layer.Parameters.Select(p => p.Name));
        float[] means = [1, 2, 3], variances = [4, 4, 4];
        means.CopyTo(layer.Parameters[0].Values);
        variances.CopyTo(layer.Parameters[1].Values);
        input.Write(0, [2, -20, float.NaN]);
        layer.Forward(1, Pass.Inference);
        Assert.Equal([0.5f, -4, float.NaN], layer.Output.ReadAll(1), (a, b) => a.Equals(b) || Math.Abs(a - b) < 1e-5f);
        layer.Output.AssertZeroAround(1);
        Assert.Equal(means, layer.Parameters[0].Values.ToArray());
    }
}
