namespace Pipeline.Nn.Files.Onnx;

/// <summary>
/// Nodes, constants, inputs and outputs of an ONNX model, and the file they make: field numbers are those of onnx.proto in
/// github.com/onnx/onnx. Operators are those of version 17, which any runtime since ONNX 1.12 (2022) has.
/// </summary>
internal sealed class OnnxGraph
{
    private const int FileVersion = 8;
    private const int OperatorVersion = 17;
    private const int TypeFloat = 1, TypeInt64 = 7;
    private const string BatchName = "batch";

    private readonly ProtoWriter nodes = new();
    private readonly ProtoWriter constants = new();
    private readonly ProtoWriter inputs = new();
    private readonly ProtoWriter outputs = new();
    private readonly HashSet<string> names = [];
    private readonly Dictionary<string, int> counts = [];

    /// <summary>Adds a node, and gives the name of its output.</summary>
    /// <param name="operation">Name of the operator.</param>
    /// <param name="from">Names of what it reads; an empty one stands for what may be left out.</param>
    /// <param name="attributes">Its settings.</param>
    public string Add(string operation, IEnumerable<string> from, params OnnxAttribute[] attributes)
    {
        string to = NewName(operation);
        Add(operation, from, [to], attributes);
        return to;
    }

    /// <summary>Adds a node whose outputs have names already; an empty one is an output that nobody wants.</summary>
    public void Add(string operation, IEnumerable<string> from, IEnumerable<string> to, params OnnxAttribute[] attributes) =>
        nodes.Write(1, node =>
        {
            foreach (string name in from)
            {
                node.Write(1, name);
            }

            foreach (string name in to)
            {
                node.Write(2, name);
            }

            node.Write(3, to.First(name => name.Length > 0));
            node.Write(4, operation);
            foreach (OnnxAttribute attribute in attributes)
            {
                node.Write(5, attribute.Write);
            }
        });

    /// <summary>Adds a constant, and gives its name.</summary>
    public string Constant(string about, int[] shape, ReadOnlySpan<float> values)
    {
        if (shape.Aggregate(1L, (count, size) => count * size) != values.Length)
        {
            throw new ArgumentException($"{about} has {values.Length} numbers, where {string.Join(" x ", shape)} belong", nameof(values));
        }

        string name = NewName(about);
        ProtoWriter tensor = Tensor(name, TypeFloat, shape);
        tensor.WriteRaw(9, values);
        constants.Write(5, tensor.Written);
        return name;
    }

    /// <summary>Adds a constant list of whole numbers, and gives its name.</summary>
    public string Constant(string about, params ReadOnlySpan<long> values)
    {
        string name = NewName(about);
        ProtoWriter tensor = Tensor(name, TypeInt64, [values.Length]);
        tensor.WriteRaw(9, values);
        constants.Write(5, tensor.Written);
        return name;
    }

    /// <summary>Adds a tensor of floats that the model is given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Sizes of a sample; any number of samples makes a batch.</param>
    public void AddInput(string name, IReadOnlyList<int> shape)
    {
        Take(name);
        inputs.Write(11, value => Describe(value, name, shape));
    }

    /// <summary>Gives a tensor of floats of the model to whoever runs it.</summary>
    /// <param name="name">Its name for them.</param>
    /// <param name="from">Its name in the graph.</param>
    /// <param name="shape">Sizes of a sample.</param>
    public void AddOutput(string name, string from, IReadOnlyList<int> shape)
    {
        Take(name);
        Add("Identity", [from], [name]);
        outputs.Write(12, value => Describe(value, name, shape));
    }

    /// <summary>A name that is not taken: what it is of, and a number.</summary>
    public string NewName(string about)
    {
        string name;
        do
        {
            counts[about] = counts.GetValueOrDefault(about) + 1;
            name = $"{about}_{counts[about]}";
        }
        while (!names.Add(name));
        return name;
    }

    /// <summary>Writes the model.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="producer">Who made it, and of which version.</param>
    /// <param name="about">Texts on the model, by name.</param>
    public void Write(Stream to, (string Name, string Version) producer, IEnumerable<KeyValuePair<string, string>> about)
    {
        var model = new ProtoWriter();
        model.Write(1, FileVersion);
        model.Write(2, producer.Name);
        model.Write(3, producer.Version);
        model.Write(7, graph =>
        {
            graph.Append(nodes);
            graph.Write(2, producer.Name);
            graph.Append(constants);
            graph.Append(inputs);
            graph.Append(outputs);
        });
        model.Write(8, operators => operators.Write(2, OperatorVersion));
        foreach ((string name, string text) in about)
        {
            model.Write(14, entry =>
            {
                entry.Write(1, name);
                entry.Write(2, text);
            });
        }

        to.Write(model.Written);
    }

    private void Take(string name)
    {
        if (name.Length == 0 || !names.Add(name))
        {
            throw new ArgumentException($"the name '{name}' is taken, or none", nameof(name));
        }
    }

    private static ProtoWriter Tensor(string name, int type, int[] shape)
    {
        var tensor = new ProtoWriter();
        foreach (int size in shape)
        {
            tensor.Write(1, size);
        }

        tensor.Write(2, type);
        tensor.Write(8, name);
        return tensor;
    }

    private static void Describe(ProtoWriter value, string name, IReadOnlyList<int> shape)
    {
        value.Write(1, name);
        value.Write(2, type => type.Write(1, tensor =>
        {
            tensor.Write(1, TypeFloat);
            tensor.Write(2, axes =>
            {
                axes.Write(1, axis => axis.Write(2, BatchName));
                foreach (int size in shape)
                {
                    axes.Write(1, axis => axis.Write(1, size));
                }
            });
        }));
    }
}
