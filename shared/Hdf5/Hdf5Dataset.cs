using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using Pipeline.Hdf5.Filters;
using Pipeline.Hdf5.Reading;

namespace Pipeline.Hdf5;

/// <summary>A dataset: elements of one type in a shape. It is read by rows, which are what the first dimension counts.</summary>
public sealed class Hdf5Dataset : Hdf5Object
{
    // Up to this, memory is given without asking whether the file can hold as much.
    private const long Harmless = 64 << 20;

    // Deflate makes at most 1032 bytes of one.
    private const long MostBytesPerByte = 1032;

    private readonly DatasetHeader header;
    private readonly long rowBytes;
    private readonly long chunkBytes;
    private readonly bool wholeRows;
    private ChunkDecoder? decoder;
    private ChunkTree? tree;
    private byte[] lastChunk = [];
    private long lastChunkAddress = -1;
    private bool held;

    internal Hdf5Dataset(Hdf5File file, string name, string path, long address, List<HeaderMessage> messages)
        : base(file, name, path, address, messages)
    {
        header = new DatasetHeader(this);
        long[] shape = header.Space.Shape;
        rowBytes = Dataspace.Product(header.Type.Size, shape.AsSpan(Math.Min(1, shape.Length)), long.MaxValue) ?? throw Fault("its rows have more bytes than can be counted: the file is damaged");
        _ = Dataspace.Product(rowBytes, shape.AsSpan(0, Math.Min(1, shape.Length)), long.MaxValue) ?? throw Fault("it has more bytes than can be counted: the file is damaged");
        if (header.ChunkShape is { } chunk && header.Obstacle is null)
        {
            if (chunk.Length != shape.Length)
            {
                throw Fault($"it has {shape.Length} dimensions and its chunks {chunk.Length}: the file is damaged");
            }

            chunkBytes = Dataspace.Product(header.Type.Size, [.. chunk], ChunkDecoder.MostBytes) ?? throw Fault($"its chunks of {string.Join(" x ", chunk)} elements are larger than can be read");
            wholeRows = true;
            for (int d = 1; d < chunk.Length; d++)
            {
                wholeRows &= chunk[d] == shape[d];
            }
        }
    }

    /// <summary>The type of an element.</summary>
    public Hdf5Type Type => header.Type;

    /// <summary>The dimensions; none for a scalar.</summary>
    public long[] Shape => [.. header.Space.Shape];

    /// <summary>The most that the dimensions may become; -1 for any size.</summary>
    public long[] MaxShape => [.. header.Space.MaxShape];

    /// <summary>Where the data lies.</summary>
    public Hdf5Layout Layout => header.Layout;

    /// <summary>The dimensions of a chunk; null where there are no chunks.</summary>
    public int[]? ChunkShape => header.ChunkShape?[..];

    /// <summary>The filters, in the order in which they were applied.</summary>
    public IReadOnlyList<Hdf5Filter> Filters => header.Filters;

    /// <summary>What elements are that were never written, as stored; empty for zeros.</summary>
    public ReadOnlyMemory<byte> FillValue => header.FillValue;

    /// <summary>Why the data cannot be read, or null.</summary>
    public string? Obstacle => header.Obstacle ?? TypeObstacle(header.Type) ?? ChunkDecoder.Obstacle(header.Filters);

    /// <summary>How many rows: the first dimension; 1 for a scalar, 0 where there is no value at all.</summary>
    public long RowCount => header.Space.IsNull ? 0 : header.Space.Shape.Length == 0 ? 1 : header.Space.Shape[0];

    /// <summary>Bytes of a row: all dimensions but the first, times the bytes of an element.</summary>
    /// <exception cref="Hdf5Exception">It is beyond 2^31 - 1.</exception>
    public int RowBytes => rowBytes <= int.MaxValue ? (int)rowBytes : throw Fault($"a row of {rowBytes} bytes is more than can be read at once");

    /// <summary>How many numbers a row has: all dimensions but the first, and those of an array type.</summary>
    public int RowElements => Type.Element.Size == 0 ? 0 : RowBytes / Type.Element.Size;

    /// <summary>Bytes that the data takes in the file, after packing.</summary>
    public long StoredBytes
    {
        get
        {
            if (header.Obstacle is not null || header.DataAddress == -1)
            {
                return 0;
            }

            if (Layout != Hdf5Layout.Chunked)
            {
                return header.DataSize >= 0 ? header.DataSize : rowBytes * RowCount;
            }

            long sum = 0;
            Tree.Visit(0, long.MaxValue, long.MaxValue, (chunk, _) => sum += chunk.StoredSize);
            return sum;
        }
    }

    private ChunkTree Tree => tree ??= new ChunkTree(this, header.DataAddress, header.Space.Shape.Length);

