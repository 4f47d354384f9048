using System.Text;

namespace Pipeline.Hdf5;

/// <summary>A datatype: what one element of a dataset, or one member of a record, is.</summary>
/// <remarks>Two types are equal where they describe the same bytes in the same way.</remarks>
public sealed record Hdf5Type
{
    private Hdf5Type(Hdf5Class @class, int size)
    {
        Class = @class;
        Size = size;
    }

    /// <summary>The kind of value.</summary>
    public Hdf5Class Class { get; }

    /// <summary>Bytes of one value.</summary>
    public int Size { get; }

    /// <summary>Whether integers have a sign.</summary>
    public bool IsSigned { get; init; }

    /// <summary>Whether numbers have their most significant byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Whether the bits of a number are those of the machine: no spare bits, and IEEE 754 for floating point.</summary>
    public bool IsStandard { get; init; } = true;

    /// <summary>How strings end.</summary>
    public Hdf5StringPadding Padding { get; init; }

    /// <summary>Whether strings (or names out of variable-length strings) are marked as UTF-8 rather than ASCII. They are read as UTF-8 either way.</summary>
    public bool IsUtf8 { get; init; }

    /// <summary>Whether a type of variable length holds text rather than a sequence.</summary>
    public bool IsText { get; init; }

    /// <summary>The members of a compound type, in the file's order; none for other types.</summary>
    public IReadOnlyList<Hdf5Member> Members { get; init; } = [];

    /// <summary>The shape of an array type; empty for other types.</summary>
    public IReadOnlyList<int> Dimensions { get; init; } = [];

    /// <summary>The element type of an array, the integer type of an enumeration, the element type of a variable-length sequence; or null.</summary>
    public Hdf5Type? Base { get; init; }

    /// <summary>The names and values of an enumeration; empty for other types.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Names { get; init; } = [];

    /// <summary>8 bits with sign.</summary>
    public static Hdf5Type Int8 { get; } = Integer(1, true);

    /// <summary>8 bits without sign.</summary>
    public static Hdf5Type UInt8 { get; } = Integer(1, false);

    /// <summary>16 bits with sign.</summary>
    public static Hdf5Type Int16 { get; } = Integer(2, true);

    /// <summary>16 bits without sign.</summary>
    public static Hdf5Type UInt16 { get; } = Integer(2, false);

    /// <summary>32 bits with sign.</summary>
    public static Hdf5Type Int32 { get; } = Integer(4, true);

    /// <summary>32 bits without sign.</summary>
    public static Hdf5Type UInt32 { get; } = Integer(4, false);

    /// <summary>64 bits with sign.</summary>
    public static Hdf5Type Int64 { get; } = Integer(8, true);

    /// <summary>64 bits without sign.</summary>
    public static Hdf5Type UInt64 { get; } = Integer(8, false);

    /// <summary>IEEE 754 half precision.</summary>
    public static Hdf5Type Float16 { get; } = Float(2);

    /// <summary>IEEE 754 single precision.</summary>
    public static Hdf5Type Float32 { get; } = Float(4);

    /// <summary>IEEE 754 double precision.</summary>
    public static Hdf5Type Float64 { get; } = Float(8);

    /// <summary>A boolean as PyTables stores it: a bit field of one byte.</summary>
    public static Hdf5Type Bool { get; } = BitField(1);

    /// <summary>Whether the values are numbers that can be converted: integers, floating point, bit fields, enumerations.</summary>
    public bool IsNumber => Class is Hdf5Class.Integer or Hdf5Class.Float or Hdf5Class.BitField or Hdf5Class.Enumeration;

    /// <summary>The type without array dimensions: of each of <see cref="ElementCount"/> elements.</summary>
    public Hdf5Type Element => Class == Hdf5Class.Array ? Base!.Element : this;

    /// <summary>How many elements a value has: 1, or the product of an array's dimensions.</summary>
    public int ElementCount => Class == Hdf5Class.Array ? Size / Element.Size : 1;

    /// <summary>The type of a number of C#; a boolean is <see cref="Bool"/>.</summary>
    public static Hdf5Type Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(double) ? Float64
        : typeof(T) == typeof(float) ? Float32
        : typeof(T) == typeof(Half) ? Float16
        : typeof(T) == typeof(int) ? Int32
        : typeof(T) == typeof(long) ? Int64
        : typeof(T) == typeof(short) ? Int16
        : typeof(T) == typeof(sbyte) ? Int8
        : typeof(T) == typeof(uint) ? UInt32
        : typeof(T) == typeof(ulong) ? UInt64
        : typeof(T) == typeof(ushort) ? UInt16
        : typeof(T) == typeof(byte) ? UInt8
        : typeof(T) == typeof(bool) ? Bool
        : throw new ArgumentException($"there is no HDF5 type for {typeof(T).Name}");

