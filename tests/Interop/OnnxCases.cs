using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Tests.Interop;

/// <summary>Networks with every kind of layer that a model can have.</summary>
internal static class OnnxCases
{
    private static readonly Shape Vector = Shape.Vector(7), Sequence = new(1, 13, 6), Picture = new(9, 11, 3);

    /// <summary>Writes them all, and gives their number.</summary>
    public static int Write(string folder)
    {
        Directory.CreateDirectory(folder);
        OnnxCase[] all = [.. Blocks(), .. Pointwise(), .. Places(), .. Recurrent(), .. Several()];
        Array.ForEach(all, one => one.Write(folder));
        return all.Length;
    }

    private static IEnumerable<OnnxCase> Blocks()
    {
        foreach (Norm norm in Enum.GetValues<Norm>())
        {
            var line = new ConvSettings { Filters = 10, KernelWidth = 5, Norm = norm, Relu = true, PoolWidth = 2, Epsilon = 1e-3f };
            yield return Network($"conv-1d-{norm}", Sequence, line, line with { Filters = 17, KernelWidth = 3 });
            var square = new ConvSettings { Filters = 5, KernelHeight = 3, KernelWidth = 5, Norm = norm, Relu = true, PoolHeight = 2, PoolWidth = 2 };
            yield return Network($"conv-2d-{norm}", Picture, square, square with { Filters = 18, KernelWidth = 3, PoolHeight = 1 });
            yield return Network($"dense-{norm}", Vector, new ConvSettings { Filters = 20, Norm = norm, Relu = true }, new ConvSettings { Filters = 4, Norm = norm });
        }
    }

    // Convolutions, if any; then one dense layer and its softmax.
    private static OnnxCase Network(string name, Shape shape, params ConvSettings[] blocks)
    {
        var made = new OnnxCase(name);
        (OnnxValue x, float[][] samples) = made.Input("input", shape);
        ConvSettings[] last = [new ConvSettings { Filters = 6 }];
        (x, samples) = shape.Places > 1 ? made.Run(x, samples, blocks, last) : made.Run(x, samples, [], [.. blocks, .. last]);
        made.Output("logits", x, samples);
        made.Output("probabilities", made.Network.Softmax(x), samples.Select(OnnxPlain.Softmax));
        return made;
    }

    private static IEnumerable<OnnxCase> Pointwise()
    {
        foreach ((string kind, Shape shape) in Kinds)
        {
            int channels = shape.Channels;
            yield return One($"relu-{kind}", shape, (made, x) => (made.Network.Relu(x), sample => Array.ConvertAll(sample, value => Math.Max(0, value))));
            yield return One($"gelu-{kind}", shape, (made, x) => (made.Network.Gelu(x), OnnxPlain.Gelu));
            yield return One($"layer-norm-{kind}", shape, (made, x) =>
            {
                float[] scale = made.Draw(channels), shift = made.Draw(channels);
                return (made.Network.LayerNorm(x, scale, shift, 1e-5f), sample => OnnxPlain.LayerNorm(sample, scale, shift, 1e-5f));
            });
            yield return One($"normalise-channels-{kind}", shape, (made, x) =>
            {
                float[] mean = made.Draw(channels), deviation = made.DrawPositive(channels);
                OnnxValue y = made.Network.Normalise(x, Shape.Vector(channels), mean, deviation);
                return (y, sample => [.. sample.Select((value, i) => (value - mean[i % channels]) / deviation[i % channels])]);
            });
            yield return One($"normalise-all-{kind}", shape, (made, x) =>
            {
                float[] mean = made.Draw(shape.Count), deviation = made.DrawPositive(shape.Count);
                OnnxValue y = made.Network.Normalise(x, shape, mean, deviation);
                return (y, sample => [.. sample.Select((value, i) => (value - mean[i]) / deviation[i])]);
            });
        }

        yield return One("normalise-lines", Picture, (made, x) =>
        {
            float[] mean = made.Draw(Picture.Height), deviation = made.DrawPositive(Picture.Height);
            int line = Picture.Width * Picture.Channels;
            OnnxValue y = made.Network.Normalise(x, new Shape(Picture.Height, 1, 1), mean, deviation);
            return (y, sample => [.. sample.Select((value, i) => (value - mean[i / line]) / deviation[i / line])]);
        });
    }

