namespace Pipeline.Parquet;

/// <summary>The schema of a file: a tree of fields and its leaves.</summary>
public sealed class ParquetSchema
{
    /// <summary>Characters of all paths: a group's name comes once in the file and again in the path of each of its columns.</summary>
    private const int MaxPathCharacters = 1 << 24;

    internal ParquetSchema(SchemaNode root)
    {
        Root = root;
        long characters = 0;
        var leaves = new List<ColumnDescriptor>();
        Collect(root, [], leaves, ref characters);
        Columns = leaves;
    }

    /// <summary>The root; its children are the columns at top level.</summary>
    public SchemaNode Root { get; }

    /// <summary>The columns at top level.</summary>
    public IReadOnlyList<SchemaNode> Fields => Root.Children;

    /// <summary>The leaves, in schema order.</summary>
    public IReadOnlyList<ColumnDescriptor> Columns { get; }

    /// <summary>The leaf of that path, or the only leaf under the top-level column of that name; null where there is none.</summary>
    public ColumnDescriptor? Find(string name)
    {
        ColumnDescriptor? byName = null;
        foreach (ColumnDescriptor column in Columns)
        {
            if (column.Path == name)
            {
                return column;
            }

            if (column.Name == name && Root.Children.First(c => c.Name == name).LeafCount == 1)
            {
                byName = column;
            }
        }

        return byName;
    }

    private static void Collect(SchemaNode node, string[] path, List<ColumnDescriptor> leaves, ref long characters)
    {
        node.FirstLeaf = leaves.Count;
        if (node.IsLeaf)
        {
            characters += path.Sum(name => (long)name.Length + 1);
            if (characters > MaxPathCharacters)
            {
                throw new ParquetException($"the names of the schema's {leaves.Count + 1} first columns take more than {MaxPathCharacters} characters");
            }

            leaves.Add(new ColumnDescriptor(leaves.Count, node, path));
        }

        foreach (SchemaNode child in node.Children)
        {
            Collect(child, [.. path, child.Name], leaves, ref characters);
        }

        node.LeafCount = leaves.Count - node.FirstLeaf;
    }
}
