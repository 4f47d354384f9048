using System.Runtime.InteropServices;
using System.Text.Unicode;
using Pipeline.Hdf5.Reading;
using Pipeline.Hdf5.Writing;

namespace Pipeline.Hdf5;

/// <summary>
/// Writes an HDF5 file of the classic layout (superblock 0, symbol-table groups, version-1 headers and B-trees), which every HDF5 library and PyTables read. The
/// same calls give the same bytes. Until <see cref="Finish"/> the file has no superblock, so that one left unfinished is not taken for whole.
/// </summary>
/// <example>
/// <code>
/// using var writer = Hdf5Writer.Create("song.h5");
/// writer.Group("/analysis", Hdf5AttributeValue.Text("TITLE", "the analysis"));
/// writer.Dataset&lt;double&gt;("/analysis/segments_start", [start.Length], start, new() { ChunkShape = [1024], MaxShape = [-1], Shuffle = true, DeflateLevel = 1 });
/// writer.Finish();
/// </code>
/// </example>
public sealed class Hdf5Writer : IDisposable
{
    private const int SuperblockSize = 96;
    private const int MaxMessage = 65_528;
    private const int MaxRank = 32;

    private readonly Stream stream;
    private readonly bool leaveOpen;
    private readonly long origin;
    private readonly BlockSink sink;
    private readonly GroupNode root = new();
    private State state;

    private Hdf5Writer(Stream stream, bool leaveOpen)
    {
        this.stream = stream;
        this.leaveOpen = leaveOpen;
        origin = stream.Position;
        stream.Write(new byte[SuperblockSize]);
        sink = new BlockSink(stream, SuperblockSize);
    }

    private enum State
    {
        Writing,
        Failed,
        Finished,
    }

