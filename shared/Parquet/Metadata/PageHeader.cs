namespace Pipeline.Parquet.Metadata;

/// <summary>The kinds of page. The numbers are those of the format.</summary>
internal enum PageType
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataV2 = 3,
}

/// <summary>The header before each page.</summary>
internal struct PageHeader
{
    public PageType Type;
    public int UncompressedSize;
    public int CompressedSize;
    public int? Crc;

    /// <summary>Entries of a data page (values, nulls, empty lists), or values of a dictionary.</summary>
    public int ValueCount;

    public ValueEncoding Encoding;
    public ValueEncoding DefinitionEncoding;
    public ValueEncoding RepetitionEncoding;

    /// <summary>Of a version 2 page: the uncompressed bytes of levels before the values.</summary>
    public int DefinitionBytes;

    /// <inheritdoc cref="DefinitionBytes"/>
    public int RepetitionBytes;

    /// <summary>Of a version 2 page: whether the values are compressed.</summary>
    public bool IsCompressed;

    public static PageHeader Read(ref ThriftReader thrift)
    {
        var header = new PageHeader { IsCompressed = true };
        int? type = null, uncompressed = null, compressed = null;
        bool hasBody = false;
        short outer = thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType field))
        {
            switch (id)
            {
                case 1: type = thrift.ReadInt32(field); break;
                case 2: uncompressed = thrift.ReadInt32(field); break;
                case 3: compressed = thrift.ReadInt32(field); break;
                case 4: header.Crc = thrift.ReadInt32(field); break;
                case 5 or 7 or 8:
                    ThriftReader.ExpectStruct(field);
                    ReadBody(ref thrift, id, ref header);
                    hasBody = true;
                    break;
                default: thrift.Skip(field); break;
            }
        }

        thrift.LeaveStruct(outer);
        header.Type = (PageType)(type ?? throw new ParquetException("a page header lacks its type"));
        header.UncompressedSize = uncompressed ?? throw new ParquetException("a page header lacks its uncompressed size");
        header.CompressedSize = compressed ?? throw new ParquetException("a page header lacks its compressed size");
        if (header.UncompressedSize < 0 || header.CompressedSize < 0 || header.ValueCount < 0)
        {
            throw new ParquetException("a page header holds a negative size");
        }

        if (!hasBody && header.Type is PageType.Data or PageType.DataV2 or PageType.Dictionary)
        {
            throw new ParquetException($"a {header.Type} page lacks its header");
        }

        return header;
    }

    private static void ReadBody(ref ThriftReader thrift, int kind, ref PageHeader header)
    {
        short outer = thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType field))
        {
            switch (kind, id)
            {
                case (_, 1): header.ValueCount = thrift.ReadInt32(field); break;
                case (5 or 7, 2) or (8, 4): header.Encoding = (ValueEncoding)thrift.ReadInt32(field); break;
                case (5, 3): header.DefinitionEncoding = (ValueEncoding)thrift.ReadInt32(field); break;
                case (5, 4): header.RepetitionEncoding = (ValueEncoding)thrift.ReadInt32(field); break;
                case (8, 5): header.DefinitionBytes = thrift.ReadInt32(field); break;
                case (8, 6): header.RepetitionBytes = thrift.ReadInt32(field); break;
                case (8, 7): header.IsCompressed = ThriftReader.ReadBoolean(field); break;
                default: thrift.Skip(field); break;
            }
        }

        thrift.LeaveStruct(outer);
    }
}