    /// <summary>Reads the elements of rows [first, first + count) as stored, which is little-endian unless <see cref="Type"/> says otherwise. Of a chunked dataset only the chunks needed are read.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="destination">Room for count times <see cref="RowBytes"/> bytes, row by row, the last dimension fastest.</param>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported.</exception>
    public void ReadRows(long first, int count, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (first > RowCount || count > RowCount - first)
        {
            throw Fault($"rows {first} to {first + count} were asked for, and it has {RowCount}");
        }

        long size = rowBytes * count;
        if (destination.Length < size)
        {
            throw new ArgumentException($"{size} bytes are to be read into {destination.Length}", nameof(destination));
        }

        if (Obstacle is { } obstacle)
        {
            throw Fault(obstacle);
        }

        if (size == 0)
        {
            return;
        }

        destination = destination[..(int)size];
        switch (Layout)
        {
            case Hdf5Layout.Chunked:
                Fill(destination);
                ReadChunks(first, count, destination);
                break;
            case var _ when header.DataAddress == -1:
                Fill(destination);
                break;
            default:
                ReadPlain(first * rowBytes, destination);
                break;
        }
    }

    /// <summary>Reads all rows as stored.</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or too large for one array.</exception>
    public byte[] ReadBytes() => ReadBytes(0, CheckedCount());

    /// <summary>Reads numbers of rows [first, first + count), <see cref="RowElements"/> of each row, converted from any type of number.</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or no numbers.</exception>
    public void ReadDoubles(long first, int count, Span<double> destination) => ReadReals(first, count, destination);

    /// <inheritdoc cref="ReadDoubles(long, int, Span{double})"/>
    public double[] ReadDoubles(long first, int count) => ReadReals<double>(first, count);

    /// <summary>Reads the numbers of all rows, converted from any type of number.</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or no numbers.</exception>
    public double[] ReadDoubles() => ReadReals<double>(0, CheckedCount());

    /// <inheritdoc cref="ReadDoubles(long, int, Span{double})"/>
    public void ReadFloats(long first, int count, Span<float> destination) => ReadReals(first, count, destination);

    /// <inheritdoc cref="ReadDoubles(long, int, Span{double})"/>
    public float[] ReadFloats(long first, int count) => ReadReals<float>(first, count);

    /// <inheritdoc cref="ReadDoubles()"/>
    public float[] ReadFloats() => ReadReals<float>(0, CheckedCount());

    /// <summary>Reads integers of rows [first, first + count), <see cref="RowElements"/> of each row, converted from any type of integer.</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or no integers, or one is too large.</exception>
    public int[] ReadInt32s(long first, int count)
    {
        long[] wide = ReadInt64s(first, count);
        var values = new int[wide.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            values[i] = (int)wide[i];
            if (values[i] != wide[i])
            {
                throw Fault($"the value {wide[i]} is too large for 32 bits with sign");
            }
        }

        return values;
    }

    /// <summary>Reads the integers of all rows.</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or no integers, or one is too large.</exception>
    public int[] ReadInt32s() => ReadInt32s(0, CheckedCount());

