using Pipeline.Nn;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Layers;
using Xunit;

namespace Pipeline.Tests.Nn;

/// <summary>What the file says. What a runtime makes of it is checked by tests/Interop/onnx.mjs.</summary>
public sealed class OnnxTests
{
    // The first three are the examples of protobuf.dev/programming-guides/encoding.
    [Fact]
    public void Fields_are_written_as_protocol_buffers_have_them()
    {
        Assert.Equal("089601", Written(to => to.Write(1, 150)));
        Assert.Equal("120774657374696E67", Written(to => to.Write(2, "testing")));
        Assert.Equal("1A03089601", Written(to => to.Write(3, inner => inner.Write(1, 150))));
        Assert.Equal("08FEFFFFFFFFFFFFFFFF01", Written(to => to.Write(1, -2)));
        Assert.Equal("0800", Written(to => to.Write(1, 0)));
        Assert.Equal("150000C03F", Written(to => to.Write(2, 1.5f)));
        Assert.Equal("A20103010203", Written(to => to.Write(20, (byte[])[1, 2, 3])));
    }

    [Fact]
    public void A_model_says_its_versions_and_what_goes_in_and_out()
    {
        var network = new OnnxNetwork();
        network.Describe("labels", "blues, jazz");
        network.Output("probabilities", network.Softmax(network.Flatten(network.Input("picture", new Shape(4, 5, 3)))));
        OnnxMessage model = Read(network);
        Assert.Equal([8], model.Numbers(1));
        Assert.Equal(["test"], model.Texts(2));
        Assert.Equal([17], model.Messages(8).Single().Numbers(2));
        Assert.Equal(["labels"], model.Messages(14).Single().Texts(1));
        Assert.Equal(["blues, jazz"], model.Messages(14).Single().Texts(2));
        OnnxMessage graph = model.Messages(7).Single();
        Assert.Equal("picture: batch 3 4 5", Described(graph.Messages(11).Single()));
        Assert.Equal("probabilities: batch 60", Described(graph.Messages(12).Single()));
    }

