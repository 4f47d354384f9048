namespace Pipeline.Parquet;

/// <summary>A leaf of the schema: the unit that is stored and read.</summary>
public sealed class ColumnDescriptor
{
    internal ColumnDescriptor(int index, SchemaNode node, string[] path)
    {
        Index = index;
        Node = node;
        PathParts = path;
        Path = string.Join('.', path);
        for (SchemaNode? n = node; n is not null; n = n.Parent)
        {
            if (n.Repetition == Repetition.Repeated)
            {
                ElementDefinition = n.MaxDefinition;
                break;
            }
        }
    }

    /// <summary>Position among the leaves, in schema order.</summary>
    public int Index { get; }

    /// <summary>The leaf in the schema tree.</summary>
    public SchemaNode Node { get; }

    /// <summary>The names from the root's child down to the leaf.</summary>
    public IReadOnlyList<string> PathParts { get; }

    /// <summary>The names joined by dots.</summary>
    public string Path { get; }

    /// <summary>The name of the column at top level.</summary>
    public string Name => PathParts[0];

    /// <summary>How values are stored.</summary>
    public PhysicalType Type => Node.Type!.Value;

    /// <summary>The definition level of a value that is there.</summary>
    public int MaxDefinition => Node.MaxDefinition;

    /// <summary>How many lists the value is nested in.</summary>
    public int MaxRepetition => Node.MaxRepetition;

    /// <summary>The definition level from which an entry of the innermost list is an element (maybe null) rather than an empty or null list.</summary>
    internal int ElementDefinition { get; }
}
