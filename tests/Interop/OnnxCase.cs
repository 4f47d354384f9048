using System.Text.Json;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;
using Pipeline.Tests.Models;

namespace Pipeline.Tests.Interop;

/// <summary>
/// A model, samples for it, and what it must give for them. All numbers are drawn from the name of the case. Samples are channels last
/// here, and channels first in the file, as the model has them.
/// </summary>
internal sealed class OnnxCase
{
    /// <summary>Samples of the batch.</summary>
    public const int Batch = 3;

    private readonly string name;
    private readonly Random random;
    private readonly Dictionary<string, Part> inputs = [];
    private readonly Dictionary<string, Part> outputs = [];

    public OnnxCase(string name)
    {
        this.name = name;
        random = new Random(name.Aggregate(17, (seed, letter) => unchecked(seed * 31 + letter)));
    }

    public OnnxNetwork Network { get; } = new();

    /// <summary>Random numbers between so much and its negative.</summary>
    public float[] Draw(int count, float most = 1) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle() - 1) * most)];

    /// <summary>Random numbers from a half to one and a half.</summary>
    public float[] DrawPositive(int count) => Array.ConvertAll(Draw(count, 0.5f), value => value + 1);

    /// <summary>Random samples, and their place in the model.</summary>
    public (OnnxValue X, float[][] Samples) Input(string of, Shape shape)
    {
        OnnxValue x = Network.Input(of, shape);
        float[][] samples = [.. Enumerable.Range(0, Batch).Select(_ => Draw(shape.Count, 2))];
        inputs.Add(of, Part.Of(shape, samples));
        return (x, samples);
    }

    /// <summary>What the model must give.</summary>
    public void Output(string of, OnnxValue y, IEnumerable<float[]> samples)
    {
        Network.Output(of, y);
        outputs.Add(of, Part.Of(y.Shape, [.. samples]));
    }

    /// <summary>Fills a layer's parameters; variances are positive.</summary>
    public void Fill(ILayer layer)
    {
        foreach (Parameter parameter in layer.Parameters)
        {
            float most = parameter.Name == "weight" ? 2 / MathF.Sqrt(parameter.Length / (float)parameter.Shape[^1]) : 1;
            float[] values = parameter.Name == "variance" ? DrawPositive(parameter.Length) : Draw(parameter.Length, most);
            values.CopyTo(parameter.Values);
        }
    }

    /// <summary>A layer of a recipe, both in the model and by our layer.</summary>
    public (OnnxValue Y, float[][] Samples) Run(OnnxValue x, float[][] samples, LayerPlan plan)
    {
        using var team = new Team(1);
        using var tensor = new Tensor(x.Shape, plan.InputHalo, Batch, isData: true);
        using ILayer layer = plan.Build(tensor, Halo.None, team);
        for (int i = 0; i < Batch; i++)
        {
            tensor.Write(i, samples[i]);
        }

        Fill(layer);
        layer.Forward(Batch, Pass.Inference);
        return (plan.Export(Network, x, layer.Parameters), [.. Enumerable.Range(0, Batch).Select(i => Read(layer.Output, i))]);
    }

    /// <summary>A whole model in a folder: what it says of windows, both in the other format and by itself.</summary>
    public void Run(string folder)
    {
        using var team = new Team(1);
        using var model = Model.Open(folder, team);
        float[][][] windows = ModelFiles.Windows(model.Description, Batch);
        float[] mean = new float[Batch * model.Genres.Count];
        for (int member = 0; member < model.Members.Count; member++)
        {
            float[] probabilities = new float[mean.Length];
            model.Predict(member, windows, probabilities, default);
            mean = [.. mean.Zip(probabilities, (sum, p) => sum + p / model.Members.Count)];
        }

        model.Export(Network);
        for (int i = 0; i < model.LookedAt.Count; i++)
        {
            // Tables have channel after channel, as the model does.
            ModelInput input = model.Description.Inputs[i];
            int[] sizes = model.Description.Network.Inputs[i].View switch
            {
                View.Sequence => [Batch, input.Channels, input.Frames],
                View.Picture => [Batch, 1, input.Channels, input.Frames],
                _ => [Batch, input.Channels * input.Frames],
            };
            inputs.Add(input.Name.Length == 0 ? "features" : input.Name, new Part(sizes, [.. windows.SelectMany(w => input.Of(w[i]).ToArray())]));
        }

        outputs.Add("probabilities", new Part([Batch, model.Genres.Count], mean));
    }

    /// <summary>Blocks of convolutions, and of dense layers behind them, both in the model and by our layers.</summary>
    public (OnnxValue Y, float[][] Samples) Run(OnnxValue x, float[][] samples, ConvSettings[] convolutions, ConvSettings[] dense)
    {
        using var team = new Team(1);
        var made = new Stack<IDisposable>();
        ConvSettings[] blocks = [.. convolutions, .. dense];
        Halo[] halos = [.. blocks.Select(block => Halo.Of(block.KernelHeight, block.KernelWidth)), Halo.None];
        var tensor = new Tensor(x.Shape, halos[0], Batch, isData: true);
        made.Push(tensor);
        for (int i = 0; i < Batch; i++)
        {
            tensor.Write(i, samples[i]);
        }

        for (int i = 0; i < blocks.Length; i++)
        {
            if (i == convolutions.Length)
            {
                tensor = tensor.Flat();
                x = Network.Flatten(x);
            }

            var layer = new ConvBlock(tensor, blocks[i], halos[i + 1], team);
            made.Push(layer);
            Fill(layer);
            layer.Forward(Batch, Pass.Inference);
            tensor = layer.Output;
            x = Network.Conv(x, blocks[i], layer.Parameters);
        }

        float[][] results = [.. Enumerable.Range(0, Batch).Select(i => Read(tensor, i))];
        while (made.TryPop(out IDisposable? last))
        {
            last.Dispose();
        }

        return (x, results);
    }

    /// <summary>Writes the model and what it must give.</summary>
    public void Write(string folder)
    {
        using (FileStream model = File.Create(Path.Combine(folder, $"{name}.onnx")))
        {
            Network.Describe("case", name);
            Network.Write(model, "interop", "1");
        }

        File.WriteAllText(Path.Combine(folder, $"{name}.json"), JsonSerializer.Serialize(new { inputs, outputs }));
    }

    private static float[] Read(Tensor tensor, int sample)
    {
        float[] values = new float[tensor.Shape.Count];
        tensor.Read(sample, values);
        return values;
    }

    // A batch as the model has it.
    private sealed record Part(int[] Sizes, float[] Values)
    {
        public static Part Of(Shape shape, float[][] samples)
        {
            int[] places = shape.Places == 1 ? [] : shape.Height == 1 ? [shape.Width] : [shape.Height, shape.Width];
            float[] values = new float[samples.Length * shape.Count];
            for (int i = 0; i < values.Length; i++)
            {
                (int sample, int at) = Math.DivRem(i, shape.Count);
                (int channel, int place) = Math.DivRem(at, shape.Places);
                values[i] = samples[sample][place * shape.Channels + channel];
            }

            return new Part([samples.Length, shape.Channels, .. places], values);
        }
    }
}
