using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Hdf5.Reading;

/// <summary>Where strings of variable length lie: numbered objects in collections.</summary>
internal static class GlobalHeap
{
    private const int ReferenceSize = 16;

    /// <summary>The texts that references (length, address of a collection, number within) stand for.</summary>
    public static string[] Texts(Hdf5Object owner, string attribute, Hdf5Type type, ReadOnlySpan<byte> references)
    {
        if (type.Size != ReferenceSize)
        {
            throw owner.Fault($"attribute {attribute} has references of {type.Size} bytes: the file is damaged");
        }

        var texts = new string[references.Length / ReferenceSize];
        long total = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            ReadOnlySpan<byte> reference = references.Slice(i * ReferenceSize, ReferenceSize);
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(reference);
            total += length;
            if (total > owner.File.Source.Length)
            {
                throw owner.Fault($"attribute {attribute} has more text than the file has room for: the file is damaged");
            }

            texts[i] = length == 0 ? "" : Text(owner, BinaryPrimitives.ReadInt64LittleEndian(reference[4..]), BinaryPrimitives.ReadUInt32LittleEndian(reference[12..]), length);
        }

        return texts;
    }

    private static string Text(Hdf5Object owner, long address, uint number, uint length)
    {
        FileSource source = owner.File.Source;
        ReadOnlySpan<byte> head = source.Span(address, 16);
        if (!head[..4].SequenceEqual("GCOL"u8) || head[4] != 1)
        {
            throw owner.Fault("there is no global heap where text of variable length should be: the file is damaged");
        }

        ReadOnlySpan<byte> collection = source.Span(address, BinaryPrimitives.ReadInt64LittleEndian(head[8..]));
        int at = 16;
        while (at + 16 <= collection.Length)
        {
            uint index = BinaryPrimitives.ReadUInt16LittleEndian(collection[at..]);
            long size = BinaryPrimitives.ReadInt64LittleEndian(collection[(at + 8)..]);
            if (size < 0 || size > collection.Length - at - 16)
            {
                break;
            }

            if (index == number && index != 0 && length <= size)
            {
                return Encoding.UTF8.GetString(collection.Slice(at + 16, (int)length)).TrimEnd('\0');
            }

            at += 16 + (int)((size + 7) / 8 * 8);
        }

        throw owner.Fault("a text of variable length is not in its heap: the file is damaged");
    }
}
