using System.Buffers.Binary;
using System.Text;

namespace Pipeline.Hdf5.Reading;

/// <summary>What the header of a dataset says.</summary>
internal sealed class DatasetHeader
{
    private const int MaxRank = 32;

    private readonly Hdf5Dataset dataset;
    private readonly FileSource source;

    public DatasetHeader(Hdf5Dataset dataset)
    {
        this.dataset = dataset;
        source = dataset.File.Source;
        bool hasType = false, hasSpace = false;
        foreach (HeaderMessage message in dataset.Messages)
        {
            if (message.IsShared)
            {
                Obstacle ??= message.Kind == MessageKind.Datatype ? "its datatype is a committed one, which is not supported" : $"its {message.Kind} message is shared, which is not supported";
                hasType |= message.Kind == MessageKind.Datatype;
                hasSpace |= message.Kind == MessageKind.Dataspace;
                continue;
            }

            ReadOnlySpan<byte> body = source.Span(message.Address, message.Size);
            switch (message.Kind)
            {
                case MessageKind.Dataspace:
                    Space = Dataspace.Read(source, body);
                    hasSpace = true;
                    break;
                case MessageKind.Datatype:
                    Type = TypeReader.Read(source, body);
                    hasType = true;
                    break;
                case MessageKind.FillValue:
                    ReadFill(body);
                    break;
                case MessageKind.OldFillValue when FillValue.Length == 0:
                    ReadOldFill(body);
                    break;
                case MessageKind.Layout:
                    ReadLayout(message, body);
                    break;
                case MessageKind.Filters:
                    ReadFilters(body);
                    break;
                case MessageKind.ExternalFiles:
                    Obstacle ??= "its data lies in external files, which is not supported";
                    break;
            }
        }

        if (!hasType || !hasSpace)
        {
            throw dataset.Fault("it has a layout and no datatype or no shape: the file is damaged");
        }
    }

    public Hdf5Type Type { get; private set; } = Hdf5Type.Unread(Hdf5Class.Opaque, 1);

    public Dataspace Space { get; private set; } = new([], [], true);

    public Hdf5Layout Layout { get; private set; }

    /// <summary>Where data or the B-tree of chunks lies; -1 where nothing is stored.</summary>
    public long DataAddress { get; private set; } = -1;

    /// <summary>Bytes that the layout announces, for compact and contiguous data; -1 where it does not say.</summary>
    public long DataSize { get; private set; } = -1;

    /// <summary>In elements; null where there are no chunks.</summary>
    public int[]? ChunkShape { get; private set; }

    public Hdf5Filter[] Filters { get; private set; } = [];

    /// <summary>What elements are that were never written; empty for zeros.</summary>
    public byte[] FillValue { get; private set; } = [];

    /// <summary>Why the data cannot be read, or null.</summary>
    public string? Obstacle { get; private set; }

    private void ReadFill(ReadOnlySpan<byte> body)
    {
        int version = body.Length < 2 ? 0 : body[0];
        if (version is 1 or 2)
        {
            // Version 2 leaves out the size where no value is defined.
            bool sized = body.Length >= 8 && (version == 1 || body[3] != 0);
            SetFill(sized ? BinaryPrimitives.ReadUInt32LittleEndian(body[4..]) : 0, body.Length > 8 ? body[8..] : default);
        }
        else if (version == 3)
        {
            bool sized = body.Length >= 6 && (body[1] & 0x20) != 0;
            SetFill(sized ? BinaryPrimitives.ReadUInt32LittleEndian(body[2..]) : 0, body.Length > 6 ? body[6..] : default);
        }
        else
        {
            throw dataset.Fault($"fill value version {version} is not supported");
        }
    }

    private void ReadOldFill(ReadOnlySpan<byte> body)
    {
        if (body.Length >= 4)
        {
            SetFill(BinaryPrimitives.ReadUInt32LittleEndian(body), body[4..]);
        }
    }

    private void SetFill(uint size, ReadOnlySpan<byte> rest)
    {
        if (size > rest.Length)
        {
            throw dataset.Fault("its fill value is cut short: the file is damaged");
        }

        FillValue = rest[..(int)size].ContainsAnyExcept((byte)0) ? rest[..(int)size].ToArray() : [];
    }

    private void ReadLayout(HeaderMessage message, ReadOnlySpan<byte> body)
    {
        int version = body.Length < 4 ? 0 : body[0];
        switch (version)
        {
            case 1 or 2:
                ReadOldLayout(message, body);
                break;
            case 3:
                ReadLayout3(message, body);
                break;
            case 4:
                Layout = (Hdf5Layout)Math.Min(body[1], (byte)3);
                Obstacle ??= Layout == Hdf5Layout.Virtual
                    ? "it is a virtual dataset, which is not supported"
                    : "its layout is of version 4 (written with libver='latest'), which is not supported: write it with libver='earliest'";
                break;
            default:
                throw dataset.Fault($"layout version {version} is not supported");
        }
    }

