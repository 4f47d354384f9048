using Pipeline.Nn;
using Pipeline.Nn.Layers;
using Xunit;

namespace Pipeline.Tests.Nn;

public sealed class ConvBlockTests
{
    private static readonly ConvSettings Plain = new() { Filters = 16 };
    private static readonly ConvSettings Usual = new() { Filters = 16, KernelWidth = 3, Norm = Norm.BeforeActivation, Relu = true, PoolWidth = 2 };
    private static readonly ConvSettings Picture = Usual with { KernelHeight = 3, PoolHeight = 2 };

    private static readonly Dictionary<string, ConvBlockCase> Cases = new()
    {
        ["a sequence, an odd column left over"] = new(new(1, 23, 3), Usual with { KernelWidth = 5 }),
        ["a picture, odd sides"] = new(new(11, 13, 1), Picture),
        ["a picture, even sides"] = new(new(8, 12, 3), Picture),
        ["normalised behind the activation"] = new(new(11, 13, 16), Picture with { Filters = 28, Norm = Norm.AfterActivation, Dropout = 0.3f }),
        ["normalised without an activation"] = new(new(1, 30, 16), Usual with { Norm = Norm.AfterActivation, Relu = false }),
        ["not normalised, with dropout"] = new(new(1, 31, 28), Usual with { Filters = 100, Norm = Norm.None, Dropout = 0.5f }),
        ["normalised, with dropout"] = new(new(5, 31, 28), Picture with { Filters = 100, Dropout = 0.3f }),
        ["a convolution alone"] = new(new(7, 9, 3), Plain with { Filters = 10, KernelHeight = 3, KernelWidth = 5 }),
        ["a kernel of one place"] = new(new(4, 9, 100), Plain with { Norm = Norm.BeforeActivation }),
        ["lines pooled, columns not"] = new(new(7, 9, 3), Picture with { PoolWidth = 1 }),
        ["no pooling"] = new(new(7, 9, 3), Picture with { PoolHeight = 1, PoolWidth = 1, Filters = 48 }),
        ["a larger halo"] = new(new(6, 9, 3), Picture) { MoreHalo = new(1, 3) },
        ["a halo that nobody needs"] = new(new(4, 6, 3), Plain with { PoolWidth = 2 }) { MoreHalo = new(1, 1) },
        ["fewer samples than there is room for"] = new(new(6, 9, 3), Picture with { Dropout = 0.3f }) { Spare = 4 },
        ["fewer vectors than there is room for"] = new(Shape.Vector(28), Plain with { Relu = true }) { Spare = 40, Batch = 5 },
        ["data of one channel"] = new(new(9, 14, 1), Picture) { IsData = true },
        ["data of three channels"] = new(new(1, 40, 3), Usual with { KernelWidth = 7 }) { IsData = true, Spare = 2 },
        ["data of 28 channels"] = new(new(1, 40, 28), Usual with { Filters = 112 }) { IsData = true },
        ["a dense layer"] = new(Shape.Vector(19), Plain with { Filters = 11 }) { OutputHalo = Halo.None, Batch = 5 },
        ["a dense layer with everything"] = new(Shape.Vector(100), Plain with { Filters = 200, Norm = Norm.BeforeActivation, Relu = true, Dropout = 0.4f }) { OutputHalo = Halo.None, Batch = 33 },
        ["a flat tensor"] = new(new(1, 7, 20), Plain with { Filters = 30, Relu = true }) { IsFlat = true, Batch = 7 },
        ["a flat tensor, many samples"] = new(new(3, 2, 16), Plain with { Filters = 64, Norm = Norm.BeforeActivation }) { IsFlat = true, Batch = 40, Spare = 3 },
        ["a vector with a halo"] = new(Shape.Vector(5), Plain with { KernelHeight = 3, KernelWidth = 3 }) { Batch = 4 },
        ["a batch of one"] = new(new(1, 50, 16), Usual with { Filters = 112 }) { Batch = 1 },
        ["several chunks and slices"] = new(new(1, 500, 4), Usual with { Filters = 80, Dropout = 0.3f }) { Batch = 9 },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    // Those that are quick enough for many passes.
    public static TheoryData<string> SmallNames => [.. Cases.Where(c => c.Value.Batch * c.Value.Input.Count * c.Value.Settings.Filters < 60_000).Select(c => c.Key)];

    [Theory, MemberData(nameof(Names))]
    public void A_block_computes_what_its_reference_does(string name)
    {
        ConvBlockCase block = Cases[name];
        ConvBlockResult expected = block.RunReference(), actual = block.Run(2);
        TorchGolden.AssertClose(expected.Output, actual.Output);
        TorchGolden.AssertClose(block.IsData ? block.X() : expected.InputGradient, actual.InputGradient, 2e-5);
        foreach ((string parameter, float[] gradient) in actual.Gradients)
        {
            // That of a bias right before a normalisation is a sum that comes to nothing.
            TorchGolden.AssertClose(expected.Gradients[parameter], gradient, 2e-5, least: 1);
        }

        TorchGolden.AssertClose(expected.Running, actual.Running);
        TorchGolden.AssertClose(expected.Inferred, actual.Inferred);
    }

    [Theory, MemberData(nameof(SmallNames))]
    public void Gradients_are_finite_differences(string name)
    {
        ConvBlockCase block = Cases[name];
        ConvBlockResult result = block.RunReference();
        double[] x = ConvBlockCase.Doubles(block.X());
        double[] direction = ConvBlockCase.Doubles(block.Gradient(new Shape(1, 1, result.Output.Length / block.Batch)));
        ConvBlockReference reference = block.Reference();
        Check(x, result.InputGradient);
        Check(reference.Weight, result.Gradients["weight"]);
        Check(reference.Bias, block.Settings.Norm == Norm.BeforeActivation ? [] : result.Gradients["bias"]);
        Check(reference.Scale, result.Gradients["scale"]);
        Check(reference.Shift, result.Gradients["shift"]);

        // The loss is the output's product with the gradient that went into the backward pass.
        double Loss() => reference.Forward(x, true, block.Masks()).Zip(direction, (a, b) => a * b).Sum();

        void Check(double[] numbers, float[] gradient)
        {
            const double step = 1e-6;
            double greatest = gradient.Select(Math.Abs).DefaultIfEmpty().Max();
            for (int i = 0; i < gradient.Length; i += Math.Max(1, gradient.Length / 7))
            {
                double before = numbers[i];
                numbers[i] = before + step;
                double above = Loss();
                numbers[i] = before - step;
                double below = Loss();
                numbers[i] = before;
                Assert.Equal((above - below) / (2 * step), gradient[i], 1e-5 * greatest + 1e-7);
            }
        }
    }

    [Theory]
    [InlineData("several chunks and slices")]
    [InlineData("normalised, with dropout")]
    [InlineData("a dense layer with everything")]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        ConvBlockResult expected = Cases[name].Run(1);
        foreach (int threads in (int[])[2, 3, 7])
        {
            ConvBlockResult actual = Cases[name].Run(threads);
            Assert.Equal(expected.Output, actual.Output);
            Assert.Equal(expected.InputGradient, actual.InputGradient);
            Assert.Equal(expected.Gradients, actual.Gradients);
            Assert.Equal(expected.Running, actual.Running);
            Assert.Equal(expected.Inferred, actual.Inferred);
        }
    }

