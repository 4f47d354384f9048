using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Training;
using Pipeline.Recipes;

namespace Pipeline.Benchmarks;

/// <summary>A network of one of the sizes that are compared, with a batch of random samples: what a training step costs.</summary>
internal sealed class TrainingNetwork : IDisposable
{
    private const int Classes = 16;

    private readonly Network network;
    private readonly CrossEntropy loss;
    private readonly Optimiser optimiser;
    private readonly int batch;
    private readonly float[] targets;
    private uint steps;

    /// <summary>A network with its batch.</summary>
    /// <param name="size">n1s, n1l, n2 or n4.</param>
    /// <param name="team">Who computes.</param>
    public TrainingNetwork(string size, Team team)
    {
        const string sequence = """{ "layer": "conv", "filters": F, "kernel": 5, "pool": 2, "dropout": 0.3 }""";
        const string picture = """{ "layer": "conv", "filters": F, "kernel": 3, "pool": 2, "dropout": 0.3 }""";
        const string mean = """{ "layer": "global-pool" }""";
        (batch, Shape shape, string layers) = size switch
        {
            "n1s" => (64, new Shape(1, 300, 24), Layers(sequence, 64, 128, 256) + mean),
            "n1l" => (32, new Shape(1, 1300, 128), Layers(sequence, 64, 128, 256) + mean),
            "n2" => (32, new Shape(128, 430, 1), Layers(picture, 16, 32, 64, 128) + mean),
            "n4" => (64, new Shape(1, 300, 64), """{ "layer": "conv", "filters": 64, "kernel": 5, "norm": "none", "pool": 2 }, { "layer": "gru", "units": 128 }"""),
            _ => throw new ArgumentException($"there is no size '{size}'; there are n1s, n1l, n2 and n4"),
        };
        string view = shape.Height > 1 ? "picture" : "sequence";
        var plan = NetworkPlan.Read(RecipeSection.Parse($$"""{ "view": "{{view}}", "layers": [ {{layers}} ] }""", size));
        network = new Network(plan, [shape], Classes, batch, team);
        optimiser = new Optimiser(network.Parameters, new OptimiserSettings { Kind = OptimiserKind.Adam }, team);
        foreach ((string name, Parameter parameter) in network.Parameters.Where(p => p.Parameter.Decays))
        {
            Initialiser.He(parameter, name, 1);
        }

        var random = new Random(1);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
        targets = new float[batch * Classes];
        for (int s = 0; s < batch; s++)
        {
            network.Inputs[0].Write(s, Draw(shape.Count));
            targets[s * Classes + random.Next(Classes)] = 1;
        }

        loss = new CrossEntropy(Classes, [.. Draw(Classes).Select(w => w / 2 + 1)]);
    }

    /// <summary>A training step; gives the loss.</summary>
    public double Step()
    {
        network.Forward(batch, new Pass(true, ++steps));
        double of = loss.Forward(network.Logits, batch, targets);
        loss.Backward();
        network.Backward(batch);
        optimiser.Step(1e-3f);
        return of;
    }

    /// <summary>A pass that only wants the output.</summary>
    public void Infer() => network.Forward(batch, Pass.Inference);

    public void Dispose()
    {
        network.Dispose();
        optimiser.Dispose();
    }

    private static string Layers(string layer, params int[] filters) =>
        string.Concat(filters.Select(f => layer.Replace("F,", $"{f},", StringComparison.Ordinal) + ", "));
}
