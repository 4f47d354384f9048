using System.Text;

namespace Pipeline.Hdf5.Writing;

/// <summary>Encodes header messages in the versions that libhdf5 1.6 writes, which every later one reads.</summary>
internal static class MessageWriter
{
    public static ByteBuffer Type(Hdf5Type type)
    {
        var to = new ByteBuffer();
        Append(to, type, HasArray(type) ? 2 : 1);
        return to;
    }

    /// <summary>A shape; <paramref name="max"/> may be empty for the same as now, <paramref name="isNull"/> says that there is no value.</summary>
    public static ByteBuffer Space(ReadOnlySpan<long> shape, ReadOnlySpan<long> max, bool isNull = false)
    {
        if (isNull)
        {
            return new ByteBuffer().Byte(2).Byte(0).Byte(0).Byte(2); // version 1 cannot say it
        }

        ByteBuffer to = new ByteBuffer().Byte(1).Byte(shape.Length).Byte(max.Length > 0 ? 1 : 0).Zeros(5);
        foreach (long dimension in shape)
        {
            to.Int64(dimension);
        }

        foreach (long dimension in max)
        {
            to.Int64(dimension);
        }

        return to;
    }

    /// <summary>What elements are that are not written; empty for zeros.</summary>
    public static ByteBuffer Fill(Hdf5Layout layout, ReadOnlySpan<byte> value)
    {
        // When room is made (early, late, with each chunk) and when it is filled (at once, or if a value is set): as PyTables has it.
        (int made, int filled) = layout switch { Hdf5Layout.Compact => (1, 2), Hdf5Layout.Contiguous => (2, 2), _ => (3, 0) };
        return new ByteBuffer().Byte(2).Byte(made).Byte(filled).Byte(1).UInt32(value.Length).Bytes(value);
    }

    public static ByteBuffer Filters(IReadOnlyList<Hdf5Filter> filters)
    {
        ByteBuffer to = new ByteBuffer().Byte(1).Byte(filters.Count).Zeros(6);
        foreach (Hdf5Filter filter in filters)
        {
            byte[] name = Encoding.ASCII.GetBytes(filter.Name + "\0");

            // Readers may go without the filters that only make a file smaller.
            to.UInt16(filter.Id).UInt16((name.Length + 7) / 8 * 8).UInt16(filter.Id == Hdf5Filter.Fletcher32 ? 0 : 1).UInt16(filter.Parameters.Count);
            to.Bytes(name).Pad();
            foreach (uint parameter in filter.Parameters)
            {
                to.UInt32(parameter);
            }

            to.Pad();
        }

        return to;
    }

    public static ByteBuffer Attribute(Hdf5AttributeValue attribute)
    {
        ByteBuffer type = Type(attribute.Type), space = Space(attribute.Shape, attribute.Shape, attribute.IsNull);
        byte[] name = Encoding.UTF8.GetBytes(attribute.Name + "\0");
        return new ByteBuffer().Byte(1).Byte(0).UInt16(name.Length).UInt16(type.Length).UInt16(space.Length)
            .Bytes(name).Pad().Bytes(type.Span).Pad().Bytes(space.Span).Pad().Bytes(attribute.Bytes.Span);
    }

    private static bool HasArray(Hdf5Type type) => type.Class == Hdf5Class.Array || type.Members.Any(m => HasArray(m.Type));

    private static void Append(ByteBuffer to, Hdf5Type type, int version)
    {
        int order = type.IsBigEndian ? 1 : 0, bits = 8 * type.Size;
        switch (type.Class)
        {
            case Hdf5Class.Integer or Hdf5Class.BitField:
                Head(to, type, version, order | (type.IsSigned ? 8 : 0));
                to.UInt16(0).UInt16(bits);
                break;
            case Hdf5Class.Float:
                (int exponent, int mantissa) = type.Size switch { 2 => (5, 10), 4 => (8, 23), _ => (11, 52) };
                Head(to, type, version, order | 0x20 | (bits - 1) << 8); // the mantissa's first 1 is left out; where the sign lies
                to.UInt16(0).UInt16(bits).Byte(mantissa).Byte(exponent).Byte(0).Byte(mantissa).UInt32((1 << (exponent - 1)) - 1);
                break;
            case Hdf5Class.String:
                Head(to, type, version, (int)type.Padding | (type.IsUtf8 ? 0x10 : 0));
                break;
            case Hdf5Class.Compound:
                Head(to, type, version, type.Members.Count);
                foreach (Hdf5Member member in type.Members)
                {
                    Name(to, member.Name);
                    to.UInt32(member.Offset).Zeros(version == 1 ? 28 : 0);
                    Append(to, member.Type, version);
                }

                break;
            case Hdf5Class.Array:
                Head(to, type, version, 0);
                to.Byte(type.Dimensions.Count).Zeros(3);
                foreach (int dimension in type.Dimensions)
                {
                    to.UInt32(dimension);
                }

                to.Zeros(4 * type.Dimensions.Count);
                Append(to, type.Base!, version);
                break;
            case Hdf5Class.Enumeration:
                Head(to, type, version, type.Names.Count);
                Append(to, type.Base!, version);
                foreach ((string name, _) in type.Names)
                {
                    Name(to, name);
                }

                foreach ((_, long value) in type.Names)
                {
                    for (int b = 0; b < type.Size; b++)
                    {
                        to.Byte((int)(value >> 8 * (type.IsBigEndian ? type.Size - 1 - b : b) & 0xFF));
                    }
                }

                break;
            default:
                throw new ArgumentException($"values of type {type} cannot be written");
        }
    }

    private static void Head(ByteBuffer to, Hdf5Type type, int version, int bits)
    {
        if (!type.IsStandard)
        {
            throw new ArgumentException($"values of type {type} cannot be written");
        }

        to.Byte(version << 4 | (int)type.Class).Byte(bits & 0xFF).Byte(bits >> 8 & 0xFF).Byte(bits >> 16 & 0xFF).UInt32(type.Size);
    }

    // With its end, and as many zeros as make a multiple of 8.
    private static void Name(ByteBuffer to, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        to.Bytes(bytes).Zeros((bytes.Length + 8) / 8 * 8 - bytes.Length);
    }
}