    [Theory, InlineData(16), InlineData(80)]
    public void Variances_are_right_where_means_are_a_thousand_deviations_from_zero(int channels)
    {
        var shape = new Shape(1, 100, channels);
        float[] values = [.. Enumerable.Range(0, 8 * shape.Count).Select(i => 1000 + (CounterHash.Share(1, (uint)i) - 0.5f) * MathF.Sqrt(12))];
        using var team = new Team(1);
        using var input = new Tensor(shape, Halo.None, 8);
        using var block = new ConvBlock(input, Plain with { Filters = channels, Norm = Norm.BeforeActivation, Momentum = 1 }, Halo.None, team);
        for (int c = 0; c < channels; c++)
        {
            block.Parameters.Single(p => p.Name == "weight").Values[c * channels + c] = 1;
        }

        input.WriteAll(values);
        block.Forward(8, new Pass(true, 1));
        Span<float> variances = block.Parameters.Single(p => p.Name == "variance").Values;
        for (int c = 0; c < channels; c++)
        {
            double[] own = [.. values.Where((_, i) => i % channels == c).Select(v => (double)v)];
            double mean = own.Average(), variance = own.Sum(v => (v - mean) * (v - mean)) / (own.Length - 1);
            Assert.Equal(variance, variances[c], 1e-4 * variance);
        }
    }