    [Fact]
    public void Every_node_reads_what_is_there_before_it()
    {
        OnnxMessage graph = Read(Large()).Messages(7).Single();
        HashSet<string> known = [.. graph.Messages(5).SelectMany(constant => constant.Texts(8)), .. graph.Messages(11).SelectMany(input => input.Texts(1)), ""];
        foreach (OnnxMessage node in graph.Messages(1))
        {
            Assert.All(node.Texts(1), name => Assert.Contains(name, known));
            foreach (string output in node.Texts(2))
            {
                Assert.True(output.Length == 0 || known.Add(output), $"{output} is written twice");
            }
        }

        Assert.Contains("logits", known);
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes() => Assert.Equal(Bytes(Large()), Bytes(Large()));

    [Fact]
    public void A_kernel_has_its_filters_first()
    {
        var network = new OnnxNetwork();
        using var weight = new Parameter("weight", [1, 3, 2, 2]);
        using var bias = new Parameter("bias", [2]);
        for (int i = 0; i < weight.Length; i++)
        {
            weight.Values[i] = i;
        }

        network.Conv(network.Input("x", new Shape(1, 9, 2)), new ConvSettings { Filters = 2, KernelWidth = 3 }, [weight, bias]);
        OnnxMessage kernel = Constant(network, "weight_1");
        Assert.Equal([2, 2, 3], kernel.Numbers(1));
        Assert.Equal([0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11], kernel.Floats(9));
    }

    [Fact]
    public void The_update_gate_comes_first_and_rows_are_those_of_units()
    {
        var network = new OnnxNetwork();
        float[] gates = [1, 2, 3, 4, 5, 6];
        OnnxValue x = network.Input("x", new Shape(1, 9, 2));
        OnnxValue y = network.Gru(x, [.. gates, 7, 8, 9, 10, 11, 12], new float[12], gates, new float[6], backwards: false, lastOnly: true);
        Assert.Equal(Shape.Vector(2), y.Shape);
        Assert.Equal([3, 9, 4, 10, 1, 7, 2, 8, 5, 11, 6, 12], Constant(network, "weightIn_1").Floats(9));
        Assert.Equal([3, 4, 1, 2, 5, 6, 0, 0, 0, 0, 0, 0], Constant(network, "bias_1").Floats(9));
    }

    [Fact]
    public void Shapes_follow_the_layers()
    {
        var network = new OnnxNetwork();
        OnnxValue x = network.Input("x", new Shape(9, 11, 3));
        Assert.Equal(new Shape(4, 3, 3), network.MaxPool(x, 2, 3).Shape);
        Assert.Equal(new Shape(5, 4, 3), network.Pick(x, 2, 3).Shape);
        Assert.Equal(Shape.Vector(6), network.Concat(network.GlobalMean(x), network.GlobalDeviation(x, 1e-5f)).Shape);
        Assert.Equal(Shape.Vector(297), network.Flatten(x).Shape);
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var network = new OnnxNetwork();
        OnnxValue vector = network.Input("v", Shape.Vector(3)), sequence = network.Input("s", new Shape(1, 9, 3)), picture = network.Input("p", new Shape(9, 9, 3));
        using var weight = new Parameter("weight", [3, 3, 3, 4]);
        using var bias = new Parameter("bias", [4]);
        var square = new ConvSettings { Filters = 4, KernelHeight = 3, KernelWidth = 3 };
        Assert.Throws<ArgumentException>(() => network.Conv(sequence, square, [weight, bias]));
        Assert.Throws<ArgumentException>(() => network.Conv(picture, square, [weight]));
        Assert.Throws<ArgumentException>(() => network.Conv(picture, square with { KernelWidth = 5 }, [weight, bias]));
        Assert.Throws<ArgumentException>(() => network.MaxPool(vector, 1, 2));
        Assert.Throws<ArgumentException>(() => network.MaxPool(sequence, 2, 2));
        Assert.Throws<ArgumentException>(() => network.GlobalMean(vector));
        Assert.Throws<ArgumentException>(() => network.Concat(sequence, picture));
        Assert.Throws<ArgumentException>(() => network.Normalise(vector, Shape.Vector(2), [0, 0], [1, 1]));
        Assert.Throws<ArgumentException>(() => network.LayerNorm(vector, [1, 1], [0, 0], 1e-5f));
        Assert.Throws<ArgumentException>(() => network.Gru(picture, new float[9], new float[3], new float[3], new float[3], backwards: false, lastOnly: false));
        Assert.Throws<ArgumentException>(() => network.Input("v", Shape.Vector(3)));
        Assert.Throws<ArgumentException>(() => network.Output("", vector));
    }

    // A layer of every kind.
    private static OnnxNetwork Large()
    {
        var network = new OnnxNetwork();
        OnnxValue x = network.Normalise(network.Input("x", new Shape(1, 20, 2)), Shape.Vector(2), [1, 2], [3, 4]);
        string[] each = ["bias", "scale", "shift", "mean", "variance"];
        Parameter[] parameters = [.. each.Select(name => new Parameter(name, [4])), new Parameter("weight", [1, 3, 2, 4])];
        x = network.Conv(x, new ConvSettings { Filters = 4, KernelWidth = 3, Norm = Norm.AfterActivation, Relu = true, PoolWidth = 2 }, parameters);
        x = network.Pick(network.AveragePool(network.Gelu(network.LayerNorm(x, new float[4], new float[4], 1e-5f)), 1, 2), 1, 2);
        x = network.Gru(x, new float[36], new float[27], new float[9], new float[9], backwards: true, lastOnly: false);
        OnnxValue last = network.Gru(x, new float[27], new float[27], new float[9], new float[9], backwards: true, lastOnly: true);
        OnnxValue attended = network.AttentionPool(x, new float[6], new float[2], new float[2]);
        network.Output("logits", network.Concat(last, attended, network.GlobalMax(x), network.Flatten(x)));
        Array.ForEach(parameters, parameter => parameter.Dispose());
        return network;
    }

    private static string Described(OnnxMessage value)
    {
        OnnxMessage tensor = value.Messages(2).Single().Messages(1).Single();
        Assert.Equal([1], tensor.Numbers(1));
        var axes = tensor.Messages(2).Single().Messages(1).Select(axis => axis.Texts(2).FirstOrDefault() ?? $"{axis.Numbers(1).Single()}");
        return $"{value.Texts(1).Single()}: {string.Join(' ', axes)}";
    }

    private static OnnxMessage Constant(OnnxNetwork network, string name) =>
        Read(network).Messages(7).Single().Messages(5).Single(constant => constant.Texts(8).Single() == name);

    private static OnnxMessage Read(OnnxNetwork network) => new(Bytes(network));

    private static byte[] Bytes(OnnxNetwork network)
    {
        using var to = new MemoryStream();
        network.Write(to, "test", "1.0");
        return to.ToArray();
    }

    private static string Written(Action<ProtoWriter> write)
    {
        var to = new ProtoWriter();
        write(to);
        return Convert.ToHexString(to.Written);
    }
}
