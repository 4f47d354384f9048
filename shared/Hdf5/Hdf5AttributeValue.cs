using System.Runtime.InteropServices;
using System.Text;

namespace Pipeline.Hdf5;

/// <summary>An attribute to be written.</summary>
public sealed record Hdf5AttributeValue
{
    private Hdf5AttributeValue(string name, Hdf5Type type, long[] shape, byte[] bytes)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of an element.</summary>
    public Hdf5Type Type { get; }

    /// <summary>The elements, least byte of a number first.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    internal long[] Shape { get; }

    internal bool IsNull { get; private init; }

    /// <summary>A text, in a field of its length; an empty one takes one zero byte, as in files of MSD.</summary>
    public static Hdf5AttributeValue Text(string name, string value, bool utf8 = false)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value.Length > 0 ? value : "\0");
        return new(name, Hdf5Type.String(bytes.Length, utf8: utf8), [], bytes);
    }

    /// <summary>An empty text as PyTables 3 writes it: of no value at all.</summary>
    public static Hdf5AttributeValue NoText(string name, bool utf8 = true) => new(name, Hdf5Type.String(1, utf8: utf8), [], []) { IsNull = true };

    /// <summary>A number.</summary>
    public static Hdf5AttributeValue Number<T>(string name, T value)
        where T : unmanaged => new(name, Hdf5Type.Of<T>(), [], MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray());

    /// <summary>Numbers in one dimension.</summary>
    public static Hdf5AttributeValue Numbers<T>(string name, params ReadOnlySpan<T> values)
        where T : unmanaged => new(name, Hdf5Type.Of<T>(), [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Texts in one dimension, in fields of the longest.</summary>
    public static Hdf5AttributeValue Texts(string name, params IReadOnlyList<string> values)
    {
        int size = Math.Max(1, values.Max(v => Encoding.UTF8.GetByteCount(v)));
        byte[] bytes = new byte[size * values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            Encoding.UTF8.GetBytes(values[i], bytes.AsSpan(size * i));
        }

        return new(name, Hdf5Type.String(size), [values.Count], bytes);
    }

    /// <summary>Anything: elements of a type in a shape.</summary>
    public static Hdf5AttributeValue Of(string name, Hdf5Type type, IReadOnlyList<long> shape, ReadOnlySpan<byte> bytes)
    {
        long size = shape.Aggregate((long)type.Size, (product, dimension) => checked(product * dimension));
        return size == bytes.Length
            ? new(name, type, [.. shape], bytes.ToArray())
            : throw new ArgumentException($"attribute {name} has {bytes.Length} bytes where its shape takes {size}", nameof(bytes));
    }
}
