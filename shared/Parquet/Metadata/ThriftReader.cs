namespace Pipeline.Parquet.Metadata;

/// <summary>
/// Reads Thrift's compact protocol, field by field, straight from the bytes. Every length is checked against what is
/// left, so that a forged one can neither read past the end nor make the caller allocate more than the bytes could hold.
/// </summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> data)
{
    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> data = data;
    private short lastField;
    private int depth;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the last failure was for want of bytes: the caller may have more.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Starts a struct; the value returned goes to <see cref="LeaveStruct"/>.</summary>
    public short EnterStruct()
    {
        if (++depth > MaxDepth)
        {
            throw new ParquetException("metadata is nested too deep");
        }

        short outer = lastField;
        lastField = 0;
        return outer;
    }

    /// <summary>Ends a struct whose fields have all been read.</summary>
    public void LeaveStruct(short outer)
    {
        depth--;
        lastField = outer;
    }

    /// <summary>The next field's header; false at the end of the struct.</summary>
    public bool NextField(out int id, out ThriftType type)
    {
        byte header = ReadByte();
        type = (ThriftType)(header & 15);
        if (type == ThriftType.Stop)
        {
            id = 0;
            return false;
        }

        int delta = header >> 4;
        lastField = delta != 0 ? (short)(lastField + delta) : (short)ReadZigZag();
        id = lastField;
        return true;
    }

    /// <summary>An integer of any width.</summary>
    public long ReadInt64(ThriftType type) => type switch
    {
        ThriftType.Byte => (sbyte)ReadByte(),
        ThriftType.I16 or ThriftType.I32 or ThriftType.I64 => ReadZigZag(),
        _ => throw Unexpected(type, "an integer"),
    };

    /// <summary>An integer that must fit into 32 bits.</summary>
    public int ReadInt32(ThriftType type)
    {
        long value = ReadInt64(type);
        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new ParquetException($"metadata holds {value} where a 32-bit number belongs");
    }

    /// <summary>A boolean field, whose value is its type.</summary>
    public static bool ReadBoolean(ThriftType type) => type switch
    {
        ThriftType.True => true,
        ThriftType.False => false,
        _ => throw Unexpected(type, "a boolean"),
    };

    /// <summary>Bytes, as a view of the input.</summary>
    public ReadOnlySpan<byte> ReadBinary(ThriftType type)
    {
        if (type != ThriftType.Binary)
        {
            throw Unexpected(type, "bytes");
        }

        ulong length = ReadVarint();
        if (length > (ulong)(data.Length - Position))
        {
            throw Short();
        }

        ReadOnlySpan<byte> bytes = data.Slice(Position, (int)length);
        Position += (int)length;
        return bytes;
    }

    /// <summary>UTF-8 text.</summary>
    public string ReadText(ThriftType type) => System.Text.Encoding.UTF8.GetString(ReadBinary(type));

    /// <summary>The length of a list whose elements have the type <paramref name="element"/>.</summary>
    public int EnterList(ThriftType type, ThriftType element)
    {
        int count = EnterList(type, out ThriftType found);
        return found == element || count == 0 ? count : throw Unexpected(found, $"a list of {element}");
    }

    /// <summary>Checks that a field is a struct, which is then read with <see cref="EnterStruct"/>.</summary>
    public static void ExpectStruct(ThriftType type)
    {
        if (type != ThriftType.Struct)
        {
            throw Unexpected(type, "a struct");
        }
    }

    /// <summary>Passes over a field that the caller does not know.</summary>
    public void Skip(ThriftType type)
    {
        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                break;
            case ThriftType.Byte:
                ReadByte();
                break;
            case ThriftType.I16 or ThriftType.I32 or ThriftType.I64:
                ReadVarint();
                break;
            case ThriftType.Double:
                Advance(8);
                break;
            case ThriftType.Uuid:
                Advance(16);
                break;
            case ThriftType.Binary:
                ReadBinary(type);
                break;
            case ThriftType.List or ThriftType.Set:
                int count = EnterList(type, out ThriftType element);
                Nest(+1);
                for (int i = 0; i < count; i++)
                {
                    SkipElement(element);
                }

                Nest(-1);
                break;
            case ThriftType.Map:
                SkipMap();
                break;
            case ThriftType.Struct:
                short outer = EnterStruct();
                while (NextField(out _, out ThriftType field))
                {
                    Skip(field);
                }

                LeaveStruct(outer);
                break;
            default:
                throw Unexpected(type, "a known type");
        }
    }

    private int EnterList(ThriftType type, out ThriftType element)
    {
        if (type is not (ThriftType.List or ThriftType.Set))
        {
            throw Unexpected(type, "a list");
        }

        byte header = ReadByte();
        element = (ThriftType)(header & 15);
        ulong count = (ulong)(header >> 4);
        if (count == 15)
        {
            count = ReadVarint();
        }

        // Every element takes at least one byte.
        return count <= (ulong)(data.Length - Position) ? (int)count : throw Short();
    }

    private void SkipMap()
    {
        ulong count = ReadVarint();
        if (count == 0)
        {
            return;
        }

        byte types = ReadByte();
        if (count > (ulong)(data.Length - Position))
        {
            throw Short();
        }

        Nest(+1);
        for (ulong i = 0; i < count; i++)
        {
            SkipElement((ThriftType)(types >> 4));
            SkipElement((ThriftType)(types & 15));
        }

        Nest(-1);
    }

    // Within lists and maps a boolean takes a byte of its own.
    private void SkipElement(ThriftType type)
    {
        if (type is ThriftType.True or ThriftType.False)
        {
            ReadByte();
        }
        else
        {
            Skip(type);
        }
    }

    private void Nest(int change)
    {
        depth += change;
        if (depth > MaxDepth)
        {
            throw new ParquetException("metadata is nested too deep");
        }
    }

    private long ReadZigZag()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte b = ReadByte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new ParquetException("metadata holds a number longer than 64 bits");
    }

    private byte ReadByte() => Position < data.Length ? data[Position++] : throw Short();

    private void Advance(int bytes)
    {
        if (bytes > data.Length - Position)
        {
            throw Short();
        }

        Position += bytes;
    }

    private ParquetException Short()
    {
        RanOut = true;
        return new ParquetException("metadata ends too soon");
    }

    private static ParquetException Unexpected(ThriftType found, string expected) =>
        new($"metadata holds {found} where {expected} belongs");
}
