using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Hdf5.Reading;

/// <summary>Decodes datatype messages, versions 1 to 3.</summary>
internal ref struct TypeReader
{
    private const int MaxDepth = 8;

    private readonly FileSource source;
    private readonly ReadOnlySpan<byte> bytes;
    private int at;

    private TypeReader(FileSource source, ReadOnlySpan<byte> bytes)
    {
        this.source = source;
        this.bytes = bytes;
    }

    public static Hdf5Type Read(FileSource source, ReadOnlySpan<byte> bytes) => new TypeReader(source, bytes).Next(0);

    private Hdf5Type Next(int depth)
    {
        if (depth > MaxDepth)
        {
            throw source.Fault($"a datatype is nested deeper than {MaxDepth}: the file is damaged");
        }

        ReadOnlySpan<byte> head = Take(8);
        int version = head[0] >> 4, kind = head[0] & 15;
        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(head) >> 8;
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (version is < 1 or > 3)
        {
            throw source.Fault($"datatype version {version} is not supported");
        }

        if (size is 0 or > int.MaxValue)
        {
            throw source.Fault($"a datatype has {size} bytes: the file is damaged");
        }

        return (Hdf5Class)kind switch
        {
            Hdf5Class.Integer => Integer(Hdf5Type.Integer((int)size, (bits & 8) != 0), bits),
            Hdf5Class.BitField => Integer(Hdf5Type.BitField((int)size), bits),
            Hdf5Class.Float => Float((int)size, bits),
            Hdf5Class.String => Text((int)size, bits),
            Hdf5Class.Compound => Compound((int)size, version, (int)(bits & 0xFFFF), depth),
            Hdf5Class.Enumeration => Enumeration((int)size, version, (int)(bits & 0xFFFF), depth),
            Hdf5Class.Array => Array((int)size, version, depth),
            Hdf5Class.VariableLength => VariableLength((int)size, bits, depth),
            Hdf5Class.Opaque => Skip((int)(bits & 0xFF), Hdf5Type.Unread(Hdf5Class.Opaque, (int)size)),
            Hdf5Class.Time => Skip(2, Hdf5Type.Unread(Hdf5Class.Time, (int)size)),
            Hdf5Class.Reference => Hdf5Type.Unread(Hdf5Class.Reference, (int)size),
            _ => throw source.Fault($"datatype class {kind} is not one that exists: the file is damaged"),
        };
    }

    private Hdf5Type Integer(Hdf5Type type, uint bits)
    {
        ReadOnlySpan<byte> properties = Take(4);
        int offset = BinaryPrimitives.ReadUInt16LittleEndian(properties), precision = BinaryPrimitives.ReadUInt16LittleEndian(properties[2..]);
        bool standard = type.Size is 1 or 2 or 4 or 8 && offset == 0 && precision == 8 * type.Size;
        return type with { IsBigEndian = (bits & 1) != 0, IsStandard = standard };
    }

    private Hdf5Type Float(int size, uint bits)
    {
        ReadOnlySpan<byte> p = Take(12);

        // Offset and precision in bits, then where exponent and mantissa lie and how long they are, then the exponent's bias.
        (int exponent, int mantissa, uint bias) = size switch { 2 => (5, 10, 15u), 4 => (8, 23, 127u), 8 => (11, 52, 1023u), _ => (0, 0, 0u) };
        bool standard = exponent > 0 && (bits & 0x40) == 0
            && BinaryPrimitives.ReadUInt16LittleEndian(p) == 0 && BinaryPrimitives.ReadUInt16LittleEndian(p[2..]) == 8 * size
            && p[4] == mantissa && p[5] == exponent && p[6] == 0 && p[7] == mantissa && BinaryPrimitives.ReadUInt32LittleEndian(p[8..]) == bias;
        return Hdf5Type.Float(size) with { IsBigEndian = (bits & 1) != 0, IsStandard = standard };
    }

    private readonly Hdf5Type Text(int size, uint bits)
    {
        uint padding = bits & 15;
        if (padding > 2)
        {
            throw source.Fault($"string padding {padding} is not one that exists: the file is damaged");
        }

        return Hdf5Type.String(size, (Hdf5StringPadding)padding, (bits >> 4 & 15) == 1);
    }

    private Hdf5Type Compound(int size, int version, int count, int depth)
    {
        if (count == 0)
        {
            throw source.Fault("a compound type has no members: the file is damaged");
        }

        var members = new List<Hdf5Member>(Math.Min(count, 256));
        for (int i = 0; i < count; i++)
        {
            string name = Name(version);
            long offset = version < 3 ? BinaryPrimitives.ReadUInt32LittleEndian(Take(4)) : Offset(size);
            ReadOnlySpan<byte> old = version == 1 ? Take(28) : default;
            Hdf5Type type = Next(depth + 1);
            if (version == 1 && old[0] > 0)
            {
                type = OldArray(type, old);
            }

            if (offset > size - type.Size)
            {
                throw source.Fault($"member {name} lies outside of its record: the file is damaged");
            }

            members.Add(new Hdf5Member(name, (int)offset, type));
        }

        return Hdf5Type.Compound(size, members);
    }

    // Version 1 has no array class: a member itself has up to four dimensions.
    private readonly Hdf5Type OldArray(Hdf5Type element, ReadOnlySpan<byte> properties)
    {
        int rank = properties[0];
        if (rank > 4)
        {
            throw source.Fault($"a member has {rank} dimensions: the file is damaged");
        }

        var dimensions = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32LittleEndian(properties[(12 + 4 * i)..]);
        }

        return ArrayOf(element, dimensions);
    }

    private Hdf5Type Array(int size, int version, int depth)
    {
        int rank = Take(version < 3 ? 4 : 1)[0];
        if (rank is 0 or > 32)
        {
            throw source.Fault($"an array type has {rank} dimensions: the file is damaged");
        }

        var dimensions = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32LittleEndian(Take(4));
        }

        _ = version < 3 ? Take(4 * rank) : default; // the permutation, never used
        Hdf5Type type = ArrayOf(Next(depth + 1), dimensions);
        if (type.Size != size)
        {
            throw source.Fault($"an array type of {type.Size} bytes announces {size}: the file is damaged");
        }

        return type;
    }

    private readonly Hdf5Type ArrayOf(Hdf5Type element, int[] dimensions)
    {
        long size = element.Size;
        foreach (int dimension in dimensions)
        {
            size = dimension > 0 && size <= int.MaxValue ? size * dimension : long.MaxValue;
        }

        return size <= int.MaxValue ? Hdf5Type.Array(element, dimensions) : throw source.Fault($"an array type has dimensions {string.Join(",", dimensions)}: the file is damaged");
    }

    private Hdf5Type Enumeration(int size, int version, int count, int depth)
    {
        Hdf5Type integer = Next(depth + 1);
        if (integer.Class != Hdf5Class.Integer || integer.Size != size || !integer.IsStandard)
        {
            throw source.Fault($"an enumeration of {size} bytes has values of type {integer}: the file is damaged");
        }

        var names = new string[Math.Min(count, bytes.Length)];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Name(version);
        }

        var values = new KeyValuePair<string, long>[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            values[i] = new(names[i], NumberReader.Int64(integer, Take(size)));
        }

        return Hdf5Type.Enumeration(integer, values);
    }

    private Hdf5Type VariableLength(int size, uint bits, int depth)
    {
        Hdf5Type element = Next(depth + 1);
        bool text = (bits & 15) == 1;
        return Hdf5Type.Unread(Hdf5Class.VariableLength, size) with { Base = text ? null : element, IsText = text, IsUtf8 = (bits >> 8 & 15) == 1 };
    }

    private Hdf5Type Skip(int count, Hdf5Type type)
    {
        _ = Take(count);
        return type;
    }

    // Ends with a zero byte; before version 3 followed by as many as make the length a multiple of 8.
    private string Name(int version)
    {
        int length = bytes[at..].IndexOf((byte)0);
        if (length < 0)
        {
            throw source.Fault("a name in a datatype has no end: the file is damaged");
        }

        string name = Encoding.UTF8.GetString(bytes.Slice(at, length));
        _ = Take(version < 3 ? (length + 8) / 8 * 8 : length + 1);
        return name;
    }

    // As many bytes as the record's size needs.
    private long Offset(int recordSize)
    {
        int width = recordSize < 1 << 8 ? 1 : recordSize < 1 << 16 ? 2 : recordSize < 1 << 24 ? 3 : 4;
        ReadOnlySpan<byte> field = Take(width);
        long value = 0;
        for (int i = width - 1; i >= 0; i--)
        {
            value = value << 8 | field[i];
        }

        return value;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - at)
        {
            throw source.Fault("a datatype is cut short: the file is damaged");
        }

        at += count;
        return bytes.Slice(at - count, count);
    }
}
