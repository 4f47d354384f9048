namespace Pipeline.Parquet;

/// <summary>One field of a schema tree: a leaf that holds values, or a group of further fields.</summary>
public sealed class SchemaNode
{
    internal SchemaNode(string name, Repetition repetition, PhysicalType? type, int typeLength, LogicalType logical, SchemaNode? parent)
    {
        Name = name;
        Repetition = repetition;
        Type = type;
        TypeLength = typeLength;
        Logical = logical;
        Parent = parent;
        if (parent is not null)
        {
            Depth = parent.Depth + 1;
            MaxDefinition = parent.MaxDefinition + (repetition == Repetition.Required ? 0 : 1);
            MaxRepetition = parent.MaxRepetition + (repetition == Repetition.Repeated ? 1 : 0);
        }
    }

    /// <summary>The field's name.</summary>
    public string Name { get; }

    /// <summary>How often the field occurs in its parent.</summary>
    public Repetition Repetition { get; }

    /// <summary>How values are stored, or null for a group.</summary>
    public PhysicalType? Type { get; }

    /// <summary>Bytes of a <see cref="PhysicalType.FixedLengthByteArray"/>; otherwise 0.</summary>
    public int TypeLength { get; }

    /// <summary>What the value or group means.</summary>
    public LogicalType Logical { get; }

    /// <summary>The group that the field is in, or null for the root.</summary>
    public SchemaNode? Parent { get; }

    /// <summary>The fields of a group, in order; empty for a leaf.</summary>
    public IReadOnlyList<SchemaNode> Children { get; internal set; } = [];

    /// <summary>Number of optional and repeated fields from the root down to this one: the definition level of a value that is there.</summary>
    public int MaxDefinition { get; }

    /// <summary>Number of repeated fields from the root down to this one.</summary>
    public int MaxRepetition { get; }

    /// <summary>Whether the field holds values.</summary>
    public bool IsLeaf => Type is not null;

    /// <summary>Distance from the root.</summary>
    internal int Depth { get; }

    /// <summary>The first leaf column at or below this node.</summary>
    internal int FirstLeaf { get; set; }

    /// <summary>The number of leaf columns at or below this node.</summary>
    internal int LeafCount { get; set; }

    /// <summary>The type as people write it: <c>float?</c>, <c>list&lt;string&gt;</c>, <c>struct&lt;a: int32&gt;</c>.</summary>
    public string TypeName => Repetition == Repetition.Repeated
        ? $"list<{BareTypeName}>"
        : BareTypeName + (Repetition == Repetition.Optional ? "?" : "");

    /// <summary>The type without its repetition.</summary>
    internal string BareTypeName
    {
        get
        {
            if (ListElement is { } element)
            {
                return $"list<{(element.Repetition == Repetition.Repeated ? element.BareTypeName : element.TypeName)}>";
            }

            if (MapEntry is { } entry)
            {
                return entry.Children.Count == 2
                    ? $"map<{entry.Children[0].TypeName}, {entry.Children[1].TypeName}>"
                    : $"map<{entry.Children[0].TypeName}>";
            }

            return Type is null
                ? $"struct<{string.Join(", ", Children.Select(c => $"{c.Name}: {c.TypeName}"))}>"
                : LeafTypeName;
        }
    }

    /// <summary>For a list by the format's rules, the node of its elements; otherwise null.</summary>
    public SchemaNode? ListElement
    {
        get
        {
            if (Logical.Kind != LogicalKind.List || Children is not [{ Repetition: Repetition.Repeated } repeated])
            {
                return null;
            }

            // The format's rules for lists of old writers: a repeated leaf, a repeated group of several fields, and one
            // named "array" or "<list>_tuple" are the element themselves; otherwise the repeated group only wraps it.
            bool isElement = repeated.IsLeaf
                || repeated.Children.Count != 1
                || repeated.Children[0].Repetition == Repetition.Repeated
                || repeated.Name == "array"
                || repeated.Name == Name + "_tuple";
            return isElement ? repeated : repeated.Children[0];
        }
    }

    /// <summary>For a map, the repeated group of key and (mostly) value; otherwise null.</summary>
    public SchemaNode? MapEntry =>
        Logical.Kind == LogicalKind.Map
        && Children is [{ Repetition: Repetition.Repeated, IsLeaf: false, Children.Count: 1 or 2 } entry]
            ? entry
            : null;

    private string LeafTypeName => Logical.Kind switch
    {
        LogicalKind.None or LogicalKind.Other => Type switch
        {
            PhysicalType.Boolean => "bool",
            PhysicalType.ByteArray => "bytes",
            PhysicalType.FixedLengthByteArray => $"bytes[{TypeLength}]",
            _ => Type.ToString()!.ToLowerInvariant(),
        },
        _ => Logical.ToString(),
    };
}
