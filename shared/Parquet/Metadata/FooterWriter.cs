using Pipeline.Parquet.Writing;

namespace Pipeline.Parquet.Metadata;

/// <summary>Writes the footer: Parquet's <c>FileMetaData</c>, field numbers as in the format's Thrift definition.</summary>
internal sealed class FooterWriter(ParquetWriterOptions options, ParquetColumn[] columns)
{
    private readonly ThriftWriter footer = new();

    /// <summary>The bytes of the footer.</summary>
    public ReadOnlySpan<byte> Write(long rowCount, IReadOnlyList<WrittenGroup> groups, IReadOnlyList<KeyValuePair<string, string>> keyValues)
    {
        footer.Int32(1, 1); // format version
        footer.BeginList(2, ThriftType.Struct, 1 + columns.Sum(c => c.IsList ? 3 : 1));
        WriteSchemaRoot();
        foreach (ParquetColumn column in columns)
        {
            WriteSchema(column);
        }

        footer.Int64(3, rowCount);
        footer.BeginList(4, ThriftType.Struct, groups.Count);
        for (int i = 0; i < groups.Count; i++)
        {
            WriteGroup(groups[i].Chunks, groups[i].Rows, i);
        }

        if (keyValues.Count > 0)
        {
            footer.BeginList(5, ThriftType.Struct, keyValues.Count);
            foreach ((string key, string value) in keyValues)
            {
                int outer = footer.BeginElement();
                footer.Text(1, key);
                footer.Text(2, value);
                footer.EndStruct(outer);
            }
        }

        footer.Text(6, options.CreatedBy);

        // Column orders: bounds compare by the order that the type defines.
        footer.BeginList(7, ThriftType.Struct, columns.Length);
        foreach (ParquetColumn _ in columns)
        {
            int outer = footer.BeginElement();
            footer.Case(1);
            footer.EndStruct(outer);
        }

        footer.EndStruct(0);
        return footer.Written;
    }

    private void WriteSchemaRoot()
    {
        int outer = footer.BeginElement();
        footer.Text(4, "schema");
        footer.Int32(5, columns.Length);
        footer.EndStruct(outer);
    }

    private void WriteSchema(ParquetColumn column)
    {
        Repetition outermost = column.IsOptional ? Repetition.Optional : Repetition.Required;
        if (!column.IsList)
        {
            WriteLeaf(column, column.Name, outermost);
            return;
        }

        int outer = footer.BeginElement();
        footer.Int32(3, (int)outermost);
        footer.Text(4, column.Name);
        footer.Int32(5, 1);
        footer.Int32(6, 3); // converted type LIST
        int logical = footer.BeginStruct(10);
        footer.Case(3);     // logical type LIST
        footer.EndStruct(logical);
        footer.EndStruct(outer);

        outer = footer.BeginElement();
        footer.Int32(3, (int)Repetition.Repeated);
        footer.Text(4, "list");
        footer.Int32(5, 1);
        footer.EndStruct(outer);

        WriteLeaf(column, "element", column.HasOptionalElements ? Repetition.Optional : Repetition.Required);
    }

    private void WriteLeaf(ParquetColumn column, string name, Repetition repetition)
    {
        int outer = footer.BeginElement();
        footer.Int32(1, (int)column.PhysicalType);
        footer.Int32(3, (int)repetition);
        footer.Text(4, name);
        if (column.Type == ColumnType.String)
        {
            footer.Int32(6, 0); // converted type UTF8
            int logical = footer.BeginStruct(10);
            footer.Case(1);     // logical type STRING
            footer.EndStruct(logical);
        }

        footer.EndStruct(outer);
    }

    private void WriteGroup(IReadOnlyList<WrittenChunk> chunks, long rows, int ordinal)
    {
        int outer = footer.BeginElement();
        footer.BeginList(1, ThriftType.Struct, chunks.Count);
        foreach (WrittenChunk chunk in chunks)
        {
            WriteChunk(chunk);
        }

        footer.Int64(2, chunks.Sum(c => c.UncompressedSize));
        footer.Int64(3, rows);
        footer.Int64(5, FirstOffset(chunks[0]));
        footer.Int64(6, chunks.Sum(c => c.CompressedSize));
        if (ordinal <= short.MaxValue)
        {
            footer.Int16(7, (short)ordinal);
        }

        footer.EndStruct(outer);
    }

    private void WriteChunk(WrittenChunk chunk)
    {
        ParquetColumn column = chunk.Column;
        int outer = footer.BeginElement();
        footer.Int64(2, 0); // file_offset: deprecated, 0 as the format asks
        int metadata = footer.BeginStruct(3);
        footer.Int32(1, (int)column.PhysicalType);
        footer.BeginList(2, ThriftType.I32, chunk.Encodings.Count);
        foreach (ValueEncoding encoding in chunk.Encodings)
        {
            footer.Element((int)encoding);
        }

        footer.BeginList(3, ThriftType.Binary, column.IsList ? 3 : 1);
        footer.Element(System.Text.Encoding.UTF8.GetBytes(column.Name));
        if (column.IsList)
        {
            footer.Element("list"u8);
            footer.Element("element"u8);
        }

        footer.Int32(4, (int)options.ChosenCodec);
        footer.Int64(5, chunk.ValueCount);
        footer.Int64(6, chunk.UncompressedSize);
        footer.Int64(7, chunk.CompressedSize);
        footer.Int64(9, chunk.DataPageOffset);
        if (chunk.DictionaryPageOffset > 0)
        {
            footer.Int64(11, chunk.DictionaryPageOffset);
        }

        int statistics = footer.BeginStruct(12);
        footer.Int64(3, chunk.Statistics.NullCount ?? 0);
        if (chunk.Statistics.Max is { } max && chunk.Statistics.Min is { } min)
        {
            footer.Binary(5, max.Span);
            footer.Binary(6, min.Span);
            footer.Boolean(7, true); // both bounds are values that occur, but for the sign of a zero
            footer.Boolean(8, true);
        }

        footer.EndStruct(statistics);
        footer.EndStruct(metadata);
        footer.EndStruct(outer);
    }

    private static long FirstOffset(WrittenChunk chunk) =>
        chunk.DictionaryPageOffset > 0 ? chunk.DictionaryPageOffset : chunk.DataPageOffset;
}
