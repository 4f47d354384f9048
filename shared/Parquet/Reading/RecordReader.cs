namespace Pipeline.Parquet.Reading;

/// <summary>
/// Puts whole rows together out of the levels of their columns (the "record assembly" of the Dremel paper).
/// </summary>
internal sealed class RecordReader
{
    private const int BatchRows = 1024;
    private const long TargetBytes = 4 << 20;

    private readonly ParquetFile file;
    private readonly FileSource source;
    private readonly IReadOnlyList<SchemaNode> fields;
    private readonly int[] firstUse; // of a field asked for more than once

    public RecordReader(ParquetFile file, FileSource source, IReadOnlyList<SchemaNode> fields)
    {
        this.file = file;
        this.source = source;
        this.fields = fields;
        var first = new Dictionary<SchemaNode, int>();
        firstUse = new int[fields.Count];
        for (int i = 0; i < firstUse.Length; i++)
        {
            first.TryAdd(fields[i], i);
            firstUse[i] = first[fields[i]];
        }
    }

    /// <summary>The rows, one array of top-level values each.</summary>
    public IEnumerable<object?[]> Read()
    {
        var leaves = new RecordLeaf?[file.Schema.Columns.Count];
        try
        {
            foreach (SchemaNode field in fields)
            {
                for (int i = 0; i < field.LeafCount; i++)
                {
                    leaves[field.FirstLeaf + i] ??= new RecordLeaf(ColumnReader.Create(source, file.Schema.Columns[field.FirstLeaf + i]));
                }
            }

            foreach (RowGroupMetadata group in file.Metadata.RowGroups)
            {
                if (group.RowCount == 0)
                {
                    continue;
                }

                long bytes = 0;
                foreach (RecordLeaf? leaf in leaves)
                {
                    if (leaf is not null)
                    {
                        ColumnChunkMetadata chunk = group.Columns[leaf.Column.Index];
                        bytes += Math.Max(0, chunk.UncompressedSize);
                        Guard(leaf, chunk, static (l, c) => l.Reader.Start(c));
                    }
                }

                int batch = (int)Math.Clamp(TargetBytes / Math.Max(1, bytes / group.RowCount), 1, BatchRows);
                for (long left = group.RowCount; left > 0;)
                {
                    int rows = (int)Math.Min(batch, left);
                    foreach (RecordLeaf? leaf in leaves)
                    {
                        if (leaf is not null)
                        {
                            Guard(leaf, rows, static (l, n) => l.ReadRows(n));
                        }
                    }

                    for (int i = 0; i < rows; i++)
                    {
                        yield return Assemble(leaves);
                    }

                    left -= rows;
                }

                foreach (RecordLeaf? leaf in leaves)
                {
                    if (leaf is not null)
                    {
                        Guard(leaf, 0, static (l, _) => l.Reader.ExpectEnd());
                    }
                }
            }
        }
        finally
        {
            foreach (RecordLeaf? leaf in leaves)
            {
                leaf?.Reader.Dispose();
            }
        }
    }

    private object?[] Assemble(RecordLeaf?[] leaves)
    {
        var row = new object?[fields.Count];
        for (int i = 0; i < row.Length; i++)
        {
            if (firstUse[i] < i)
            {
                row[i] = row[firstUse[i]];
                continue;
            }

            try
            {
                row[i] = Field(fields[i], leaves);
                for (int k = 0; k < fields[i].LeafCount; k++)
                {
                    leaves[fields[i].FirstLeaf + k]!.EndRow();
                }
            }
            catch (ParquetException e)
            {
                throw e.At(file.Path, fields[i].Name);
            }
        }

        return row;
    }

    /// <summary>The value of a field: what is at hand in its leaves, up to the next entry that belongs elsewhere.</summary>
    private static object? Field(SchemaNode node, RecordLeaf?[] leaves)
    {
        if (node.Repetition == Repetition.Repeated)
        {
            return Elements(node, node, leaves);
        }

        if (node.Repetition == Repetition.Optional && leaves[node.FirstLeaf]!.Definition < node.MaxDefinition)
        {
            Pass(node, leaves);
            return null;
        }

        return Content(node, leaves);
    }

    /// <summary>The value of a field that is there.</summary>
    private static object? Content(SchemaNode node, RecordLeaf?[] leaves)
    {
        if (node.IsLeaf)
        {
            return leaves[node.FirstLeaf]!.TakeValue();
        }

        if (node.ListElement is { } element)
        {
            return Elements(node.Children[0], element, leaves);
        }

        if (node.MapEntry is { } entry)
        {
            object?[] pairs = Elements(entry, entry, leaves);
            return new ParquetMap(Array.ConvertAll(pairs, p =>
            {
                var pair = (ParquetStruct)p!;
                return new KeyValuePair<object?, object?>(pair.Values[0], pair.Values.Count > 1 ? pair.Values[1] : null);
            }));
        }

        return Struct(node, leaves);
    }

    private static ParquetStruct Struct(SchemaNode node, RecordLeaf?[] leaves)
    {
        var values = new object?[node.Children.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Field(node.Children[i], leaves);
        }

        return new ParquetStruct(node, values);
    }

    /// <summary>The elements of the repeated field <paramref name="repeated"/>; each is the field itself or the one child that it wraps.</summary>
    private static object?[] Elements(SchemaNode repeated, SchemaNode element, RecordLeaf?[] leaves)
    {
        RecordLeaf first = leaves[repeated.FirstLeaf]!;
        if (first.Definition < repeated.MaxDefinition)
        {
            Pass(repeated, leaves);
            return [];
        }

        var elements = new List<object?>();
        do
        {
            elements.Add(repeated != element ? Field(element, leaves)
                : repeated.IsLeaf ? first.TakeValue()
                : Struct(repeated, leaves));
        }
        while (first.HasNext && first.Repetition == repeated.MaxRepetition);

        return [.. elements];
    }

    /// <summary>Passes over the entry that says in each leaf that the field is not there.</summary>
    private static void Pass(SchemaNode node, RecordLeaf?[] leaves)
    {
        for (int i = 0; i < node.LeafCount; i++)
        {
            leaves[node.FirstLeaf + i]!.Pass();
        }
    }

    private void Guard<TState>(RecordLeaf leaf, TState state, Action<RecordLeaf, TState> action)
    {
        try
        {
            action(leaf, state);
        }
        catch (ParquetException e)
        {
            throw e.At(file.Path, leaf.Column.Path);
        }
    }
}
