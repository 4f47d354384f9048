using Pipeline.Hdf5.Reading;

namespace Pipeline.Hdf5;

/// <summary>Rows of a table, in memory. A field's name is looked up once; its values are then had by number.</summary>
public sealed class Hdf5Rows
{
    private readonly Hdf5Dataset dataset;
    private readonly byte[] bytes;
    private readonly int rowSize;

    internal Hdf5Rows(Hdf5Dataset dataset, byte[] bytes, int count)
    {
        this.dataset = dataset;
        this.bytes = bytes;
        rowSize = dataset.RowBytes;
        Count = count;
    }

    /// <summary>How many rows.</summary>
    public int Count { get; }

    /// <summary>The fields, in the file's order.</summary>
    public IReadOnlyList<Hdf5Member> Fields => dataset.Type.Members;

    /// <summary>The number of a field.</summary>
    /// <exception cref="Hdf5Exception">There is no such field.</exception>
    public int Field(string name)
    {
        int field = FindField(name);
        return field >= 0 ? field : throw dataset.Fault($"there is no field '{name}'; there are: {string.Join(", ", Fields.Select(f => f.Name))}");
    }

    /// <summary>The number of a field, or -1 where there is none.</summary>
    public int FindField(string name)
    {
        IReadOnlyList<Hdf5Member> fields = Fields;
        for (int i = 0; i < fields.Count; i++)
        {
            if (fields[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The bytes of a value, as stored.</summary>
    public ReadOnlySpan<byte> Bytes(int row, int field)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        Hdf5Member member = Fields[field];
        return bytes.AsSpan(row * rowSize + member.Offset, member.Type.Size);
    }

    /// <summary>A text.</summary>
    /// <exception cref="Hdf5Exception">The field holds something else.</exception>
    public string Text(int row, int field)
    {
        Hdf5Type type = Fields[field].Type;
        return type.Class == Hdf5Class.String ? FixedText.Read(type, Bytes(row, field)) : throw Fault(field, $"it holds no text, but {type}");
    }

    /// <summary>A number, converted to double precision.</summary>
    /// <exception cref="Hdf5Exception">The field holds something else.</exception>
    public double Double(int row, int field) => NumberReader.Double(Number(field, wantInteger: false), Bytes(row, field));

    /// <summary>An integer.</summary>
    /// <exception cref="Hdf5Exception">The field holds something else, or the value is over 64 bits with sign.</exception>
    public long Int64(int row, int field)
    {
        try
        {
            return NumberReader.Int64(Number(field, wantInteger: true), Bytes(row, field));
        }
        catch (OverflowException e)
        {
            throw Fault(field, "a value is too large for 64 bits with sign", e);
        }
    }

    /// <summary>An integer.</summary>
    /// <exception cref="Hdf5Exception">The field holds something else, or the value is over 32 bits with sign.</exception>
    public int Int32(int row, int field)
    {
        long value = Int64(row, field);
        return value == (int)value ? (int)value : throw Fault(field, $"the value {value} is too large for 32 bits with sign");
    }

    /// <summary>The numbers of an array field, converted to double precision; one for a field that is no array.</summary>
    /// <exception cref="Hdf5Exception">The field holds something else.</exception>
    public double[] Doubles(int row, int field)
    {
        Hdf5Type type = Fields[field].Type;
        var values = new double[type.ElementCount];
        if (NumberReader.Obstacle(type.Element, false) is { } obstacle)
        {
            throw Fault(field, obstacle);
        }

        NumberReader.Read<double>(type.Element, Bytes(row, field), values);
        return values;
    }

    private Hdf5Type Number(int field, bool wantInteger)
    {
        Hdf5Type type = Fields[field].Type;
        return NumberReader.Obstacle(type, wantInteger) is { } obstacle ? throw Fault(field, obstacle) : type;
    }

    private Hdf5Exception Fault(int field, string reason, Exception? cause = null) => dataset.Fault($"field {Fields[field].Name}: {reason}", cause);
}
