using Pipeline.Models.Layers;
using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;

namespace Pipeline.Models;

/// <summary>The layers of a plan, made for features of certain sizes.</summary>
public sealed class Network : IDisposable
{
    /// <summary>What the names of the last layer's parameters begin with.</summary>
    public const string Last = NetworkPlan.Output;

    private readonly NetworkPlan plan;
    private readonly List<ILayer> layers = []; // in the order of the forward pass
    private readonly List<(string Name, Parameter Parameter)> parameters = [];

    /// <summary>Makes the layers, with all weights zero.</summary>
    /// <param name="plan">What they are.</param>
    /// <param name="shapes">For each input, what the network looks at (<see cref="InputPlan.LookedAt"/>).</param>
    /// <param name="classes">Values at the end.</param>
    /// <param name="capacity">Samples of the greatest batch.</param>
    /// <param name="team">Who computes.</param>
    /// <exception cref="ModelException">The layers do not fit the features.</exception>
    public Network(NetworkPlan plan, IReadOnlyList<Shape> shapes, int classes, int capacity, Team team)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(shapes);
        this.plan = plan;
        try
        {
            var outputs = new List<Tensor>();
            for (int i = 0; i < plan.Inputs.Count; i++)
            {
                InputPlan input = plan.Inputs[i];
                var data = new Tensor(shapes[i], input.Layers.FirstOrDefault()?.InputHalo ?? Halo.None, capacity, isData: true);
                Inputs.Add(data);
                string of = plan.Inputs.Count > 1 ? $"the input {input.Name}" : "the network";
                Tensor output = Chain(data, input.Layers, of, plan.Inputs.Count > 1 ? $"{input.Name}." : "", team);
                outputs.Add(output.Shape.Places == 1 ? output : throw new ModelException(
                    $"the layers of {of} end with samples of {output.Shape}, not with a vector: put flatten, global-pool or attention-pool behind them"));
            }

            Tensor merged = outputs[0];
            if (outputs.Count > 1)
            {
                merged = Add(new Concat(outputs, Halo.None, team), NetworkPlan.Merged);
                merged = Chain(merged, plan.Layers, "the network", $"{NetworkPlan.Merged}.", team);
            }

            Features = merged;
            Logits = Add(Output(classes).Build(merged, Halo.None, team), Last);
        }
        catch (Exception e)
        {
            Dispose();
            if (e is OverflowException or OutOfMemoryException)
            {
                throw new ModelException($"a network of samples of {string.Join(" and ", shapes)} would not go into memory", e);
            }

            throw;
        }
    }

    /// <summary>What the network looks at: to be written before a forward pass.</summary>
    public List<Tensor> Inputs { get; } = [];

    /// <summary>What the last layer looks at: the network's own features of a sample.</summary>
    public Tensor Features { get; }

    /// <summary>A value for each class, before they are made probabilities.</summary>
    public Tensor Logits { get; }

    /// <summary>All that is learnt or kept, by names such as <c>layers.0.weight</c>.</summary>
    public IReadOnlyList<(string Name, Parameter Parameter)> Parameters => parameters;

    /// <summary>How many numbers are learnt.</summary>
    public long Weights => parameters.Where(p => p.Parameter.IsTrained).Sum(p => (long)p.Parameter.Length);

    /// <summary>Computes the logits of the inputs' first samples.</summary>
    public void Forward(int batch, Pass pass)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            layers[i].Forward(batch, pass.For(i));
        }
    }

    /// <summary>Computes all gradients, of that of the logits, which stands in <see cref="Logits"/>.</summary>
    public void Backward(int batch)
    {
        for (int i = layers.Count - 1; i >= 0; i--)
        {
            layers[i].Backward(batch);
        }
    }

    /// <summary>Adds all layers to a model of another format, up to the logits.</summary>
    /// <param name="network">The model.</param>
    /// <param name="inputs">What it looks at, normalised.</param>
    public OnnxValue Export(OnnxNetwork network, IReadOnlyList<OnnxValue> inputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputs);
        int at = 0;
        var outputs = new OnnxValue[inputs.Count];
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Export(network, inputs[i], plan.Inputs[i].Layers, ref at);
        }

        OnnxValue merged = outputs[0];
        if (outputs.Length > 1)
        {
            at++; // what puts them beside each other
            merged = Export(network, network.Concat(outputs), plan.Layers, ref at);
        }

        return Output(Logits.Shape.Channels).Export(network, merged, layers[at].Parameters);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ILayer layer in layers)
        {
            layer.Dispose();
        }

        foreach (Tensor input in Inputs)
        {
            input.Dispose();
        }
    }

    private Tensor Chain(Tensor input, IReadOnlyList<LayerPlan> plans, string of, string prefix, Team team)
    {
        Tensor at = input;
        for (int i = 0; i < plans.Count; i++)
        {
            Halo next = i + 1 < plans.Count ? plans[i + 1].InputHalo : Halo.None;
            try
            {
                at = Add(plans[i].Build(at, next, team), $"{prefix}layers.{i}");
            }
            catch (Exception e) when (e is ArgumentException or OverflowException or OutOfMemoryException)
            {
                string why = e is ArgumentException ? e.Message : "its weights would not go into memory";
                throw new ModelException($"layer {plans[i].Number} of {of} cannot be made of samples of {at.Shape}: {why}");
            }
        }

        return at;
    }

    private OnnxValue Export(OnnxNetwork network, OnnxValue x, IReadOnlyList<LayerPlan> plans, ref int at)
    {
        foreach (LayerPlan layer in plans)
        {
            x = layer.Export(network, x, layers[at++].Parameters);
        }

        return x;
    }

    // Values for the classes, which end every network.
    private ConvPlan Output(int classes) => new(new ConvSettings { Filters = classes, L2 = plan.OutputL2 });

    private Tensor Add(ILayer layer, string name)
    {
        layers.Add(layer);
        parameters.AddRange(layer.Parameters.Select(p => ($"{name}.{p.Name}", p)));
        return layer.Output;
    }
}
