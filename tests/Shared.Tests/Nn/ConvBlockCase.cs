using Pipeline.Nn;
using Pipeline.Nn.Layers;

namespace Pipeline.Tests.Nn;

/// <summary>A block with random weights, what goes into it in both directions, and its reference.</summary>
internal sealed record ConvBlockCase(Shape Input, ConvSettings Settings)
{
    private const uint Seed = 77;

    public int Batch { get; init; } = 3;

    /// <summary>Samples that the tensors have room for beyond the batch: a pass over all of them comes first.</summary>
    public int Spare { get; init; }

    public Halo MoreHalo { get; init; }

    public Halo OutputHalo { get; init; } = new(1, 2);

    /// <summary>Whether the input is a tensor of several places made flat.</summary>
    public bool IsFlat { get; init; }

    public bool IsData { get; init; }

    /// <summary>Runs a forward and a backward pass for training, and one for inference behind them.</summary>
    public ConvBlockResult Run(int threads)
    {
        using var team = new Team(threads);
        using Tensor tensor = MakeInput();
        using Tensor input = IsFlat ? tensor.Flat() : tensor;
        using var block = new ConvBlock(input, Settings, OutputHalo, team);
        Dictionary<string, float[]> values = Values(block);
        if (Spare > 0)
        {
            // Leaves behind what a smaller batch must not see.
            input.WriteAll(Numbers((Batch + Spare) * input.Shape.Count, 20));
            block.Forward(Batch + Spare, new Pass(true, 1));
            block.Output.WriteAll(Numbers((Batch + Spare) * block.Output.Shape.Count, 21));
            block.Backward(Batch + Spare);
        }

        foreach (Parameter parameter in block.Parameters)
        {
            values[parameter.Name].CopyTo(parameter.Values);
        }

        input.WriteAll(X());
        block.Forward(Batch, new Pass(true, Seed));
        float[] output = block.Output.ReadAll(Batch);
        block.Output.AssertZeroAround(Batch);
        float[] running = block.Parameters.Where(p => !p.IsTrained).SelectMany(p => p.Values.ToArray()).ToArray();
        block.Output.WriteAll(Gradient(block.Output.Shape));
        block.Backward(Batch);
        tensor.AssertZeroAround(Batch);
        float[] gradient = input.ReadAll(Batch);
        var gradients = block.Parameters.Where(p => p.IsTrained).ToDictionary(p => p.Name, p => p.Gradient.ToArray());

        input.WriteAll(X());
        block.Forward(Batch, Pass.Inference);
        block.Output.AssertZeroAround(Batch);
        return new ConvBlockResult(output, gradient, gradients, running, block.Output.ReadAll(Batch));
    }

    /// <summary>The same by the reference.</summary>
    public ConvBlockResult RunReference()
    {
        ConvBlockReference block = Reference();
        double[] output = block.Forward(Doubles(X()), true, Masks());
        float[] running = Settings.Norm == Norm.None ? [] : Floats([.. block.Mean, .. block.Variance]);
        double[] gradient = block.Backward(Doubles(Gradient(Settings.OutputOf(BlockInput))));
        var gradients = new Dictionary<string, float[]>
        {
            ["weight"] = Floats(block.WeightGradient),
            ["bias"] = Floats(block.BiasGradient),
            ["scale"] = Floats(block.ScaleGradient),
            ["shift"] = Floats(block.ShiftGradient),
        };
        return new ConvBlockResult(Floats(output), Floats(gradient), gradients, running, Floats(block.Forward(Doubles(X()), false)));
    }

    /// <summary>The reference with this case's parameters.</summary>
    public ConvBlockReference Reference()
    {
        using var team = new Team(1);
        using Tensor tensor = MakeInput();
        using Tensor input = IsFlat ? tensor.Flat() : tensor;
        using var block = new ConvBlock(input, Settings, OutputHalo, team);
        Dictionary<string, float[]> values = Values(block);
        double[] Of(string name) => Doubles(values.GetValueOrDefault(name) ?? new float[Settings.Filters]);
        return new ConvBlockReference(BlockInput, Settings)
        {
            Weight = Of("weight"),
            Bias = Of("bias"),
            Scale = Of("scale"),
            Shift = Of("shift"),
            Mean = Of("mean"),
            Variance = Of("variance"),
        };
    }

    public float[] X() => Numbers(Batch * Input.Count, 1);

    public float[] Gradient(Shape output) => Numbers(Batch * output.Count, 2);

    public static double[] Doubles(float[] values) => [.. values.Select(value => (double)value)];

    private static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];

    private Shape BlockInput => IsFlat ? Shape.Vector(Input.Count) : Input;

    private Tensor MakeInput()
    {
        Halo kernel = Halo.Of(Settings.KernelHeight, Settings.KernelWidth);
        return new Tensor(Input, new Halo(kernel.Lines + MoreHalo.Lines, kernel.Columns + MoreHalo.Columns), Batch + Spare, IsData);
    }

    private static Dictionary<string, float[]> Values(ConvBlock block)
    {
        var values = new Dictionary<string, float[]>();
        foreach (Parameter parameter in block.Parameters)
        {
            float[] numbers = Numbers(parameter.Length, 10 + values.Count);
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = parameter.Name switch
                {
                    "weight" => numbers[i] / MathF.Sqrt((float)parameter.Length / parameter.Shape[^1]),
                    "scale" => numbers[i] + (i % 3 == 0 ? -1 : 1),
                    "variance" => 1 + numbers[i],
                    _ => numbers[i] / 2,
                };
            }

            values.Add(parameter.Name, numbers);
        }

        return values;
    }

    // What the block's dropout multiplies by: its random numbers are counted by the output's floats.
    public double[]? Masks()
    {
        if (Settings.Dropout == 0)
        {
            return null;
        }

        Shape shape = Settings.OutputOf(BlockInput);
        using var output = new Tensor(shape, OutputHalo, Batch + Spare);
        double[] masks = new double[Batch * shape.Count];
        for (int i = 0; i < masks.Length; i++)
        {
            (int sample, int place) = Math.DivRem(i / shape.Channels, shape.Places);
            uint counter = (uint)(output.Row(sample, place / shape.Width, place % shape.Width) * output.Pitch + i % shape.Channels);
            bool isKept = CounterHash.Of(Seed, counter) >= Settings.Dropout * 4294967296.0;
            masks[i] = isKept ? 1 / (1 - Settings.Dropout) : 0;
        }

        return masks;
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 2)];
    }
}