    [Fact]
    public void A_single_place_leaves_the_running_variance_alone()
    {
        using var team = new Team(1);
        using var input = new Tensor(Shape.Vector(3), Halo.None, 2);
        using var block = new ConvBlock(input, Plain with { Norm = Norm.BeforeActivation }, Halo.None, team);
        input.WriteAll([1, 2, 3]);
        block.Forward(1, new Pass(true, 1));
        Assert.All(block.Parameters.Single(p => p.Name == "variance").Values.ToArray(), v => Assert.Equal(1, v));
    }

    [Fact]
    public void A_larger_batch_without_its_way_back_has_no_part_in_the_next_gradient()
    {
        float[] once = Gradient(isAfterLarger: false);
        Assert.Equal(once, Gradient(isAfterLarger: true));

        static float[] Gradient(bool isAfterLarger)
        {
            var shape = new Shape(4, 5, 3);
            float[] values = [.. Enumerable.Range(0, 3 * shape.Count).Select(i => CounterHash.Share(2, (uint)i))];
            using var team = new Team(1);
            using var input = new Tensor(shape, Halo.Of(3, 3), 3);
            using var block = new ConvBlock(input, Plain with { KernelHeight = 3, KernelWidth = 3 }, Halo.None, team);
            foreach (Parameter parameter in block.Parameters)
            {
                parameter.Values.Fill(0.1f);
            }

            input.WriteAll(values);
            if (isAfterLarger)
            {
                block.Forward(3, new Pass(true, 1));
            }

            block.Forward(1, new Pass(true, 1));
            block.Output.WriteAll([.. Enumerable.Repeat(1f, block.Output.Shape.Count)]);
            block.Backward(1);
            return input.ReadAll(1);
        }
    }

