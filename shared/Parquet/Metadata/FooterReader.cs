namespace Pipeline.Parquet.Metadata;

/// <summary>Reads the footer: Parquet's <c>FileMetaData</c>, field numbers as in the format's Thrift definition.</summary>
internal static class FooterReader
{
    /// <summary>Rows of a table without columns take no bytes at all: more than this are not believed.</summary>
    private const long MaxRowsOfNothing = 1 << 26;

    /// <param name="footer">The bytes of the footer.</param>
    public static FileMetadata Read(ReadOnlySpan<byte> footer)
    {
        var thrift = new ThriftReader(footer);
        ParquetSchema? schema = null;
        long? rows = null;
        List<RowGroupMetadata>? groups = null;
        var keyValues = new List<KeyValuePair<string, string?>>();
        string? createdBy = null;

        thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType type))
        {
            switch (id)
            {
                case 2: schema = SchemaReader.Read(ref thrift, type); break;
                case 3: rows = thrift.ReadInt64(type); break;
                case 4: groups = ReadGroups(ref thrift, type, schema ?? throw Missing("schema")); break;
                case 5: ReadKeyValues(ref thrift, type, keyValues); break;
                case 6: createdBy = thrift.ReadText(type); break;
                case 8: throw new ParquetException("the file is encrypted, which is not supported");
                default: thrift.Skip(type); break;
            }
        }

        var metadata = new FileMetadata(
            schema ?? throw Missing("schema"),
            rows ?? throw Missing("num_rows"),
            groups ?? throw Missing("row_groups"),
            keyValues,
            createdBy);
        return metadata with { RowCount = CheckRows(metadata) };
    }

    private static long CheckRows(FileMetadata metadata)
    {
        long rows = 0;
        foreach (RowGroupMetadata group in metadata.RowGroups)
        {
            if (group.RowCount < 0 || group.RowCount > long.MaxValue - rows)
            {
                throw new ParquetException($"a row group announces {group.RowCount} rows");
            }

            rows += group.RowCount;
            foreach (ColumnChunkMetadata chunk in group.Columns)
            {
                if (chunk.ValueCount < 0 || (chunk.Column.MaxRepetition == 0 && chunk.ValueCount != group.RowCount))
                {
                    throw new ParquetException($"the column has {chunk.ValueCount} values for {group.RowCount} rows", column: chunk.Column.Path);
                }
            }
        }

        if (metadata.Schema.Columns.Count == 0 && rows > MaxRowsOfNothing)
        {
            throw new ParquetException($"a table without columns announces {rows} rows");
        }

        // Some writers leave num_rows at 0; a file whose groups hold another number than announced is cut or forged.
        return metadata.RowCount == rows || metadata.RowCount == 0
            ? rows
            : throw new ParquetException($"the footer announces {metadata.RowCount} rows, its row groups hold {rows}");
    }

    private static List<RowGroupMetadata> ReadGroups(ref ThriftReader thrift, ThriftType type, ParquetSchema schema)
    {
        int count = thrift.EnterList(type, ThriftType.Struct);
        var groups = new List<RowGroupMetadata>();
        for (int i = 0; i < count; i++)
        {
            List<ColumnChunkMetadata>? columns = null;
            long? rows = null;
            short outer = thrift.EnterStruct();
            while (thrift.NextField(out int id, out ThriftType field))
            {
                switch (id)
                {
                    case 1: columns = ReadChunks(ref thrift, field, schema); break;
                    case 3: rows = thrift.ReadInt64(field); break;
                    default: thrift.Skip(field); break;
                }
            }

            thrift.LeaveStruct(outer);
            groups.Add(new RowGroupMetadata(rows ?? throw Missing("a row group's num_rows"), columns ?? throw Missing("a row group's columns")));
        }

        return groups;
    }

    private static List<ColumnChunkMetadata> ReadChunks(ref ThriftReader thrift, ThriftType type, ParquetSchema schema)
    {
        int count = thrift.EnterList(type, ThriftType.Struct);
        if (count != schema.Columns.Count)
        {
            throw new ParquetException($"a row group has {count} columns, the schema {schema.Columns.Count}");
        }

        var chunks = new List<ColumnChunkMetadata>(count);
        for (int i = 0; i < count; i++)
        {
            var chunk = new ColumnChunkMetadata(schema.Columns[i]);
            bool hasMetadata = false;
            short outer = thrift.EnterStruct();
            while (thrift.NextField(out int id, out ThriftType field))
            {
                switch (id)
                {
                    case 1:
                        string path = thrift.ReadText(field);
                        chunk.Refusal = $"its values are in another file ('{path}'), which is not supported";
                        break;
                    case 3:
                        ReadColumnMetadata(ref thrift, field, chunk);
                        hasMetadata = true;
                        break;
                    case 8 or 9:
                        chunk.Refusal = "it is encrypted, which is not supported";
                        hasMetadata |= id == 9;
                        thrift.Skip(field);
                        break;
                    default: thrift.Skip(field); break;
                }
            }

            thrift.LeaveStruct(outer);
            if (!hasMetadata)
            {
                throw Missing($"the metadata of column {chunk.Column.Path}");
            }

            chunks.Add(chunk);
        }

        return chunks;
    }

    private static void ReadColumnMetadata(ref ThriftReader thrift, ThriftType type, ColumnChunkMetadata chunk)
    {
        ThriftReader.ExpectStruct(type);
        int? physical = null;
        short outer = thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType field))
        {
            switch (id)
            {
                case 1: physical = thrift.ReadInt32(field); break;
                case 2: chunk.Encodings = ReadEncodings(ref thrift, field); break;
                case 4: chunk.Codec = (CompressionCodec)thrift.ReadInt32(field); break;
                case 5: chunk.ValueCount = thrift.ReadInt64(field); break;
                case 6: chunk.UncompressedSize = thrift.ReadInt64(field); break;
                case 7: chunk.CompressedSize = thrift.ReadInt64(field); break;
                case 9: chunk.DataPageOffset = thrift.ReadInt64(field); break;
                case 11: chunk.DictionaryPageOffset = thrift.ReadInt64(field); break;
                case 12: chunk.Statistics = ReadStatistics(ref thrift, field, chunk.Column); break;
                default: thrift.Skip(field); break;
            }
        }

        thrift.LeaveStruct(outer);
        if (physical is { } found && found != (int)chunk.Column.Type)
        {
            throw new ParquetException($"its values are stored as type {found}, the schema says {chunk.Column.Type}", column: chunk.Column.Path);
        }
    }

    private static ValueEncoding[] ReadEncodings(ref ThriftReader thrift, ThriftType type)
    {
        var encodings = new ValueEncoding[thrift.EnterList(type, ThriftType.I32)];
        for (int i = 0; i < encodings.Length; i++)
        {
            encodings[i] = (ValueEncoding)thrift.ReadInt32(ThriftType.I32);
        }

        return encodings;
    }

    private static ColumnStatistics ReadStatistics(ref ThriftReader thrift, ThriftType type, ColumnDescriptor column)
    {
        ThriftReader.ExpectStruct(type);
        byte[]? oldMin = null, oldMax = null, min = null, max = null;
        long? nulls = null, distinct = null;
        short outer = thrift.EnterStruct();
        while (thrift.NextField(out int id, out ThriftType field))
        {
            switch (id)
            {
                case 1: oldMax = thrift.ReadBinary(field).ToArray(); break;
                case 2: oldMin = thrift.ReadBinary(field).ToArray(); break;
                case 3: nulls = thrift.ReadInt64(field); break;
                case 4: distinct = thrift.ReadInt64(field); break;
                case 5: max = thrift.ReadBinary(field).ToArray(); break;
                case 6: min = thrift.ReadBinary(field).ToArray(); break;
                default: thrift.Skip(field); break;
            }
        }

        thrift.LeaveStruct(outer);

        // The old fields compared everything as signed: they can be trusted for signed numbers only.
        if (column.Type is PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Float or PhysicalType.Double && column.Node.Logical.IsSigned)
        {
            min ??= oldMin;
            max ??= oldMax;
        }

        return new ColumnStatistics(nulls, distinct, Bound(min), Bound(max));
    }

    // Not by conversion, which makes a null array an empty bound.
    private static ReadOnlyMemory<byte>? Bound(byte[]? bytes) => bytes is null ? null : new(bytes);

    private static void ReadKeyValues(ref ThriftReader thrift, ThriftType type, List<KeyValuePair<string, string?>> keyValues)
    {
        int count = thrift.EnterList(type, ThriftType.Struct);
        for (int i = 0; i < count; i++)
        {
            string? key = null, value = null;
            short outer = thrift.EnterStruct();
            while (thrift.NextField(out int id, out ThriftType field))
            {
                switch (id)
                {
                    case 1: key = thrift.ReadText(field); break;
                    case 2: value = thrift.ReadText(field); break;
                    default: thrift.Skip(field); break;
                }
            }

            thrift.LeaveStruct(outer);
            keyValues.Add(new(key ?? throw Missing("a key of the key-value pairs"), value));
        }
    }

    private static ParquetException Missing(string what) => new($"the footer lacks {what}");
}