    /// <summary>Creates a file, in place of one that may be there.</summary>
    public static Hdf5Writer Create(string path) => new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16), leaveOpen: false);

    /// <summary>Writes to a stream that can seek, from where it stands.</summary>
    public static Hdf5Writer Create(Stream stream, bool leaveOpen = false) =>
        stream.CanSeek ? new(stream, leaveOpen) : throw new ArgumentException("an HDF5 file cannot be written to a stream that cannot seek", nameof(stream));

    /// <summary>Adds a group, or attributes to the root ("/"). Groups that a path leads through need not be added before.</summary>
    public void Group(string path, params IReadOnlyList<Hdf5AttributeValue> attributes)
    {
        RequireWriting();
        CheckAttributes(path, attributes);
        GroupNode node = Find(path);
        if (node.IsDataset || node.IsDeclared)
        {
            throw new ArgumentException($"'{path}' is there already", nameof(path));
        }

        node.IsDeclared = true;
        node.Attributes = attributes;
    }

    /// <summary>Adds a dataset of numbers; its type is that of <typeparamref name="T"/>.</summary>
    public void Dataset<T>(string path, ReadOnlySpan<long> shape, ReadOnlySpan<T> data, Hdf5DatasetOptions? options = null)
        where T : unmanaged => Dataset(path, Hdf5Type.Of<T>(), shape, MemoryMarshal.AsBytes(data), options);

    /// <summary>Adds a dataset of strings in one dimension, in fields of one length, longer ones being cut.</summary>
    public void Dataset(string path, int size, IReadOnlyList<string> texts, Hdf5DatasetOptions? options = null)
    {
        byte[] bytes = new byte[checked(size * texts.Count)];
        for (int i = 0; i < texts.Count; i++)
        {
            Utf8.FromUtf16(texts[i], bytes.AsSpan(size * i, size), out _, out _);
        }

        Dataset(path, Hdf5Type.String(size), [texts.Count], bytes, options);
    }

    /// <summary>Adds a table.</summary>
    public void Dataset(string path, Hdf5TableBuilder table, Hdf5DatasetOptions? options = null) =>
        Dataset(path, table.Type, [table.Bytes.Length / table.Type.Size], table.Bytes, options);

    /// <summary>Adds a dataset.</summary>
    /// <param name="path">Its path, such as <c>/analysis/songs</c>.</param>
    /// <param name="type">The type of an element.</param>
    /// <param name="shape">The dimensions; none for a scalar.</param>
    /// <param name="data">The elements, the last dimension fastest.</param>
    /// <param name="options">How it is stored.</param>
    public void Dataset(string path, Hdf5Type type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> data, Hdf5DatasetOptions? options = null)
    {
        RequireWriting();
        options ??= new();
        Check(path, type, shape, data, options);
        GroupNode node = Find(path);
        if (node.IsDataset || node.IsDeclared || node.Children.Count > 0 || node == root)
        {
            throw new ArgumentException($"'{path}' is there already", nameof(path));
        }

        state = State.Failed;
        Hdf5Layout layout = options.ChunkShape is not null ? Hdf5Layout.Chunked : options.Compact ? Hdf5Layout.Compact : Hdf5Layout.Contiguous;
        var messages = new List<(MessageKind, ByteBuffer)>
        {
            (MessageKind.Dataspace, MessageWriter.Space(shape, options.MaxShape is null ? shape : [.. options.MaxShape])),
            (MessageKind.Datatype, MessageWriter.Type(type)),
            (MessageKind.FillValue, MessageWriter.Fill(layout, options.FillValue.Span)),
        };
        if (layout == Hdf5Layout.Chunked)
        {
            Hdf5Filter[] filters = Filters(type, options);
            if (filters.Length > 0)
            {
                messages.Add((MessageKind.Filters, MessageWriter.Filters(filters)));
            }

            messages.Add((MessageKind.Layout, Chunks(type.Size, [.. shape], data, [.. options.ChunkShape!], filters)));
        }
        else if (layout == Hdf5Layout.Compact)
        {
            messages.Add((MessageKind.Layout, new ByteBuffer().Byte(3).Byte((int)layout).UInt16(data.Length).Bytes(data)));
        }
        else
        {
            messages.Add((MessageKind.Layout, new ByteBuffer().Byte(3).Byte((int)layout).Int64(data.Length > 0 ? sink.Append(data) : -1).Int64(data.Length)));
        }

        node.IsDataset = true;
        node.Header = Header(messages, options.Attributes);
        state = State.Writing;
    }

    /// <summary>Writes the groups and the superblock. The file is whole only after this.</summary>
    public void Finish()
    {
        RequireWriting();
        state = State.Failed;
        WriteGroup(root);
        long end = stream.Position;
        stream.Position = origin;
        stream.Write(new ByteBuffer()
            .Bytes([0x89, (byte)'H', (byte)'D', (byte)'F', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'])
            .Zeros(5).Byte(8).Byte(8).Byte(0) // versions; bytes of addresses and of lengths
            .UInt16(SymbolTableWriter.LeafK).UInt16(SymbolTableWriter.NodeK).UInt32(0)
            .Int64(0).Int64(-1).Int64(sink.End).Int64(-1) // origin, free space, end, driver
            .Int64(0).Int64(root.Header).UInt32(1).UInt32(0).Int64(root.Symbols.Tree).Int64(root.Symbols.Heap).Span);
        stream.Position = end;
        stream.Flush();
        state = State.Finished;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (!leaveOpen)
        {
            stream.Dispose();
        }
    }

    // In the order in which PyTables applies them.
    private static Hdf5Filter[] Filters(Hdf5Type type, Hdf5DatasetOptions options)
    {
        var filters = new List<Hdf5Filter>();
        if (options.Fletcher32)
        {
            filters.Add(new(Hdf5Filter.Fletcher32, "fletcher32", []));
        }

        if (options.Shuffle)
        {
            filters.Add(new(Hdf5Filter.Shuffle, "shuffle", [(uint)type.Size]));
        }

        if (options.DeflateLevel > 0)
        {
            filters.Add(new(Hdf5Filter.Deflate, "deflate", [(uint)options.DeflateLevel]));
        }

        return [.. filters];
    }

    private static void CheckAttributes(string path, IReadOnlyList<Hdf5AttributeValue> attributes)
    {
        foreach (Hdf5AttributeValue attribute in attributes)
        {
            if (MessageWriter.Attribute(attribute).Length > MaxMessage)
            {
                throw new ArgumentException($"{path}: attribute {attribute.Name} has {attribute.Bytes.Length} bytes, and {MaxMessage} are the most with its name and type", nameof(attributes));
            }
        }

        if (attributes.Select(a => a.Name).Distinct().Count() != attributes.Count)
        {
            throw new ArgumentException($"{path}: two attributes have one name", nameof(attributes));
        }
    }

    private static void Check(string path, Hdf5Type type, ReadOnlySpan<long> shape, ReadOnlySpan<byte> data, Hdf5DatasetOptions options)
    {
        long size = type.Size;
        foreach (long dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
            size = checked(size * dimension);
        }

        string? fault = shape.Length > MaxRank ? $"{shape.Length} dimensions are more than {MaxRank}"
            : size != data.Length ? $"{data.Length} bytes were given where type and shape take {size}"
            : options.FillValue.Length != 0 && options.FillValue.Length != type.Size ? $"the fill value has {options.FillValue.Length} bytes and an element {type.Size}"
            : options.DeflateLevel is < 0 or > 9 ? $"there is no deflate level {options.DeflateLevel}"
            : MessageWriter.Type(type).Length > MaxMessage ? "the type has more members than a header has room for"
            : options.ChunkShape is { } chunk ? CheckChunks(type, shape, chunk, options)
            : options.Shuffle || options.DeflateLevel > 0 || options.Fletcher32 ? "filters need chunks: set ChunkShape"
            : options.MaxShape is not null && !shape.SequenceEqual([.. options.MaxShape]) ? "only data in chunks can grow: set ChunkShape"
            : options.Compact && data.Length > MaxMessage - 8 ? $"{data.Length} bytes are too many for a header: leave out Compact"
            : null;
        if (fault is not null)
        {
            throw new ArgumentException($"{path}: {fault}");
        }

        CheckAttributes(path, options.Attributes);
    }

    private static string? CheckChunks(Hdf5Type type, ReadOnlySpan<long> shape, IReadOnlyList<int> chunk, Hdf5DatasetOptions options)
    {
        if (options.Compact)
        {
            return "data in chunks cannot be compact";
        }

        if (shape.Length == 0 || chunk.Count != shape.Length || (options.MaxShape is { } max && max.Count != shape.Length))
        {
            return $"it has {shape.Length} dimensions, its chunks {chunk.Count}";
        }

        long size = type.Size;
        for (int d = 0; d < shape.Length; d++)
        {
            if (chunk[d] < 1 || (options.MaxShape is { } most && most[d] != -1 && most[d] < shape[d]))
            {
                return $"dimension {d} is {shape[d]}, with chunks of {chunk[d]} and no more than {options.MaxShape?[d]} elements";
            }

            size = Math.Min(size * chunk[d], int.MaxValue);
        }

        return size > 1 << 30 ? $"chunks of more than {1 << 30} bytes are not written" : null;
    }

    private void RequireWriting()
    {
        if (state != State.Writing)
        {
            throw new InvalidOperationException(state == State.Finished ? "the file is finished" : "writing has failed before: the file cannot be finished");
        }
    }

    private GroupNode Find(string path)
    {
        GroupNode node = root;
        foreach (string name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (node.IsDataset)
            {
                throw new ArgumentException($"'{path}' leads through a dataset", nameof(path));
            }

            if (name == "." || name.Contains('\0'))
            {
                throw new ArgumentException($"'{name}' cannot be a name", nameof(path));
            }

            if (!node.Children.TryGetValue(name, out GroupNode? child))
            {
                child = new GroupNode();
                node.Children.Add(name, child);
            }

            node = child;
        }

        return node;
    }

    private ByteBuffer Chunks(int elementSize, long[] shape, ReadOnlySpan<byte> data, int[] chunk, Hdf5Filter[] filters)
    {
        int rank = shape.Length;
        var written = new List<(int, long[], long)>();
        if (data.Length > 0)
        {
            int chunkSize = chunk.Aggregate(elementSize, (product, dimension) => product * dimension);
            var encoder = new ChunkEncoder(filters, chunkSize);
            var start = new long[rank];
            for (int carry = rank - 1; carry >= 0;)
            {
                CopyIn(data, shape, start, chunk, elementSize, encoder.Chunk);
                ReadOnlySpan<byte> stored = encoder.Encode();
                written.Add((stored.Length, [.. start], sink.Append(stored)));

                // On to the next, the last dimension fastest.
                for (carry = rank - 1; carry >= 0 && (start[carry] += chunk[carry]) >= shape[carry]; carry--)
                {
                    start[carry] = 0;
                }
            }
        }

        long[] end = new long[rank];
        end[0] = (shape[0] + chunk[0] - 1) / chunk[0] * chunk[0];
        ByteBuffer layout = new ByteBuffer().Byte(3).Byte((int)Hdf5Layout.Chunked).Byte(rank + 1)
            .Int64(written.Count == 0 ? -1 : ChunkTreeWriter.Write(sink, written, end));
        foreach (int dimension in chunk)
        {
            layout.UInt32(dimension);
        }

        return layout.UInt32(elementSize);
    }

    // The block of the data that starts at some element; zeros beyond its edges.
    private static void CopyIn(ReadOnlySpan<byte> data, long[] shape, long[] start, int[] chunk, int elementSize, Span<byte> block)
    {
        block.Clear();
        int last = shape.Length - 1;
        int run = (int)Math.Min(chunk[last], shape[last] - start[last]) * elementSize;
        var index = new long[shape.Length];
        for (int carry = 0; carry >= 0;)
        {
            long from = 0, to = 0;
            for (int d = 0; d <= last; d++)
            {
                from = from * shape[d] + start[d] + index[d];
                to = to * chunk[d] + index[d];
            }

            data.Slice((int)(from * elementSize), run).CopyTo(block[(int)(to * elementSize)..]);
            for (carry = last - 1; carry >= 0 && ++index[carry] >= Math.Min(chunk[carry], shape[carry] - start[carry]); carry--)
            {
                index[carry] = 0;
            }
        }
    }

    private void WriteGroup(GroupNode group)
    {
        foreach (GroupNode child in group.Children.Values)
        {
            if (!child.IsDataset)
            {
                WriteGroup(child);
            }
        }

        group.Symbols = SymbolTableWriter.Write(sink, group);
        group.Header = Header([(MessageKind.SymbolTable, new ByteBuffer().Int64(group.Symbols.Tree).Int64(group.Symbols.Heap))], group.Attributes);
    }

    private long Header(List<(MessageKind Kind, ByteBuffer Body)> messages, IReadOnlyList<Hdf5AttributeValue> attributes)
    {
        messages.AddRange(attributes.Select(a => (MessageKind.Attribute, MessageWriter.Attribute(a))));
        var body = new ByteBuffer();
        foreach ((MessageKind kind, ByteBuffer message) in messages)
        {
            message.Pad();

            // Flag 1: constant, never to be changed.
            body.UInt16((int)kind).UInt16(message.Length).UInt32(kind is MessageKind.Datatype or MessageKind.FillValue ? 1 : 0).Bytes(message.Span);
        }

        return sink.Append(new ByteBuffer().Byte(1).Byte(0).UInt16(messages.Count).UInt32(1).UInt32(body.Length).UInt32(0).Bytes(body.Span).Span);
    }
}
