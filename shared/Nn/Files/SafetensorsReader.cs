using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pipeline.Nn.Files;

/// <summary>
/// Reads a file in the safetensors format. Opening it reads the header alone, and holds every number in it against the file's length
/// before room is made for anything; tensors are read when they are asked for. The stream is closed with the reader.
/// </summary>
public sealed class SafetensorsReader : IDisposable
{
    // That of the reference implementation.
    private const ulong LongestHeader = 100_000_000;

    private readonly Stream stream;
    private readonly string file;
    private readonly Dictionary<string, SafetensorsEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly long dataStart;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">A stream that can seek.</param>
    /// <param name="file">Name of the file, for messages.</param>
    /// <exception cref="SafetensorsException">The file is not in the format, or has numbers of another kind than <see cref="SafetensorsItem"/>.</exception>
    public SafetensorsReader(Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        (this.stream, this.file) = (stream, file);
        byte[] header = ReadHeader();
        dataStart = sizeof(ulong) + header.Length;
        try
        {
            using JsonDocument json = JsonDocument.Parse(header);
            ReadEntries(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is what text with half a character in it gives.
            throw new SafetensorsException(file, null, "the header is not JSON: the file is damaged, or no safetensors file", e);
        }

        CheckPlaces();
    }

    /// <summary>What is in the file, in the order of the header.</summary>
    public IReadOnlyCollection<SafetensorsEntry> Entries => entries.Values;

    /// <summary>What is said of the file as a whole.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>Opens a file.</summary>
    /// <exception cref="SafetensorsException">The file is not in the format.</exception>
    public static SafetensorsReader Open(string path)
    {
        FileStream stream = File.OpenRead(path);
        try
        {
            return new SafetensorsReader(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads a tensor of floats, whatever its shape is.</summary>
    /// <exception cref="SafetensorsException">There is none of that name, or it holds whole numbers.</exception>
    public float[] Floats(string name)
    {
        SafetensorsEntry entry = Find(name, SafetensorsItem.F32);
        float[] values = new float[entry.Count];
        Read(entry, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Reads the values of a parameter.</summary>
    /// <exception cref="SafetensorsException">There is no tensor of that name, or its shape is another one.</exception>
    public void Read(string name, Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        SafetensorsEntry entry = Find(name, SafetensorsItem.F32);
        if (!entry.Shape.SequenceEqual(parameter.Shape))
        {
            throw Fault(name, $"is {SafetensorsEntry.Text(entry.Shape)}, where the network has {SafetensorsEntry.Text(parameter.Shape)}");
        }

        Read(entry, MemoryMarshal.AsBytes(parameter.Values));
    }

    /// <summary>Reads a single whole number.</summary>
    /// <exception cref="SafetensorsException">There is none of that name, or it is something else.</exception>
    public long Number(string name)
    {
        SafetensorsEntry entry = Find(name, SafetensorsItem.I64);
        if (entry.Count != 1)
        {
            throw Fault(name, $"is {SafetensorsEntry.Text(entry.Shape)}, where a single number was expected");
        }

        Span<byte> bytes = stackalloc byte[sizeof(long)];
        Read(entry, bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    private SafetensorsEntry Find(string name, SafetensorsItem item)
    {
        if (!entries.TryGetValue(name, out SafetensorsEntry? entry))
        {
            throw Fault(name, "is not in the file");
        }

        return entry.Item == item ? entry : throw Fault(name, $"holds {entry.Item}, where {item} was expected");
    }

    private void Read(SafetensorsEntry entry, Span<byte> to)
    {
        try
        {
            stream.Position = entry.Offset;
            stream.ReadExactly(to);
        }
        catch (EndOfStreamException e)
        {
            throw new SafetensorsException(file, entry.Name, "ends too early: somebody is writing to the file", e);
        }
    }

    // ---- the header --------------------------------------------------------------------------------------------------

    private byte[] ReadHeader()
    {
        if (!stream.CanSeek)
        {
            throw Fault(null, "is not an ordinary file");
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        if (stream.Length < bytes.Length)
        {
            throw Fault(null, $"has {stream.Length} bytes, which is too short for a safetensors file");
        }

        stream.Position = 0;
        stream.ReadExactly(bytes);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > LongestHeader || length > (ulong)(stream.Length - bytes.Length))
        {
            throw Fault(null, $"says that its header has {length} bytes, in a file of {stream.Length}: it is cut short, or no safetensors file");
        }

        byte[] header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    private void ReadEntries(JsonElement header)
    {
        if (header.ValueKind != JsonValueKind.Object)
        {
            throw Fault(null, "the header is not an object {...}");
        }

        bool described = false;
        foreach (JsonProperty member in header.EnumerateObject())
        {
            if (member.Name == SafetensorsWriter.MetadataName)
            {
                if (described)
                {
                    throw Fault(null, $"has {SafetensorsWriter.MetadataName} twice");
                }

                described = true;
                ReadMetadata(member.Value);
            }
            else if (!entries.TryAdd(member.Name, Entry(member.Name, member.Value)))
            {
                throw Fault(member.Name, "is there twice");
            }
        }
    }

    private void ReadMetadata(JsonElement members)
    {
        if (members.ValueKind != JsonValueKind.Object)
        {
            throw Fault(null, $"{SafetensorsWriter.MetadataName} is not an object {{...}}");
        }

        foreach (JsonProperty member in members.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.String || !metadata.TryAdd(member.Name, member.Value.GetString()!))
            {
                throw Fault(null, $"{SafetensorsWriter.MetadataName} has '{member.Name}' twice, or as something that is not text");
            }
        }
    }

    private SafetensorsEntry Entry(string name, JsonElement about)
    {
        if (about.ValueKind != JsonValueKind.Object)
        {
            throw Fault(name, "is not described by an object {...}");
        }

        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in about.EnumerateObject())
        {
            if (member.Name is not ("dtype" or "shape" or "data_offsets") || !members.TryAdd(member.Name, member.Value))
            {
                throw Fault(name, $"has '{member.Name}' twice, or where only dtype, shape and data_offsets belong");
            }
        }

        if (members.Count != 3)
        {
            throw Fault(name, "has not all of dtype, shape and data_offsets");
        }

        SafetensorsItem item = Item(name, members["dtype"]);
        long[] shape = Numbers(name, "shape", members["shape"], int.MaxValue);
        long[] offsets = Numbers(name, "data_offsets", members["data_offsets"], stream.Length - dataStart);
        long bytes = SafetensorsEntry.Size(item);
        foreach (long size in shape)
        {
            // Sizes are below 2^31 and so is what is kept: no product passes 64 bits. A size of zero makes any other one harmless.
            bytes = Math.Min(bytes * size, int.MaxValue);
        }

        if (bytes == int.MaxValue)
        {
            throw Fault(name, $"is {string.Join(" x ", shape)}, which is more than 2 GB");
        }

        if (offsets.Length != 2 || offsets[1] - offsets[0] != bytes)
        {
            throw Fault(name, $"is at {string.Join(" to ", offsets)}, where its shape and kind make {bytes} bytes");
        }

        return new SafetensorsEntry(name, item, Array.ConvertAll(shape, size => (int)size), dataStart + offsets[0], bytes / SafetensorsEntry.Size(item));
    }

    private SafetensorsItem Item(string name, JsonElement dtype)
    {
        if (dtype.ValueKind != JsonValueKind.String)
        {
            throw Fault(name, "has a dtype that is not text");
        }

        return dtype.GetString() switch
        {
            "F32" => SafetensorsItem.F32,
            "I64" => SafetensorsItem.I64,
            var other => throw Fault(name, $"holds {other}, and only F32 and I64 are read: have the program that wrote it convert it"),
        };
    }

    private long[] Numbers(string name, string member, JsonElement array, long most)
    {
        if (array.ValueKind != JsonValueKind.Array)
        {
            throw Fault(name, $"has a {member} that is not a list [...]");
        }

        long[] numbers = new long[array.GetArrayLength()];
        int at = 0;
        foreach (JsonElement element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt64(out numbers[at]) || numbers[at] < 0 || numbers[at] > most)
            {
                throw Fault(name, $"has {element.GetRawText()} in its {member}, where a whole number from 0 to {most} belongs");
            }

            at++;
        }

        return numbers;
    }

    // The tensors share no byte, and no byte is no tensor's: nothing can hide in a file.
    private void CheckPlaces()
    {
        long end = dataStart;
        foreach (SafetensorsEntry entry in entries.Values.OrderBy(entry => entry.Offset).ThenBy(entry => entry.Count))
        {
            if (entry.Offset != end)
            {
                throw Fault(entry.Name, $"begins at byte {entry.Offset}, where the one before it ends at {end}");
            }

            end += entry.Count * SafetensorsEntry.Size(entry.Item);
        }

        if (end != stream.Length)
        {
            throw Fault(null, $"has {stream.Length} bytes, and its tensors end at {end}");
        }
    }

    private SafetensorsException Fault(string? tensor, string reason) => new(file, tensor, reason);
}
