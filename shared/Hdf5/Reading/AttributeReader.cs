using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Hdf5.Reading;

/// <summary>Decodes attribute messages, versions 1 to 3.</summary>
internal static class AttributeReader
{
    public static Hdf5Attribute[] Read(Hdf5Object owner)
    {
        var attributes = new List<Hdf5Attribute>();
        foreach (HeaderMessage message in owner.Messages)
        {
            switch (message.Kind)
            {
                case MessageKind.Attribute when message.IsShared:
                    throw owner.Fault("it has shared attributes, which are not supported");
                case MessageKind.Attribute:
                    // Copied, because variable-length text is read from elsewhere meanwhile.
                    attributes.Add(One(owner, owner.File.Source.Span(message.Address, message.Size).ToArray()));
                    break;
                case MessageKind.AttributeInfo:
                    throw owner.Fault("it has attributes in a fractal heap (written with libver='latest'), which are not supported");
            }
        }

        return [.. attributes];
    }

    private static Hdf5Attribute One(Hdf5Object owner, byte[] bytes)
    {
        FileSource source = owner.File.Source;
        int version = bytes.Length < 8 ? 0 : bytes[0];
        if (version is < 1 or > 3)
        {
            throw owner.Fault(version == 0 ? "an attribute is cut short: the file is damaged" : $"attribute version {version} is not supported");
        }

        if (version > 1 && (bytes[1] & 3) != 0)
        {
            throw owner.Fault("it has an attribute of a committed datatype, which is not supported");
        }

        // Up to version 1 every part is padded to a multiple of 8 bytes.
        int nameSize = U16(bytes, 2), typeSize = U16(bytes, 4), spaceSize = U16(bytes, 6);
        int at = version == 3 ? 9 : 8;
        ReadOnlySpan<byte> nameBytes = Part(owner, bytes, ref at, nameSize, version);
        ReadOnlySpan<byte> typeBytes = Part(owner, bytes, ref at, typeSize, version);
        ReadOnlySpan<byte> spaceBytes = Part(owner, bytes, ref at, spaceSize, version);
        int end = nameBytes.IndexOf((byte)0);
        string name = Encoding.UTF8.GetString(end < 0 ? nameBytes : nameBytes[..end]);
        Hdf5Type type = TypeReader.Read(source, typeBytes);
        Dataspace space = Dataspace.Read(source, spaceBytes);
        long? size = space.IsNull ? 0 : Dataspace.Product(type.Size, space.Shape, bytes.Length);
        if (size is null || size > bytes.Length - at)
        {
            throw owner.Fault($"attribute {name} is cut short: the file is damaged");
        }

        byte[] data = bytes.AsSpan(at, (int)size).ToArray();
        string[]? texts = type is { Class: Hdf5Class.VariableLength, IsText: true } ? GlobalHeap.Texts(owner, name, type, data) : null;
        return new Hdf5Attribute(owner, name, type, space.Shape, data, texts, space.IsNull);
    }

    private static int U16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));

    private static ReadOnlySpan<byte> Part(Hdf5Object owner, byte[] bytes, ref int at, int size, int version)
    {
        int padded = version == 1 ? (size + 7) / 8 * 8 : size;
        if (at + padded > bytes.Length)
        {
            throw owner.Fault("an attribute is cut short: the file is damaged");
        }

        at += padded;
        return bytes.AsSpan(at - padded, size);
    }
}
