using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;
using Pipeline.Tests.Models;

namespace Pipeline.Tests.Interop;

/// <summary>Networks with every kind of layer that a model can have.</summary>
internal static class OnnxCases
{
    private static readonly Shape Vector = Shape.Vector(7), Sequence = new(1, 13, 6), Picture = new(9, 11, 3);

    /// <summary>Writes them all, and gives their number.</summary>
    public static int Write(string folder)
    {
        Directory.CreateDirectory(folder);
        OnnxCase[] all = [.. Blocks(), .. Normalisations(), .. Layers(), .. Several(), .. Models(folder)];
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
        made.Output("probabilities", made.Network.Softmax(x), samples.Select(Softmax));
        return made;
    }

    private static float[] Softmax(float[] x)
    {
        double sum = x.Sum(value => Math.Exp(value));
        return Array.ConvertAll(x, value => (float)(Math.Exp(value) / sum));
    }

    private static IEnumerable<OnnxCase> Normalisations()
    {
        foreach ((string kind, Shape shape) in Kinds)
        {
            int channels = shape.Channels;
            yield return Normalisation($"normalise-channels-{kind}", shape, Shape.Vector(channels), i => i % channels);
            yield return Normalisation($"normalise-all-{kind}", shape, shape, i => i);
        }

        yield return Normalisation("normalise-lines", Picture, new Shape(Picture.Height, 1, 1), i => i / (Picture.Width * Picture.Channels));
    }

    private static OnnxCase Normalisation(string name, Shape shape, Shape per, Func<int, int> which)
    {
        var made = new OnnxCase(name);
        (OnnxValue x, float[][] samples) = made.Input("input", shape);
        float[] mean = made.Draw(per.Count), deviation = made.DrawPositive(per.Count);
        OnnxValue y = made.Network.Normalise(x, per, mean, deviation);
        made.Output("output", y, samples.Select(sample => sample.Select((value, i) => (value - mean[which(i)]) / deviation[which(i)]).ToArray()));
        return made;
    }

    // Each kind of layer that a recipe can have.
    private static IEnumerable<OnnxCase> Layers()
    {
        foreach ((string kind, Shape shape) in Kinds)
        {
            yield return Layer($"relu-{kind}", shape, """{ "layer": "activation", "kind": "relu" }""");
            yield return Layer($"gelu-{kind}", shape, """{ "layer": "activation", "kind": "gelu" }""");
            yield return Layer($"layer-norm-{kind}", shape, """{ "layer": "layer-norm" }""");
            yield return Layer($"norm-{kind}", shape, """{ "layer": "norm" }""");
            yield return Layer($"norm-clamped-{kind}", shape, """{ "layer": "norm", "affine": false, "clamp": 0.5 }""");
        }

        foreach ((string kind, Shape shape) in Kinds.Skip(1))
        {
            foreach (string pool in (string[])["max", "mean", "first"])
            {
                string sides = shape.Height > 1 ? "\"size_height\": 2, \"size_width\": 3" : "\"size\": 4";
                yield return Layer($"pool-{pool}-{kind}", shape, $$"""{ "layer": "pool", "kind": "{{pool}}", {{sides}} }""");
            }

            foreach (string pool in (string[])["mean", "max", "mean-and-max", "statistics"])
            {
                yield return Layer($"global-{pool}-{kind}", shape, $$"""{ "layer": "global-pool", "kind": "{{pool}}" }""");
            }

            yield return Layer($"flatten-{kind}", shape, """{ "layer": "flatten" }""");
            yield return Layer($"attention-{kind}", shape, """{ "layer": "attention-pool", "units": 5 }""");
        }

        yield return Layer("summary", new Shape(1, 50, 24), """{ "layer": "summary" }""");
        yield return Layer("summary-small", new Shape(1, 9, 3), """{ "layer": "summary" }""");
        yield return Layer("summary-in-part", Sequence, """{ "layer": "summary", "mean": false, "skewness": false, "modulation": false }""");

        foreach (string directions in (string[])["true", "false"])
        {
            foreach (string steps in (string[])["true", "false"])
            {
                yield return Layer($"gru-{directions}-{steps}", Sequence, $$"""{ "layer": "gru", "units": 5, "bidirectional": {{directions}}, "keeps_steps": {{steps}} }""");
            }
        }
    }

    private static OnnxCase Layer(string name, Shape shape, string layer)
    {
        var made = new OnnxCase(name);
        (OnnxValue x, float[][] samples) = made.Input("input", shape);
        string view = shape.Places == 1 ? "vector" : shape.Height == 1 ? "sequence" : "picture";
        LayerPlan plan = NetworkPlan.Parse($$"""{ "view": "{{view}}", "layers": [{{layer}}] }""", name).Inputs[0].Layers.Single();
        (OnnxValue y, float[][] results) = made.Run(x, samples, plan);
        made.Output("output", y, results);
        return made;
    }

    // Models as train writes them: networks that have every kind of layer together, with one member and with two, and sequences and pictures
    // of a single place.
    private static IEnumerable<OnnxCase> Models(string folder)
    {
        const string Pointwise = """[{ "layer": "conv", "filters": 5, "kernel": 1 }, { "layer": "layer-norm" }, { "layer": "global-pool", "kind": "statistics" }]""";
        (string Network, (int Channels, int Frames) Size)[] all =
        [
            .. ModelFiles.Networks.Select(n => (n, (9, 24))),
            ($$"""{ "layers": {{Pointwise}} }""", (9, 1)), ($$"""{ "view": "picture", "layers": {{Pointwise}} }""", (1, 24)), ($$"""{ "view": "picture", "layers": {{Pointwise}} }""", (1, 1)),
        ];
        for (int i = 0; i < all.Length; i++)
        {
            string model = Path.Combine(folder, $"model-{i}");
            ModelFiles.Write(model, ModelFiles.Describe(all[i].Network, 1 + i % 2, all[i].Size, (2, 5), (4, 3)));
            var made = new OnnxCase($"model-{i}");
            made.Run(model);
            yield return made;
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
}
