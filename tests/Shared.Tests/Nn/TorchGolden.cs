using System.Runtime.InteropServices;
using System.Text.Json;
using Pipeline.Nn;
using Xunit;

namespace Pipeline.Tests.Nn;

/// <summary>
/// A case of tests/golden/nn: what PyTorch computed, by the names of its tensors (x, y, dy, dx, weight, d_weight, ...). PyTorch
/// has channels before places; here they are last.
/// </summary>
internal sealed class TorchGolden
{
    private readonly Dictionary<string, (int[] Shape, string File)> tensors = [];

    /// <summary>A case of the index.</summary>
    public TorchGolden(string name)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllBytes(Path("index.json")));
        foreach (JsonElement tensor in index.RootElement.GetProperty("tensors").EnumerateArray())
        {
            if (tensor.GetProperty("case").GetString() == name)
            {
                int[] shape = [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
                tensors.Add(tensor.GetProperty("tensor").GetString()!, (shape, tensor.GetProperty("file").GetString()!));
            }
        }

        Assert.NotEmpty(tensors);
    }

    /// <summary>Sizes as PyTorch has them, slowest first.</summary>
    public int[] Sizes(string tensor) => tensors[tensor].Shape;

    /// <summary>Numbers in PyTorch's order.</summary>
    public float[] Values(string tensor) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path(tensors[tensor].File))).ToArray();

    /// <summary>Samples of a tensor whose first size is the batch.</summary>
    public int Batch(string tensor) => Sizes(tensor)[0];

    /// <summary>Shape of a sample of (batch, channels), (batch, channels, columns) or (batch, channels, lines, columns).</summary>
    public Shape Sample(string tensor)
    {
        int[] sizes = Sizes(tensor);
        return new Shape(sizes.Length > 3 ? sizes[2] : 1, sizes.Length > 2 ? sizes[^1] : 1, sizes[1]);
    }

    /// <summary>The same samples, one after the other, channels last.</summary>
    public float[] Samples(string tensor)
    {
        Shape shape = Sample(tensor);
        float[] from = Values(tensor), to = new float[from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            (int channel, int place) = Math.DivRem(i % shape.Count, shape.Places);
            to[i / shape.Count * shape.Count + place * shape.Channels + channel] = from[i];
        }

        return to;
    }

    /// <summary>Weights of (filters, channels), (filters, channels, columns) or (filters, channels, lines, columns) as [lines, columns, channels, filters].</summary>
    public float[] Kernels(string tensor)
    {
        int filters = Sizes(tensor)[0];
        float[] from = Samples(tensor), to = new float[from.Length];
        int each = from.Length / filters;
        for (int i = 0; i < from.Length; i++)
        {
            (int filter, int rest) = Math.DivRem(i, each);
            to[rest * filters + filter] = from[i];
        }

        return to;
    }

    /// <summary>Asserts that no number is further from what is expected than a share of the greatest of them, or of <paramref name="least"/> where all are smaller.</summary>
    public static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance = 1e-5, double least = 1e-3)
    {
        Assert.Equal(expected.Length, actual.Length);
        double greatest = least;
        foreach (float value in expected)
        {
            greatest = Math.Max(greatest, Math.Abs(value));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * greatest, $"number {i} is {actual[i]:r}, not {expected[i]:r}");
        }
    }

    private static string Path(string file) => Repository.Find("tests", "golden", "nn", file);
}
