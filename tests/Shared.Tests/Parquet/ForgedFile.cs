using System.Buffers.Binary;
using Pipeline.Parquet;
using Pipeline.Parquet.Metadata;

namespace Pipeline.Tests.Parquet;

/// <summary>Puts a file together out of anything: what it announces need not be what it holds.</summary>
internal sealed class ForgedFile
{
    private readonly List<Column> columns = [];

    /// <summary>A page as its header has it.</summary>
    public sealed record Page(PageType Type, int Values, ValueEncoding Encoding, byte[] Body, int? UncompressedSize = null, int? CompressedSize = null);

    /// <summary>A column of one row group: required where it is no list, a list of optional elements where it is one.</summary>
    public sealed record Column(
        string Name, PhysicalType Type, bool IsList, long Values, CompressionCodec Codec, Page[] Pages, int? LogicalKind = null);

    public required long Rows { get; init; }

    /// <summary>Replaces the schema: its number of elements and what writes them.</summary>
    public (int Count, Action<ThriftWriter> Write)? Schema { get; set; }

    public ForgedFile With(
        PhysicalType type, long values, Page[] pages, bool isList = false, CompressionCodec codec = CompressionCodec.Uncompressed, int? logicalKind = null)
    {
        columns.Add(new Column($"c{columns.Count}", type, isList, values, codec, pages, logicalKind));
        return this;
    }

    public ForgedFile WithSchema(int count, Action<ThriftWriter> write)
    {
        Schema = (count, write);
        return this;
    }

    public byte[] Build()
    {
        using var stream = new MemoryStream();
        stream.Write("PAR1"u8);
        var chunks = new List<(long Offset, long Size)>();
        foreach (Column column in columns)
        {
            long start = stream.Position;
            foreach (Page page in column.Pages)
            {
                stream.Write(Header(page));
                stream.Write(page.Body);
            }

            chunks.Add((start, stream.Position - start));
        }

        var footer = new ThriftWriter();
        footer.Int32(1, 1);
        WriteSchema(footer);
        footer.Int64(3, Rows);
        footer.BeginList(4, ThriftType.Struct, 1);
        int group = footer.BeginElement();
        footer.BeginList(1, ThriftType.Struct, columns.Count);
        for (int i = 0; i < columns.Count; i++)
        {
            int outer = footer.BeginElement();
            int metadata = footer.BeginStruct(3);
            footer.Int32(1, (int)columns[i].Type);
            footer.Int32(4, (int)columns[i].Codec);
            footer.Int64(5, columns[i].Values);
            footer.Int64(6, chunks[i].Size);
            footer.Int64(7, chunks[i].Size);
            footer.Int64(9, chunks[i].Offset);
            footer.EndStruct(metadata);
            footer.EndStruct(outer);
        }

        footer.Int64(3, Rows);
        footer.EndStruct(group);
        footer.EndStruct(0);
        stream.Write(Tail(footer.Written));
        return stream.ToArray();
    }

    /// <summary>A file of nothing but a footer.</summary>
    public static byte[] OfFooter(ReadOnlySpan<byte> footer) => [.. "PAR1"u8, .. Tail(footer)];

    /// <summary>An element of a schema.</summary>
    public static void Element(ThriftWriter footer, string name, PhysicalType? type, Repetition repetition = Repetition.Required, int children = 0, int? converted = null)
    {
        int outer = footer.BeginElement();
        if (type is { } physical)
        {
            footer.Int32(1, (int)physical);
        }

        footer.Int32(3, (int)repetition);
        footer.Text(4, name);
        if (children != 0)
        {
            footer.Int32(5, children);
        }

        if (converted is { } kind)
        {
            footer.Int32(6, kind);
        }

        footer.EndStruct(outer);
    }

    /// <summary>Levels as a page holds them: their length, then one run.</summary>
    public static byte[] Run(int level, long count)
    {
        var run = new List<byte>();
        DeltaEncoder.Varint(run, (ulong)count << 1);
        run.Add((byte)level);
        return Levels([.. run]);
    }

    public static byte[] Levels(params byte[] runs)
    {
        byte[] levels = new byte[4 + runs.Length];
        BinaryPrimitives.WriteInt32LittleEndian(levels, runs.Length);
        runs.CopyTo(levels, 4);
        return levels;
    }

    private static byte[] Tail(ReadOnlySpan<byte> footer)
    {
        byte[] length = BitConverter.GetBytes(footer.Length);
        return [.. footer, .. length, .. "PAR1"u8];
    }

    private static byte[] Header(Page page)
    {
        var header = new ThriftWriter();
        header.Int32(1, (int)page.Type);
        header.Int32(2, page.UncompressedSize ?? page.Body.Length);
        header.Int32(3, page.CompressedSize ?? page.Body.Length);
        int outer = header.BeginStruct(page.Type == PageType.Dictionary ? 7 : 5);
        header.Int32(1, page.Values);
        header.Int32(2, (int)page.Encoding);
        if (page.Type == PageType.Data)
        {
            header.Int32(3, (int)ValueEncoding.Rle);
            header.Int32(4, (int)ValueEncoding.Rle);
        }

        header.EndStruct(outer);
        header.EndStruct(0);
        return header.Written.ToArray();
    }

    private void WriteSchema(ThriftWriter footer)
    {
        if (Schema is { } forged)
        {
            footer.BeginList(2, ThriftType.Struct, forged.Count);
            forged.Write(footer);
            return;
        }

        footer.BeginList(2, ThriftType.Struct, 1 + columns.Sum(c => c.IsList ? 3 : 1));
        Element(footer, "schema", null, children: columns.Count);
        foreach (Column column in columns)
        {
            if (column.IsList)
            {
                Element(footer, column.Name, null, Repetition.Required, 1, converted: 3);
                Element(footer, "list", null, Repetition.Repeated, 1);
                Element(footer, "element", column.Type, Repetition.Optional, converted: column.LogicalKind);
            }
            else
            {
                Element(footer, column.Name, column.Type, converted: column.LogicalKind);
            }
        }
    }
}
