using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Pipeline.Hdf5;

/// <summary>Puts the rows of a table together, for <see cref="Hdf5Writer"/>. What is not set is zero, or empty text.</summary>
public sealed class Hdf5TableBuilder
{
    private readonly byte[] bytes;
    private readonly Dictionary<string, Hdf5Member> fields;
    private readonly int count;

    /// <summary>Starts with empty rows.</summary>
    /// <param name="type">A compound type.</param>
    /// <param name="count">How many rows.</param>
    public Hdf5TableBuilder(Hdf5Type type, int count)
    {
        Type = type;
        this.count = count;
        fields = type.Members.ToDictionary(m => m.Name);
        bytes = new byte[checked(type.Size * count)];
    }

    /// <summary>The type of a row.</summary>
    public Hdf5Type Type { get; }

    /// <summary>The rows as they are stored.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Sets a text field. Text longer than the field is cut, between characters.</summary>
    public void Set(int row, string field, string value)
    {
        Hdf5Member member = Find(field);
        if (member.Type.Class != Hdf5Class.String)
        {
            throw new ArgumentException($"field {field} holds {member.Type}, no text", nameof(field));
        }

        Span<byte> room = Room(row, member);
        room.Clear();
        Utf8.FromUtf16(value, room, out _, out _);
    }

    /// <summary>Sets a number field, converted to the field's type.</summary>
    /// <exception cref="OverflowException">The field cannot hold the value.</exception>
    public void Set(int row, string field, double value)
    {
        Hdf5Member member = Find(field);
        if (member.Type.IsBigEndian)
        {
            throw new ArgumentException($"field {field} holds {member.Type}, which can be written as bytes only", nameof(field));
        }

        Span<byte> room = Room(row, member);
        switch (member.Type)
        {
            case { Class: Hdf5Class.Float, Size: 8 }:
                MemoryMarshal.Write(room, value);
                break;
            case { Class: Hdf5Class.Float, Size: 4 }:
                MemoryMarshal.Write(room, (float)value);
                break;
            case { Class: Hdf5Class.Integer or Hdf5Class.BitField or Hdf5Class.Enumeration, Size: var size }:
                long whole = checked((long)value);
                long least = member.Type.IsSigned ? -1L << (8 * size - 1) : 0, most = member.Type.IsSigned ? ~least : size == 8 ? long.MaxValue : (1L << 8 * size) - 1;
                if (whole != value || whole < least || whole > most)
                {
                    throw new OverflowException($"field {field} of type {member.Type} cannot hold {value.ToString(CultureInfo.InvariantCulture)}");
                }

                MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in whole))[..size].CopyTo(room);
                break;
            default:
                throw new ArgumentException($"field {field} holds {member.Type}, no number", nameof(field));
        }
    }

    private Hdf5Member Find(string field) => fields.TryGetValue(field, out Hdf5Member? member) ? member : throw new ArgumentException($"there is no field '{field}'", nameof(field));

    private Span<byte> Room(int row, Hdf5Member member)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, count);
        return bytes.AsSpan(row * Type.Size + member.Offset, member.Type.Size);
    }
}