    /// <summary>Strings of one length.</summary>
    /// <param name="size">Bytes of the field, 1 at least; all of them may be used.</param>
    /// <param name="padding">How shorter strings end. PyTables writes <see cref="Hdf5StringPadding.NullTerminated"/>.</param>
    /// <param name="utf8">Whether to mark the text as UTF-8. PyTables writes ASCII, whatever the bytes.</param>
    public static Hdf5Type String(int size, Hdf5StringPadding padding = Hdf5StringPadding.NullTerminated, bool utf8 = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return new(Hdf5Class.String, size) { Padding = padding, IsUtf8 = utf8 };
    }

    /// <summary>Records whose members lie one after another without gaps, as PyTables and MSD have them.</summary>
    public static Hdf5Type Compound(params IReadOnlyList<(string Name, Hdf5Type Type)> members)
    {
        var list = new Hdf5Member[members.Count];
        int offset = 0;
        for (int i = 0; i < list.Length; i++)
        {
            list[i] = new(members[i].Name, offset, members[i].Type);
            offset = checked(offset + members[i].Type.Size);
        }

        return Compound(offset, list);
    }

    /// <summary>Records of <paramref name="size"/> bytes with members at given offsets.</summary>
    public static Hdf5Type Compound(int size, IReadOnlyList<Hdf5Member> members)
    {
        if (members.Count == 0)
        {
            throw new ArgumentException("a compound type needs a member", nameof(members));
        }

        return new(Hdf5Class.Compound, size) { Members = members };
    }

    /// <summary>Arrays of one shape.</summary>
    public static Hdf5Type Array(Hdf5Type element, params IReadOnlyList<int> dimensions)
    {
        long size = element.Size;
        foreach (int dimension in dimensions)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1, nameof(dimensions));
            size = checked(size * dimension);
        }

        return new(Hdf5Class.Array, checked((int)size)) { Base = element, Dimensions = dimensions };
    }

    /// <summary>Bits as unsigned integers of 1, 2, 4 or 8 bytes.</summary>
    public static Hdf5Type BitField(int size) => new(Hdf5Class.BitField, size);

    /// <summary>Named values of an integer type, such as the booleans of h5py.</summary>
    public static Hdf5Type Enumeration(Hdf5Type integer, params IReadOnlyList<KeyValuePair<string, long>> names) =>
        new(Hdf5Class.Enumeration, integer.Size) { Base = integer, Names = names, IsSigned = integer.IsSigned, IsBigEndian = integer.IsBigEndian, IsStandard = integer.IsStandard };

    /// <inheritdoc/>
    public bool Equals(Hdf5Type? other) =>
        other is not null && Class == other.Class && Size == other.Size && IsSigned == other.IsSigned && IsBigEndian == other.IsBigEndian
        && IsStandard == other.IsStandard && Padding == other.Padding && IsUtf8 == other.IsUtf8 && IsText == other.IsText
        && Members.SequenceEqual(other.Members) && Dimensions.SequenceEqual(other.Dimensions) && Names.SequenceEqual(other.Names)
        && Equals(Base, other.Base);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Class, Size, IsSigned, IsBigEndian, Members.Count, Dimensions.Count, Base);

    /// <summary>Such as <c>float64</c>, <c>string(32)</c>, <c>int32[2,3]</c>, <c>{ title string(80), year int32 }</c>.</summary>
    public override string ToString()
    {
        string order = IsBigEndian && Size > 1 ? " big-endian" : "";
        string odd = IsStandard ? "" : " of unusual bits";
        return Class switch
        {
            Hdf5Class.Integer => $"{(IsSigned ? "int" : "uint")}{8 * Size}{odd}{order}",
            Hdf5Class.Float => $"float{8 * Size}{odd}{order}",
            Hdf5Class.BitField => $"bits{8 * Size}{odd}{order}",
            Hdf5Class.String => $"string({Size})",
            Hdf5Class.Compound => Record(),
            Hdf5Class.Array => $"{Base}[{string.Join(",", Dimensions)}]",
            Hdf5Class.Enumeration => $"enum {Base}",
            Hdf5Class.VariableLength => IsText ? "string of variable length" : $"sequence of {Base}",
            Hdf5Class.Opaque => $"opaque({Size})",
            Hdf5Class.Reference => "reference",
            _ => "time",
        };
    }

    internal static Hdf5Type Integer(int size, bool signed) => new(Hdf5Class.Integer, size) { IsSigned = signed };

    internal static Hdf5Type Float(int size) => new(Hdf5Class.Float, size) { IsSigned = true };

    internal static Hdf5Type Unread(Hdf5Class @class, int size) => new(@class, size);

    private string Record()
    {
        var text = new StringBuilder("{ ");
        for (int i = 0; i < Members.Count; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(Members[i].Name).Append(' ').Append(Members[i].Type);
        }

        return text.Append(" }").ToString();
    }
}