    private static IEnumerable<OnnxCase> Places()
    {
        foreach ((string kind, Shape shape) in Kinds.Skip(1))
        {
            int height = shape.Height > 1 ? 2 : 1, channels = shape.Channels;
            yield return One($"max-pool-{kind}", shape, (made, x) =>
                (made.Network.MaxPool(x, height, 3), sample => OnnxPlain.Pool(sample, shape, height, 3, Enumerable.Max)));
            yield return One($"average-pool-{kind}", shape, (made, x) =>
                (made.Network.AveragePool(x, height, 4), sample => OnnxPlain.Pool(sample, shape, height, 4, Enumerable.Average)));
            yield return One($"stride-{kind}", shape, (made, x) => (made.Network.Pick(x, height, 3), sample => OnnxPlain.Pick(sample, shape, height, 3)));
            yield return One($"flatten-{kind}", shape, (made, x) => (made.Network.Flatten(x), sample => sample));
            yield return One($"global-{kind}", shape, (made, x) =>
            {
                OnnxNetwork network = made.Network;
                return (network.Concat(network.GlobalMean(x), network.GlobalMax(x), network.GlobalDeviation(x, 1e-5f)), sample =>
                [
                    .. OnnxPlain.Pool(sample, shape, shape.Height, shape.Width, Enumerable.Average),
                    .. OnnxPlain.Pool(sample, shape, shape.Height, shape.Width, Enumerable.Max),
                    .. OnnxPlain.Pool(sample, shape, shape.Height, shape.Width, values => OnnxPlain.Deviation(values, 1e-5f)),
                ]);
            });
            yield return One($"attention-{kind}", shape, (made, x) =>
            {
                float[] weight = made.Draw(channels * 5), bias = made.Draw(5), query = made.Draw(5, 3);
                return (made.Network.AttentionPool(x, weight, bias, query), sample => OnnxPlain.AttentionPool(sample, channels, weight, bias, query));
            });
        }
    }

    private static IEnumerable<OnnxCase> Recurrent()
    {
        foreach (bool backwards in (bool[])[false, true])
        {
            foreach (bool lastOnly in (bool[])[false, true])
            {
                yield return One($"gru-{(backwards ? "backwards" : "forwards")}-{(lastOnly ? "last" : "all")}", Sequence, (made, x) =>
                {
                    const int Units = 4;
                    float[] weightIn = made.Draw(3 * Units * Sequence.Channels), weightState = made.Draw(3 * Units * Units);
                    float[] biasIn = made.Draw(3 * Units), biasState = made.Draw(3 * Units);
                    OnnxValue y = made.Network.Gru(x, weightIn, weightState, biasIn, biasState, backwards, lastOnly);
                    return (y, sample => OnnxPlain.Gru(sample, Sequence.Channels, weightIn, weightState, biasIn, biasState, backwards, lastOnly));
                });
            }
        }
    }

    // Two inputs, each with a branch of its own, that meet in a dense layer.
    private static IEnumerable<OnnxCase> Several()
    {
        var made = new OnnxCase("two-inputs");
        (OnnxValue x, float[][] sounds) = made.Input("sound", Sequence);
        (OnnxValue z, float[][] numbers) = made.Input("numbers", Vector);
        (x, sounds) = made.Run(x, sounds, [new ConvSettings { Filters = 6, KernelWidth = 3, Relu = true, PoolWidth = 2 }], [new ConvSettings { Filters = 5 }]);
        (z, numbers) = made.Run(z, numbers, [], [new ConvSettings { Filters = 4, Relu = true }]);
        float[][] both = [.. sounds.Zip(numbers, (sound, number) => (float[])[.. sound, .. number])];
        (OnnxValue y, float[][] results) = made.Run(made.Network.Concat(x, z), both, [], [new ConvSettings { Filters = 3 }]);
        made.Output("logits", y, results);
        yield return made;
    }

    private static (string Kind, Shape Shape)[] Kinds => [("vector", Vector), ("sequence", Sequence), ("picture", Picture)];

    private static OnnxCase One(string name, Shape shape, Func<OnnxCase, OnnxValue, (OnnxValue Y, Func<float[], float[]> Plain)> layer)
    {
        var made = new OnnxCase(name);
        (OnnxValue x, float[][] samples) = made.Input("input", shape);
        (OnnxValue y, Func<float[], float[]> plain) = layer(made, x);
        made.Output("output", y, samples.Select(plain));
        return made;
    }
}