    /// <inheritdoc cref="ReadInt32s(long, int)"/>
    public long[] ReadInt64s(long first, int count)
    {
        Hdf5Type element = RequireNumbers(wantInteger: true);
        byte[] bytes = ReadBytes(first, count);
        var values = new long[bytes.Length / element.Size];
        try
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = NumberReader.Int64(element, bytes.AsSpan(i * element.Size));
            }
        }
        catch (OverflowException e)
        {
            throw Fault("a value is too large for 64 bits with sign", e);
        }

        return values;
    }

    /// <inheritdoc cref="ReadInt32s()"/>
    public long[] ReadInt64s() => ReadInt64s(0, CheckedCount());

    /// <summary>Reads strings of rows [first, first + count).</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or no strings.</exception>
    public string[] ReadTexts(long first, int count)
    {
        Hdf5Type element = Type.Element;
        if (element.Class != Hdf5Class.String)
        {
            throw Fault(Obstacle ?? $"its values are no strings, but {element}");
        }

        byte[] bytes = ReadBytes(first, count);
        var texts = new string[bytes.Length / element.Size];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = FixedText.Read(element, bytes.AsSpan(i * element.Size, element.Size));
        }

        return texts;
    }

    /// <summary>Reads the strings of all rows.</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or no strings.</exception>
    public string[] ReadTexts() => ReadTexts(0, CheckedCount());

    /// <summary>Reads records: rows [first, first + count) of a table.</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or no table of one dimension.</exception>
    public Hdf5Rows ReadTable(long first, int count)
    {
        if (Type.Class != Hdf5Class.Compound || header.Space.Shape.Length > 1)
        {
            throw Fault(header.Obstacle ?? $"it is no table, but has {header.Space.Shape.Length} dimensions of {Type}");
        }

        return new Hdf5Rows(this, ReadBytes(first, count), count);
    }

    /// <summary>Reads all rows of a table.</summary>
    /// <exception cref="Hdf5Exception">The data is damaged or not supported, or no table of one dimension.</exception>
    public Hdf5Rows ReadTable() => ReadTable(0, CheckedCount());

    /// <summary>Gives the buffers back; they are rented again when needed.</summary>
    internal void ReleaseBuffers()
    {
        decoder?.Dispose();
        lastChunkAddress = -1;
        byte[] buffer = lastChunk;
        lastChunk = [];
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        held = false;
    }

    private static string? TypeObstacle(Hdf5Type type)
    {
        switch (type.Class)
        {
            case Hdf5Class.VariableLength:
                return type.IsText ? "it holds strings of variable length, which are not supported in datasets" : "it holds sequences of variable length, which are not supported";
            case Hdf5Class.Reference:
                return "it holds references to objects, which are not supported";
            case Hdf5Class.Time:
                return "it holds times (H5T_TIME), which are not supported";
            default:
                foreach (Hdf5Member member in type.Members)
                {
                    if (TypeObstacle(member.Type) is { } obstacle)
                    {
                        return $"field {member.Name}: {obstacle}";
                    }
                }

                return type.Base is null ? null : TypeObstacle(type.Base);
        }
    }

    private void Fill(Span<byte> destination)
    {
        byte[] fill = header.FillValue;
        if (fill.Length != Type.Size)
        {
            destination.Clear();
            return;
        }

        // Doubling what is there already.
        fill.CopyTo(destination);
        for (int done = fill.Length; done < destination.Length;)
        {
            int more = Math.Min(done, destination.Length - done);
            destination[..more].CopyTo(destination[done..]);
            done += more;
        }
    }

    private void ReadPlain(long offset, Span<byte> destination)
    {
        if (header.DataSize >= 0 && header.DataSize < rowBytes * RowCount)
        {
            throw Fault($"it has {header.DataSize} bytes of {rowBytes * RowCount}: the file is damaged");
        }

        File.Source.Span(header.DataAddress + offset, destination.Length).CopyTo(destination);
    }

    private unsafe void ReadChunks(long first, int count, Span<byte> destination)
    {
        int[] chunk = header.ChunkShape!;
        long[] shape = header.Space.Shape;
        long firstChunk = first / chunk[0] * chunk[0], end = first + count;

        // No more chunks can be there than the rows are divided into.
        long expected = (end - firstChunk + chunk[0] - 1) / chunk[0];
        for (int d = 1; d < chunk.Length; d++)
        {
            long across = (shape[d] + chunk[d] - 1) / chunk[d];
            expected = expected > long.MaxValue / across ? long.MaxValue : expected * across;
        }

        if (decoder is null)
        {
            decoder = new ChunkDecoder(header.Filters, Type.Size, (int)chunkBytes);
        }

        if (!held)
        {
            held = true;
            File.Holds(this);
        }

        fixed (byte* start = destination)
        {
            // A span cannot be taken along into the visitor, its address can.
            nint room = (nint)start;
            int length = destination.Length;
            Tree.Visit(firstChunk, end, expected, (found, offsets) =>
            {
                var rows = new Span<byte>((void*)room, length);
                for (int d = 0; d < chunk.Length; d++)
                {
                    if (offsets[d] < 0 || offsets[d] % chunk[d] != 0)
                    {
                        throw Fault($"a chunk starts at {string.Join(", ", offsets)}, where none can: the file is damaged");
                    }

                    // Left behind where the dataset was made smaller.
                    if (offsets[d] >= shape[d])
                    {
                        return;
                    }
                }

                Place(found, offsets, first, end, rows);
            });
        }
    }

    // The part of a chunk that lies within rows [first, end).
    private void Place(Chunk found, long[] offsets, long first, long end, Span<byte> rows)
    {
        int chunkRows = header.ChunkShape![0];
        long from = Math.Max(first, offsets[0]), to = Math.Min(end, offsets[0] + chunkRows);
        if (!wholeRows)
        {
            PlaceBlock(Decoded(found), offsets, from, to, first, rows);
            return;
        }

        int rowSize = (int)rowBytes, skipped = (int)(from - offsets[0]) * rowSize;
        Span<byte> room = rows.Slice((int)(from - first) * rowSize, (int)(to - from) * rowSize);
        bool all = skipped == 0 && (to == offsets[0] + chunkRows || to == RowCount);
        if (all)
        {
            Decode(found, 0, room);
        }
        else
        {
            // The rest of the chunk is likely to be asked for next.
            Decoded(found).Slice(skipped, room.Length).CopyTo(room);
        }
    }

    private void PlaceBlock(ReadOnlySpan<byte> block, long[] offsets, long from, long to, long first, Span<byte> rows)
    {
        int[] chunk = header.ChunkShape!;
        long[] shape = header.Space.Shape;
        int last = chunk.Length - 1, size = Type.Size;
        int run = (int)Math.Min(chunk[last], shape[last] - offsets[last]) * size;
        var index = new long[chunk.Length];
        index[0] = from - offsets[0];
        while (true)
        {
            long source = 0, target = 0;
            for (int d = 0; d <= last; d++)
            {
                source = source * chunk[d] + index[d];
                target = target * shape[d] + offsets[d] + index[d] - (d == 0 ? first : 0);
            }

            block.Slice((int)(source * size), run).CopyTo(rows[(int)(target * size)..]);
            int carry = last - 1;
            for (; carry > 0 && ++index[carry] >= Math.Min(chunk[carry], shape[carry] - offsets[carry]); carry--)
            {
                index[carry] = 0;
            }

            if (carry == 0 && ++index[0] + offsets[0] >= to)
            {
                return;
            }
        }
    }

    private ReadOnlySpan<byte> Decoded(Chunk found)
    {
        if (lastChunkAddress != found.Address)
        {
            lastChunkAddress = -1;
            if (lastChunk.Length < chunkBytes)
            {
                // Before room is made for it: a forged chunk size cannot come of a small chunk.
                if (chunkBytes > (found.StoredSize + 1L) * MostBytesPerByte)
                {
                    throw Fault($"a chunk of {chunkBytes} bytes cannot come of {found.StoredSize} stored: the file is damaged");
                }

                lastChunk = ArrayPool<byte>.Shared.Rent((int)chunkBytes);
            }

            Decode(found, 0, lastChunk.AsSpan(0, (int)chunkBytes));
            lastChunkAddress = found.Address;
        }

        return lastChunk.AsSpan(0, (int)chunkBytes);
    }

    private void Decode(Chunk found, int skipped, Span<byte> room)
    {
        try
        {
            decoder!.Decode(File.Source.Span(found.Address, found.StoredSize), found.FilterMask, skipped, room);
        }
        catch (InvalidDataException e)
        {
            throw Fault($"the chunk at {found.Address}: {e.Message}", e);
        }
    }

    private byte[] ReadBytes(long first, int count)
    {
        RequirePlausible(count, 1);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(RowBytes * count);
        ReadRows(first, count, bytes);
        return bytes;
    }

    private T[] ReadReals<T>(long first, int count)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireNumbers(wantInteger: false);
        RequirePlausible(count, Math.Max(1, Marshal.SizeOf<T>() / Type.Element.Size));
        T[] values = GC.AllocateUninitializedArray<T>(RowElements * count);
        ReadReals(first, count, values.AsSpan());
        return values;
    }

    private void ReadReals<T>(long first, int count, Span<T> destination)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Hdf5Type element = RequireNumbers(wantInteger: false);
        int elements = checked(RowElements * Math.Max(count, 0));
        if (destination.Length < elements)
        {
            throw new ArgumentException($"{elements} numbers are to be read into {destination.Length}", nameof(destination));
        }

        destination = destination[..elements];
        if (element.Class == Hdf5Class.Float && element.Size == Marshal.SizeOf<T>() && !element.IsBigEndian)
        {
            ReadRows(first, count, MemoryMarshal.AsBytes(destination));
            return;
        }

        RequirePlausible(count, 1);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(elements * element.Size);
        try
        {
            ReadRows(first, count, bytes);
            NumberReader.Read(element, bytes.AsSpan(0, elements * element.Size), destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private Hdf5Type RequireNumbers(bool wantInteger)
    {
        Hdf5Type element = Type.Element;
        return (Obstacle ?? NumberReader.Obstacle(element, wantInteger)) is { } obstacle ? throw Fault(obstacle) : element;
    }

    private int CheckedCount() => RowCount <= int.MaxValue ? (int)RowCount : throw Fault($"its {RowCount} rows are more than can be read at once: read them in parts");

    // Before memory is given: what was asked for has to fit into an array, and a small file cannot hold much.
    private void RequirePlausible(int count, int widening)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long? size = Dataspace.Product(rowBytes, [count, widening], Array.MaxLength);
        if (size is null)
        {
            throw Fault($"{count} rows of {rowBytes} bytes are more than can be read at once: read them in parts");
        }

        if (size > Harmless && size > File.Source.Length * MostBytesPerByte * widening)
        {
            throw Fault($"{size} bytes cannot come of a file of {File.Source.Length}: the file is damaged, or read in parts what was never written");
        }
    }
}
