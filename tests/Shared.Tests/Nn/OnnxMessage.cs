using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Tests.Nn;

/// <summary>A message in Protocol Buffers' wire format, taken apart.</summary>
internal sealed class OnnxMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> fields = [];

    public OnnxMessage(ReadOnlySpan<byte> message)
    {
        while (message.Length > 0)
        {
            ulong key = Varint(ref message);
            int field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add((field, Varint(ref message), []));
                    break;
                case 2:
                    int length = (int)Varint(ref message);
                    fields.Add((field, 0, message[..length].ToArray()));
                    message = message[length..];
                    break;
                case 5:
                    fields.Add((field, BinaryPrimitives.ReadUInt32LittleEndian(message), []));
                    message = message[4..];
                    break;
                default:
                    throw new InvalidDataException($"field {field} is of kind {key & 7}");
            }
        }
    }

    public long[] Numbers(int field) => [.. Of(field).Select(one => (long)one.Number)];

    public string[] Texts(int field) => [.. Of(field).Select(one => Encoding.UTF8.GetString(one.Bytes))];

    public OnnxMessage[] Messages(int field) => [.. Of(field).Select(one => new OnnxMessage(one.Bytes))];

    public float[] Floats(int field)
    {
        byte[] bytes = Of(field).Single().Bytes;
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, 4 * i))];
    }

    private IEnumerable<(int Field, ulong Number, byte[] Bytes)> Of(int field) => fields.Where(one => one.Field == field);

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[0];
            message = message[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