    private void ReadLayout3(HeaderMessage message, ReadOnlySpan<byte> body)
    {
        Layout = (Hdf5Layout)body[1];
        switch (Layout)
        {
            case Hdf5Layout.Compact:
                DataSize = BinaryPrimitives.ReadUInt16LittleEndian(body[2..]);
                DataAddress = message.Address + 4;
                Require(body, 4 + DataSize);
                break;
            case Hdf5Layout.Contiguous:
                Require(body, 18);
                DataAddress = BinaryPrimitives.ReadInt64LittleEndian(body[2..]);
                DataSize = BinaryPrimitives.ReadInt64LittleEndian(body[10..]);
                break;
            case Hdf5Layout.Chunked:
                Require(body, 11);
                DataAddress = BinaryPrimitives.ReadInt64LittleEndian(body[3..]);
                ReadChunkShape(body[2], body[11..]);
                break;
            default:
                throw dataset.Fault($"layout class {body[1]} is not one that exists: the file is damaged");
        }
    }

    // Versions 1 and 2: rank first, then class, five reserved bytes, an address unless compact, and the dimensions of chunk or data.
    private void ReadOldLayout(HeaderMessage message, ReadOnlySpan<byte> body)
    {
        int rank = body[1];
        Layout = (Hdf5Layout)body[2];
        int at = Layout == Hdf5Layout.Compact ? 8 : 16;
        Require(body, at + 4 * rank + (Layout == Hdf5Layout.Compact ? 4 : 0));
        switch (Layout)
        {
            case Hdf5Layout.Compact:
                DataSize = BinaryPrimitives.ReadUInt32LittleEndian(body[(at + 4 * rank)..]);
                DataAddress = message.Address + at + 4 * rank + 4;
                Require(body, at + 4 * rank + 4 + DataSize);
                break;
            case Hdf5Layout.Contiguous:
                DataAddress = BinaryPrimitives.ReadInt64LittleEndian(body[8..]);
                break;
            case Hdf5Layout.Chunked:
                DataAddress = BinaryPrimitives.ReadInt64LittleEndian(body[8..]);
                ReadChunkShape(rank, body[at..]);
                break;
            default:
                throw dataset.Fault($"layout class {body[2]} is not one that exists: the file is damaged");
        }
    }

    // One dimension more than the dataset has: the bytes of an element.
    private void ReadChunkShape(int rank, ReadOnlySpan<byte> dimensions)
    {
        if (rank is < 2 or > MaxRank + 1)
        {
            throw dataset.Fault($"its chunks have {rank - 1} dimensions: the file is damaged");
        }

        Require(dimensions, 4 * rank);
        ChunkShape = new int[rank - 1];
        for (int i = 0; i < ChunkShape.Length; i++)
        {
            ChunkShape[i] = BinaryPrimitives.ReadInt32LittleEndian(dimensions[(4 * i)..]);
            if (ChunkShape[i] <= 0)
            {
                throw dataset.Fault($"a dimension of its chunks is {ChunkShape[i]}: the file is damaged");
            }
        }
    }

    private void ReadFilters(ReadOnlySpan<byte> body)
    {
        int version = body.Length < 2 ? 0 : body[0], count = body.Length < 2 ? 0 : body[1];
        if (version is not (1 or 2) || count > 32)
        {
            throw dataset.Fault($"a list of {count} filters, version {version}, is not supported");
        }

        Filters = new Hdf5Filter[count];
        int at = version == 1 ? 8 : 2;
        for (int i = 0; i < count; i++)
        {
            // Version 2 leaves out the length of the name for the filters that every library has.
            Require(body, at + 8);
            int id = BinaryPrimitives.ReadUInt16LittleEndian(body[at..]);
            bool named = version == 1 || id >= 256;
            int nameSize = named ? BinaryPrimitives.ReadUInt16LittleEndian(body[(at + 2)..]) : 0;
            at += named ? 4 : 2;
            int parameters = BinaryPrimitives.ReadUInt16LittleEndian(body[(at + 2)..]);
            at += 4;
            int nameRoom = version == 1 ? (nameSize + 7) / 8 * 8 : nameSize;
            Require(body, at + nameRoom + 4 * parameters);
            string name = Encoding.UTF8.GetString(body.Slice(at, nameSize)).TrimEnd('\0');
            at += nameRoom;
            var values = new uint[parameters];
            for (int p = 0; p < parameters; p++, at += 4)
            {
                values[p] = BinaryPrimitives.ReadUInt32LittleEndian(body[at..]);
            }

            at += version == 1 && parameters % 2 == 1 ? 4 : 0;
            Filters[i] = new Hdf5Filter(id, Hdf5Filter.NameOf(id, name), values);
        }
    }

    private void Require(ReadOnlySpan<byte> body, long size)
    {
        if (body.Length < size)
        {
            throw dataset.Fault("a message of its header is cut short: the file is damaged");
        }
    }
}
