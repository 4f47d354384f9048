using System.Buffers.Binary;

namespace Pipeline.Hdf5.Reading;

/// <summary>The messages of a version-1 object header, its continuations followed.</summary>
internal static class ObjectHeader
{
    private const int PrefixSize = 16;
    private const int MessagePrefix = 8;

    public static List<HeaderMessage> Read(FileSource source, long address)
    {
        ReadOnlySpan<byte> prefix = source.Span(address, PrefixSize);
        if (prefix[..4].SequenceEqual("OHDR"u8))
        {
            throw source.Fault("it has object headers of version 2 (\"OHDR\", written with libver='latest' or track_order), which are not supported: write it with libver='earliest'");
        }

        if (prefix[0] != 1)
        {
            throw source.Fault($"object header version {prefix[0]} at {address} is not one that exists: the file is damaged");
        }

        int announced = BinaryPrimitives.ReadUInt16LittleEndian(prefix[2..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(prefix[8..]);
        var messages = new List<HeaderMessage>(Math.Min(announced, 64));
        var blocks = new Queue<(long Address, long Size)>();
        blocks.Enqueue((address + PrefixSize, size));

        // Blocks do not overlap: those of a circle are soon more than the file.
        long left = source.Length;
        while (messages.Count < announced && blocks.TryDequeue(out (long Address, long Size) block))
        {
            ReadOnlySpan<byte> bytes = source.Span(block.Address, block.Size);
            left -= bytes.Length;
            if (left < 0)
            {
                throw source.Fault($"the object header at {address} has more parts than the file has room for: the file is damaged");
            }

            int at = 0;
            while (at + MessagePrefix <= bytes.Length && messages.Count < announced)
            {
                var kind = (MessageKind)BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
                int length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(at + 2)..]);
                byte flags = bytes[at + 4];
                at += MessagePrefix;
                if (length > bytes.Length - at)
                {
                    throw source.Fault($"a message of the object header at {address} is longer than its block: the file is damaged");
                }

                messages.Add(new HeaderMessage(kind, flags, block.Address + at, length));
                if (kind == MessageKind.Continuation)
                {
                    if (length < 16)
                    {
                        throw source.Fault($"the object header at {address} has a continuation of {length} bytes: the file is damaged");
                    }

                    blocks.Enqueue((BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[(at + 8)..])));
                }

                at += length;
            }
        }

        return messages;
    }
}
