using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Pipeline.Nn.Files.Onnx;

/// <summary>
/// A message in Protocol Buffers' wire format (protobuf.dev/programming-guides/encoding): fields one behind the other, each a key of its
/// number and kind, then its value.
/// </summary>
internal sealed class ProtoWriter
{
    private const int Varint = 0;
    private const int Delimited = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    /// <summary>A whole number.</summary>
    public void Write(int field, long value)
    {
        Key(field, Varint);
        Number((ulong)value);
    }

    /// <summary>A float.</summary>
    public void Write(int field, float value)
    {
        Key(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.GetSpan(sizeof(float)), value);
        bytes.Advance(sizeof(float));
    }

    /// <summary>Text.</summary>
    public void Write(int field, string text) => Write(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes.</summary>
    public void Write(int field, ReadOnlySpan<byte> value)
    {
        Key(field, Delimited);
        Number((ulong)value.Length);
        bytes.Write(value);
    }

    /// <summary>Numbers as the bytes they have in memory.</summary>
    public void WriteRaw<T>(int field, ReadOnlySpan<T> values)
        where T : unmanaged => Write(field, MemoryMarshal.AsBytes(values));

    /// <summary>A message within the message.</summary>
    public void Write(int field, Action<ProtoWriter> fill)
    {
        var inner = new ProtoWriter();
        fill(inner);
        Write(field, inner.Written);
    }

    /// <summary>The fields of another message, as if they had been written here.</summary>
    public void Append(ProtoWriter fields) => bytes.Write(fields.Written);

    private void Key(int field, int kind) => Number((ulong)(field << 3 | kind));

    // Seven bits a byte, the lowest first; all but the last have the eighth bit set.
    private void Number(ulong value)
    {
        Span<byte> to = bytes.GetSpan(10);
        int length = 0;
        for (; value > 0x7F; value >>= 7)
        {
            to[length++] = (byte)(value | 0x80);
        }

        to[length++] = (byte)value;
        bytes.Advance(length);
    }
}
