using System.Text;
using Pipeline.Hdf5.Reading;

namespace Pipeline.Hdf5;

/// <summary>A named value of a group or dataset.</summary>
public sealed class Hdf5Attribute
{
    private readonly Hdf5Object owner;
    private readonly string[]? texts;
    private readonly bool isNull;

    internal Hdf5Attribute(Hdf5Object owner, string name, Hdf5Type type, long[] shape, byte[] bytes, string[]? texts, bool isNull)
    {
        this.owner = owner;
        this.texts = texts;
        this.isNull = isNull;
        Name = name;
        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of its elements.</summary>
    public Hdf5Type Type { get; }

    /// <summary>Its dimensions; none for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The elements as stored. For strings of variable length these are references; see <see cref="Texts"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether there is no value at all, as which PyTables writes an empty string.</summary>
    public bool IsNull => isNull;

    /// <summary>The text of a single string.</summary>
    /// <exception cref="Hdf5Exception">It is no string, or more than one.</exception>
    public string Text() => Texts() is [var text] ? text : isNull ? "" : throw Fault("it is not one string");

    /// <summary>The texts of strings, fixed or variable, in the order of storage.</summary>
    /// <exception cref="Hdf5Exception">It holds no strings.</exception>
    public string[] Texts()
    {
        if (texts is not null)
        {
            return texts;
        }

        if (Type.Class != Hdf5Class.String)
        {
            throw Fault($"it holds no text, but {Type}");
        }

        var result = new string[Bytes.Length / Type.Size];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = FixedText.Read(Type, Bytes.Span.Slice(i * Type.Size, Type.Size));
        }

        return result;
    }

    /// <summary>A single number.</summary>
    /// <exception cref="Hdf5Exception">It is no number, or more than one.</exception>
    public double Number() => Numbers() is [var number] ? number : throw Fault("it is not one number");

    /// <summary>Numbers, in the order of storage.</summary>
    /// <exception cref="Hdf5Exception">It holds no numbers.</exception>
    public double[] Numbers()
    {
        Hdf5Type element = Type.Element;
        if (NumberReader.Obstacle(element, false) is { } obstacle)
        {
            throw Fault(obstacle);
        }

        var numbers = new double[Bytes.Length / element.Size];
        NumberReader.Read<double>(element, Bytes.Span, numbers);
        return numbers;
    }

    /// <summary>Such as <c>TITLE = "Song"</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(Name).Append(" = ");
        string[] values = Type.Class == Hdf5Class.String || texts is not null ? [.. Texts().Select(t => $"\"{t}\"")]
            : Type.Element.IsNumber && Type.Element.IsStandard ? [.. Numbers().Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))]
            : [Type.ToString()];
        return (isNull ? text.Append("nothing") : values.Length == 1 ? text.Append(values[0]) : text.Append('[').AppendJoin(", ", values).Append(']')).ToString();
    }

    private Hdf5Exception Fault(string reason) => owner.Fault($"attribute {Name}: {reason}");
}
