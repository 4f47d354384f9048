namespace Pipeline.Parquet;

/// <summary>The value of a group that is neither list nor map.</summary>
public sealed class ParquetStruct
{
    private readonly SchemaNode node;

    internal ParquetStruct(SchemaNode node, object?[] values)
    {
        this.node = node;
        Values = values;
    }

    /// <summary>The fields' values, in schema order.</summary>
    public IReadOnlyList<object?> Values { get; }

    /// <summary>The name of the field at <paramref name="index"/>.</summary>
    public string Name(int index) => node.Children[index].Name;
}
