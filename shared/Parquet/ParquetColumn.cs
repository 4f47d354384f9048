namespace Pipeline.Parquet;

/// <summary>The types that can be written.</summary>
public enum ColumnType
{
    /// <summary>True or false.</summary>
    Bool,

    /// <summary>32-bit signed integer.</summary>
    Int32,

    /// <summary>64-bit signed integer.</summary>
    Int64,

    /// <summary>32-bit IEEE 754.</summary>
    Float,

    /// <summary>64-bit IEEE 754.</summary>
    Double,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Bytes,
}

/// <summary>A column to write: a value per row, or a list of values per row (the format's standard three-level list).</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The type of the value, or of a list's elements.</param>
/// <param name="IsOptional">Whether a row may have no value, or no list.</param>
/// <param name="IsList">Whether a row has a list of values.</param>
/// <param name="HasOptionalElements">Whether an element of a list may be null.</param>
public sealed record ParquetColumn(
    string Name,
    ColumnType Type,
    bool IsOptional = false,
    bool IsList = false,
    bool HasOptionalElements = false)
{
    /// <summary>The type as people write it: <c>float</c>, <c>string?</c>, <c>list&lt;float&gt;</c>.</summary>
    public string TypeName
    {
        get
        {
            string type = Type.ToString().ToLowerInvariant();
            return (IsList ? $"list<{type}{(HasOptionalElements ? "?" : "")}>" : type) + (IsOptional ? "?" : "");
        }
    }

    internal PhysicalType PhysicalType => Type switch
    {
        ColumnType.Bool => PhysicalType.Boolean,
        ColumnType.Int32 => PhysicalType.Int32,
        ColumnType.Int64 => PhysicalType.Int64,
        ColumnType.Float => PhysicalType.Float,
        ColumnType.Double => PhysicalType.Double,
        _ => PhysicalType.ByteArray,
    };

    /// <summary>The definition level of an element (maybe null) of a list.</summary>
    internal int ElementDefinition => (IsOptional ? 1 : 0) + (IsList ? 1 : 0);

    /// <summary>The definition level of a value that is there.</summary>
    internal int MaxDefinition => ElementDefinition + (IsList && HasOptionalElements ? 1 : 0);
}
