using System.Buffers;

namespace Pipeline.Parquet.Metadata;

/// <summary>Writes Thrift's compact protocol: what Parquet's metadata needs of it.</summary>
internal sealed class ThriftWriter
{
    private readonly ArrayBufferWriter<byte> output = new();
    private int lastField;

    /// <summary>What has been written.</summary>
    public ReadOnlySpan<byte> Written => output.WrittenSpan;

    /// <summary>Starts over, keeping the buffer.</summary>
    public void Clear()
    {
        output.ResetWrittenCount();
        lastField = 0;
    }

    public void Boolean(int id, bool value) => Field(id, value ? ThriftType.True : ThriftType.False);

    public void Int16(int id, short value)
    {
        Field(id, ThriftType.I16);
        ZigZag(value);
    }

    public void Int32(int id, int value)
    {
        Field(id, ThriftType.I32);
        ZigZag(value);
    }

    public void Int64(int id, long value)
    {
        Field(id, ThriftType.I64);
        ZigZag(value);
    }

    public void Binary(int id, ReadOnlySpan<byte> value)
    {
        Field(id, ThriftType.Binary);
        Element(value);
    }

    public void Text(int id, string value) => Binary(id, System.Text.Encoding.UTF8.GetBytes(value));

    /// <summary>A field that is an empty struct: how Thrift spells a case of a union.</summary>
    public void Case(int id)
    {
        int outer = BeginStruct(id);
        EndStruct(outer);
    }

    /// <summary>Starts a field that is a struct; the value returned goes to <see cref="EndStruct"/>.</summary>
    public int BeginStruct(int id)
    {
        Field(id, ThriftType.Struct);
        return BeginElement();
    }

    /// <summary>Starts a struct that is an element of a list.</summary>
    public int BeginElement()
    {
        int outer = lastField;
        lastField = 0;
        return outer;
    }

    public void EndStruct(int outer)
    {
        Put((byte)ThriftType.Stop);
        lastField = outer;
    }

    public void BeginList(int id, ThriftType element, int count)
    {
        Field(id, ThriftType.List);
        if (count < 15)
        {
            Put((byte)(count << 4 | (int)element));
        }
        else
        {
            Put((byte)(0xF0 | (int)element));
            Varint((ulong)count);
        }
    }

    /// <summary>An integer that is an element of a list.</summary>
    public void Element(int value) => ZigZag(value);

    /// <summary>Bytes that are an element of a list.</summary>
    public void Element(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        output.Write(value);
    }

    private void Field(int id, ThriftType type)
    {
        int delta = id - lastField;
        if (delta is > 0 and <= 15)
        {
            Put((byte)(delta << 4 | (int)type));
        }
        else
        {
            Put((byte)type);
            ZigZag(id);
        }

        lastField = id;
    }

    private void ZigZag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    private void Varint(ulong value)
    {
        while (value >= 0x80)
        {
            Put((byte)(value | 0x80));
            value >>= 7;
        }

        Put((byte)value);
    }

    private void Put(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