    [Fact]
    public void A_block_may_be_disposed_of_twice()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 9, 3), Halo.None, 1);
        var block = new ConvBlock(input, Plain, Halo.None, team);
        block.Forward(1, Pass.Inference);
        block.Dispose();
        block.Dispose();
    }

    [Theory, InlineData("conv1d_k5_same"), InlineData("conv2d_k3_same"), InlineData("linear")]
    public void A_convolution_is_PyTorch_s(string name)
    {
        var golden = new TorchGolden(name);
        int[] sizes = golden.Sizes("weight");
        var settings = new ConvSettings { Filters = sizes[0], KernelHeight = sizes.Length > 3 ? sizes[2] : 1, KernelWidth = sizes.Length > 2 ? sizes[^1] : 1 };
        Dictionary<string, float[]> actual = Run(golden, settings, ("weight", golden.Kernels("weight")), ("bias", golden.Values("bias")));
        TorchGolden.AssertClose(golden.Kernels("d_weight"), actual["d_weight"]);
        TorchGolden.AssertClose(golden.Values("d_bias"), actual["d_bias"]);
    }

    [Theory, InlineData("batchnorm1d_train"), InlineData("batchnorm2d_train")]
    public void Normalisation_is_PyTorch_s(string name)
    {
        var golden = new TorchGolden(name);
        var settings = new ConvSettings { Filters = golden.Sample("x").Channels, Norm = Norm.BeforeActivation };
        Dictionary<string, float[]> actual = Run(golden, settings, ("weight", Identity(settings.Filters)), ("scale", golden.Values("weight")), ("shift", golden.Values("bias")));
        TorchGolden.AssertClose(golden.Values("d_weight"), actual["d_scale"]);
        TorchGolden.AssertClose(golden.Values("d_bias"), actual["d_shift"]);
        TorchGolden.AssertClose(golden.Values("running_mean_after"), actual["mean"]);
        TorchGolden.AssertClose(golden.Values("running_var_after"), actual["variance"]);
    }

    [Fact]
    public void The_greatest_of_neighbours_is_PyTorch_s()
    {
        var golden = new TorchGolden("maxpool1d_2");
        int channels = golden.Sample("x").Channels;
        Run(golden, new ConvSettings { Filters = channels, PoolWidth = 2 }, ("weight", Identity(channels)));
    }

    [Theory]
    [InlineData(1, 1, Norm.None)]
    [InlineData(1, 2, Norm.None)]
    [InlineData(2, 1, Norm.None)]
    [InlineData(2, 2, Norm.None)]
    [InlineData(2, 2, Norm.BeforeActivation)]
    [InlineData(2, 2, Norm.AfterActivation)]
    public void What_is_no_number_reaches_the_output(int poolHeight, int poolWidth, Norm norm)
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(2, 2, 1), Halo.None, 1);
        using var block = new ConvBlock(input, Plain with { Filters = 1, Relu = true, Norm = norm, PoolHeight = poolHeight, PoolWidth = poolWidth }, Halo.None, team);
        block.Parameters[0].Values.Fill(1);
        foreach (bool isTraining in (bool[])[false, true])
        {
            for (int place = 0; place < 4; place++)
            {
                float[] x = [1, 2, 3, 4];
                x[place] = float.NaN;
                input.Write(0, x);
                block.Forward(1, new Pass(isTraining, 0));
                Assert.Contains(block.Output.ReadAll(1), float.IsNaN);
            }
        }
    }

    [Fact]
    public void Dropout_drops_its_share_and_others_with_another_seed()
    {
        using var team = new Team(2);
        using var input = new Tensor(new Shape(1, 1000, 1), Halo.None, 4);
        using var block = new ConvBlock(input, Plain with { Filters = 32, Dropout = 0.3f }, Halo.None, team);
        block.Parameters[0].Values.Fill(1);
        float[] x = new float[4000];
        Array.Fill(x, 1);
        input.WriteAll(x);
        float[] Outputs(uint seed)
        {
            block.Forward(4, new Pass(true, seed));
            return block.Output.ReadAll(4);
        }

        float[] first = Outputs(1), again = Outputs(1), other = Outputs(2);
        Assert.Equal(0.3, first.Count(value => value == 0) / (double)first.Length, 0.01);
        Assert.Equal(1 / 0.7f, first.Max(), 1e-6);
        Assert.Equal(first, again);
        Assert.Equal(2 * 0.3 * 0.7, first.Zip(other, (a, b) => a == b ? 0.0 : 1).Average(), 0.01);
        block.Forward(4, Pass.Inference);
        Assert.All(block.Output.ReadAll(4), value => Assert.Equal(1, value));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        using var team = new Team(1);
        using var input = new Tensor(new Shape(1, 9, 1), Halo.None, 1);
        Assert.Throws<ArgumentException>(() => new ConvBlock(input, Usual, Halo.None, team)); // no halo for the kernel
        Assert.Throws<ArgumentException>(() => new ConvBlock(input, Plain with { KernelWidth = 2 }, Halo.None, team));
        Assert.Throws<ArgumentException>(() => new ConvBlock(input, Plain with { PoolHeight = 2 }, Halo.None, team)); // one line
        Assert.Throws<ArgumentException>(() => new ConvBlock(input, Plain with { PoolWidth = 3 }, Halo.None, team));
    }

    // Runs y and dx of a golden case through a block, and gives the gradients as d_NAME and the running statistics.
    private static Dictionary<string, float[]> Run(TorchGolden golden, ConvSettings settings, params (string Name, float[] Values)[] parameters)
    {
        int batch = golden.Batch("x");
        using var team = new Team(2);
        using var input = new Tensor(golden.Sample("x"), Halo.Of(settings.KernelHeight, settings.KernelWidth), batch);
        using var block = new ConvBlock(input, settings, Halo.None, team);
        foreach ((string name, float[] values) in parameters)
        {
            values.CopyTo(block.Parameters.Single(p => p.Name == name).Values);
        }

        input.WriteAll(golden.Samples("x"));
        block.Forward(batch, new Pass(true, 0));
        TorchGolden.AssertClose(golden.Samples("y"), block.Output.ReadAll(batch));
        block.Output.WriteAll(golden.Samples("dy"));
        block.Backward(batch);
        TorchGolden.AssertClose(golden.Samples("dx"), input.ReadAll(batch));
        return block.Parameters.ToDictionary(p => p.IsTrained ? "d_" + p.Name : p.Name, p => (p.IsTrained ? p.Gradient : p.Values).ToArray());
    }

    private static float[] Identity(int channels)
    {
        var weights = new float[channels * channels];
        for (int i = 0; i < channels; i++)
        {
            weights[i * channels + i] = 1;
        }

        return weights;
    }
}
