using System.Globalization;
using Pipeline.Cli;
using Pipeline.Parquet;

namespace Pipeline.Stages.Inspection;

/// <summary>A comparison of a column with a value, as given to <c>--where</c>: <c>genre=jazz</c>.</summary>
internal sealed class Condition
{
    // Longer operators first, so that <= is not taken for <.
    private static readonly (string Written, string Meant)[] Operators =
        [("!=", "!="), ("<>", "!="), ("<=", "<="), (">=", ">="), ("==", "="), ("=", "="), ("<", "<"), (">", ">"), ("~", "~")];

    private readonly string comparison;
    private readonly string text;
    private readonly double? number;
    private readonly Int128? time;

    private Condition(SchemaNode column, string comparison, string text)
    {
        Column = column.Name;
        this.comparison = comparison;
        this.text = text;
        number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : null;
        time = IsTime(column) ? ComparableValue.ParseNanoseconds(text, column.Logical.Kind) : null;
    }

    public string Column { get; }

    /// <summary>Why a text is no comparison, or null.</summary>
    public static string? FindFault(string condition) =>
        Split(condition) is null
            ? $"--where '{condition}' is no comparison such as genre=jazz; the operators are = != < <= > >= ~"
            : null;

    public static Condition Parse(string condition, ParquetSchema schema)
    {
        (string column, string comparison, string value) = Split(condition) ?? throw new StageException(FindFault(condition)!);
        SchemaNode node = TableView.Find(schema, column);
        if (!node.IsLeaf || node.Repetition == Repetition.Repeated)
        {
            throw new StageException($"--where '{condition}': column '{column}' is {node.TypeName}, only single values can be compared");
        }

        var parsed = new Condition(node, comparison, value);
        string? wanted = value == "null" || comparison == "~" ? null
            : IsTime(node) ? parsed.time is null ? Example(node) : null
            : node.Type == PhysicalType.Boolean ? value is "true" or "false" ? null : "true or false"
            : IsNumber(node) && parsed.number is null ? "a number"
            : null;
        return wanted is null
            ? parsed
            : throw new StageException($"--where '{condition}': column '{column}' is {node.TypeName} and is compared with {wanted}, not '{value}'");
    }

    /// <summary>Whether the condition holds for a value. Null meets <c>=null</c> and every <c>!=</c> but <c>!=null</c>.</summary>
    public bool Holds(object? value)
    {
        if (text == "null" && comparison is "=" or "!=")
        {
            return value is null == (comparison == "=");
        }

        if (value is null)
        {
            return comparison == "!=";
        }

        if (comparison == "~")
        {
            return CellText.Full(value).Contains(text, StringComparison.OrdinalIgnoreCase);
        }

        if (number is { } right && ComparableValue.AsNumber(value) is { } left)
        {
            // NaN equals the NaN that was asked for and nothing else.
            return double.IsNaN(right) || double.IsNaN(left)
                ? comparison == (double.IsNaN(right) && double.IsNaN(left) ? "=" : "!=")
                : Meets(left.CompareTo(right));
        }

        if (time is { } asked && ComparableValue.AsNanoseconds(value) is { } point)
        {
            return Meets(point.CompareTo(asked));
        }

        return Meets(string.CompareOrdinal(CellText.Full(value), text));
    }

    private static (string Column, string Comparison, string Value)? Split(string condition)
    {
        for (int i = 1; i < condition.Length; i++)
        {
            foreach ((string written, string meant) in Operators)
            {
                if (string.CompareOrdinal(condition, i, written, 0, written.Length) == 0)
                {
                    return (condition[..i].Trim(), meant, condition[(i + written.Length)..].Trim());
                }
            }
        }

        return null;
    }

    private static bool IsTime(SchemaNode node) =>
        node.Logical.Kind is LogicalKind.Date or LogicalKind.Time or LogicalKind.Timestamp || node.Type == PhysicalType.Int96;

    private static bool IsNumber(SchemaNode node) =>
        node.Logical.Kind is LogicalKind.Decimal or LogicalKind.Float16
        || (node.Logical.Kind is LogicalKind.None or LogicalKind.Integer
            && node.Type is PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Float or PhysicalType.Double);

    private static string Example(SchemaNode node) => node.Logical.Kind switch
    {
        LogicalKind.Date => "a date such as 2020-01-31",
        LogicalKind.Time => "a time such as 12:30:00",
        _ => "a time such as 2020-01-31T12:30:00",
    };

    private bool Meets(int order) => comparison switch
    {
        "=" => order == 0,
        "!=" => order != 0,
        "<" => order < 0,
        "<=" => order <= 0,
        ">" => order > 0,
        _ => order >= 0,
    };
}
