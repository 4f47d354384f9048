using Pipeline.Nn;
using Pipeline.Nn.Layers;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class PoolTests
{
    [Fact]
    public void Greatest_of_two_are_PyTorchs() => CheckGolden("maxpool1d_2", (input, team) => new Pool(input, new PoolSettings { Width = 2 }, Halo.None, team));

    [Fact]
    public void The_mean_of_all_places_is_PyTorchs() => CheckGolden("avgpool_global", (input, team) => new GlobalPool(input, GlobalPoolKind.Mean, Halo.None, team));

    [Theory]
    [InlineData(PoolKind.Max, 1, 3)]
    [InlineData(PoolKind.Max, 3, 2)]
    [InlineData(PoolKind.Mean, 2, 4)]
    [InlineData(PoolKind.Mean, 1, 1)]
    [InlineData(PoolKind.First, 2, 2)]
    [InlineData(PoolKind.First, 3, 4)]
    public void Any_window_has_the_right_gradient(PoolKind kind, int height, int width) => new LayerProbe
    {
        Inputs = [new Shape(7, 9, 19)],
        Halo = new Halo(1, 2),
        Step = kind == PoolKind.Max ? 5e-5f : 5e-3f,
        Make = (inputs, team) => new Pool(inputs[0], new PoolSettings { Kind = kind, Height = height, Width = width }, new Halo(2, 1), team),
    }.Check();

    [Theory]
    [InlineData(GlobalPoolKind.Mean)]
    [InlineData(GlobalPoolKind.Max)]
    [InlineData(GlobalPoolKind.MeanAndMax)]
    [InlineData(GlobalPoolKind.Statistics)]
    public void All_places_have_the_right_gradient(GlobalPoolKind kind) => new LayerProbe
    {
        Inputs = [new Shape(3, 5, 83)],
        Halo = new Halo(1, 2),
        Step = kind == GlobalPoolKind.Mean ? 5e-3f : 5e-5f,
        Make = (inputs, team) => new GlobalPool(inputs[0], kind, new Halo(0, 1), team),
    }.Check();

    [Fact]
    public void Windows_keep_what_their_kind_says_and_leave_out_what_fills_none()
    {
        float[] values = [1, 5, 2, 8, 3, 4, 7, 6, 9, 0, 11, 10, -1, -2, -3]; // three lines of five
        Assert.Equal([7, 9], Pooled(PoolKind.Max, values));
        Assert.Equal([4.25f, 5.75f], Pooled(PoolKind.Mean, [1, 5, 2, 8, 3, 4, 7, 6, 7, 0, 11, 10, -1, -2, -3]));
        Assert.Equal([1, 2, 3, 11, -1, -3], Pooled(PoolKind.First, values));
    }

    [Fact]
    public void Statistics_are_mean_deviation_and_greatest_of_data_that_is_not_filled_up_too()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 4, 3), Halo.None, 2, isData: true);
        input.Write(0, [1, 10, -1, 2, 10, -2, 3, 10, -3, 6, 10, -4]);
        using var layer = new GlobalPool(input, GlobalPoolKind.Statistics, Halo.None, team);
        layer.Forward(1, Pass.Inference);

        Assert.Equal([3, 10, -2.5f, 1.870829f, 0.001f, 1.118034f, 6, 10, -1], layer.Output.ReadAll(1), (a, b) => Math.Abs(a - b) < 1e-5f);
        layer.Output.AssertZeroAround(1);
    }

    [Fact]
    public void What_is_no_number_is_the_greatest()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 4, 1), Halo.None, 1);
        input.Write(0, [1, float.NaN, 3, 2]);
        using var some = new Pool(input, new PoolSettings { Width = 2 }, Halo.None, team);
        using var all = new GlobalPool(input, GlobalPoolKind.Max, Halo.None, team);
        some.Forward(1, Pass.Inference);
        all.Forward(1, Pass.Inference);

        Assert.Equal([float.NaN, 3], some.Output.ReadAll(1));
        Assert.Equal([float.NaN], all.Output.ReadAll(1));
    }

    [Fact]
    public void Long_samples_lose_no_digits()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 20_000, 1), Halo.None, 1);
        input.Write(0, [.. Enumerable.Range(0, 20_000).Select(i => 100 + i % 2 * 0.01f)]);
        using var layer = new GlobalPool(input, GlobalPoolKind.Statistics, Halo.None, team);
        layer.Forward(1, Pass.Inference);

        Assert.Equal(100.005, layer.Output.ReadAll(1)[0], 1e-4);
        Assert.Equal(Math.Sqrt(0.005 * 0.005 + GlobalPool.Epsilon), layer.Output.ReadAll(1)[1], 1e-4);
    }

    [Fact]
    public void A_window_greater_than_a_sample_is_refused()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 4, 1), Halo.None, 1);
        Assert.Throws<ArgumentException>(() => new Pool(input, new PoolSettings { Width = 5 }, Halo.None, team));
        using var flat = new Pool(input, new PoolSettings { Kind = PoolKind.First, Width = 5 }, Halo.None, team);
        Assert.Equal(1, flat.Output.Shape.Width);
        Assert.Throws<ArgumentException>(() => new Pool(flat.Output.Flat(), new PoolSettings { Height = 0 }, Halo.None, team));
    }

    private static float[] Pooled(PoolKind kind, float[] values)
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(3, 5, 1), Halo.None, 1, isData: true);
        input.Write(0, values);
        using var layer = new Pool(input, new PoolSettings { Kind = kind, Height = 2, Width = 2 }, new Halo(1, 1), team);
        layer.Forward(1, Pass.Inference);
        layer.Output.AssertZeroAround(1);
        return layer.Output.ReadAll(1);
    }

    private static void CheckGolden(string name, Func<Tensor, Team, ILayer> make)
    {
        var golden = new TorchGolden(name);
        int batch = golden.Batch("x");
        using var team = new Team(2);
        using var input = new Tensor(golden.Sample("x"), new Halo(0, 1), batch);
        using ILayer layer = make(input, team);
        input.WriteAll(golden.Samples("x"));
        layer.Forward(batch, new Pass(true, 1));
        TorchGolden.AssertClose(golden.Samples("y"), layer.Output.ReadAll(batch), 1e-6);
        layer.Output.WriteAll(golden.Samples("dy"));
        layer.Backward(batch);
        TorchGolden.AssertClose(golden.Samples("dx"), input.ReadAll(batch), 1e-6);
    }
}
