using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Nn.Files;

/// <summary>
/// Writes named tensors in the safetensors format (github.com/huggingface/safetensors): the header's length in 8 bytes, a header in JSON
/// that says where each tensor is, and the tensors. The same tensors in the same order give the same bytes. What is added is copied,
/// so that a network may go on learning while its file is written.
/// </summary>
public sealed class SafetensorsWriter
{
    /// <summary>The member of the header that is no tensor.</summary>
    internal const string MetadataName = "__metadata__";

    // The data begin at a multiple of this, with spaces in front of them, as the reference implementation has it.
    private const int Alignment = 8;

    private readonly List<(string Name, SafetensorsItem Item, int[] Shape, byte[] Data)> tensors = [];
    private readonly HashSet<string> names = [MetadataName];
    private readonly SortedDictionary<string, string> metadata = new(StringComparer.Ordinal);

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">A name that no other has.</param>
    /// <param name="shape">Sizes, slowest first.</param>
    /// <param name="values">As many values as the shape has places.</param>
    public void Add(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        long count = 1;
        foreach (int size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(shape));
            count = checked(count * size);
        }

        if (count != values.Length)
        {
            throw new ArgumentException($"{values.Length} values for a shape of {count}", nameof(values));
        }

        Add(name, SafetensorsItem.F32, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <summary>Adds the values of a parameter under a name that says whose it is.</summary>
    public void Add(string name, Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Add(name, parameter.Shape, parameter.Values);
    }

    /// <summary>Adds a single whole number, such as how many steps have been taken.</summary>
    public void Add(string name, long number)
    {
        byte[] data = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(data, number);
        Add(name, SafetensorsItem.I64, [], data);
    }

    /// <summary>Says something of the file as a whole; these are written in the order of their names.</summary>
    public void Describe(string name, string text) => metadata.Add(name, text);

    /// <summary>Writes the file; whole numbers come first, so that every tensor begins at a multiple of its numbers' size.</summary>
    public void Write(Stream to)
    {
        ArgumentNullException.ThrowIfNull(to);
        var ordered = tensors.OrderByDescending(tensor => SafetensorsEntry.Size(tensor.Item)).ToList();
        byte[] header = Header(ordered);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        int padded = (header.Length + Alignment - 1) / Alignment * Alignment;
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)padded);
        to.Write(length);
        to.Write(header);
        to.Write("        "u8[..(padded - header.Length)]);
        foreach (var tensor in ordered)
        {
            to.Write(tensor.Data);
        }
    }

    private void Add(string name, SafetensorsItem item, int[] shape, byte[] data)
    {
        if (!names.Add(name))
        {
            throw new ArgumentException($"the name {name} is taken", nameof(name));
        }

        tensors.Add((name, item, shape, data));
    }

    private byte[] Header(List<(string Name, SafetensorsItem Item, int[] Shape, byte[] Data)> ordered)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataName);
                foreach ((string name, string about) in metadata)
                {
                    json.WriteString(name, about);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach ((string name, SafetensorsItem item, int[] shape, byte[] data) in ordered)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", item.ToString());
                WriteNumbers(json, "shape", Array.ConvertAll(shape, size => (long)size));
                WriteNumbers(json, "data_offsets", [offset, offset += data.Length]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, long[] numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
