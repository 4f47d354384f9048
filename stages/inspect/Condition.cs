using System.Globalization;
using Pipeline.Cli;
using Pipeline.Parquet;

namespace Pipeline.Stages.Inspection;

/// <summary>A comparison of a column with a value, as given to <c>--where</c>: <c>genre=jazz</c>.</summary>
internal sealed class Condition
{
    // Longer operators first, so that <= is not taken for <.
    private static readonly string[] Operators = ["!=", "<=", ">=", "=", "<", ">", "~"];

    private readonly string comparison;
    private readonly string text;
    private readonly double? number;

    private Condition(string column, string comparison, string text)
    {
        Column = column;
        this.comparison = comparison;
        this.text = text;
        number = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double parsed) ? parsed : null;
    }

    public string Column { get; }

    public static Condition Parse(string condition, ParquetSchema schema)
    {
        (int at, string? comparison) = FirstOperator(condition);
        if (comparison is null || at == 0)
        {
            throw new StageException($"--where '{condition}' is no comparison such as genre=jazz; the operators are {string.Join(' ', Operators)}");
        }

        string column = condition[..at].Trim(), value = condition[(at + comparison.Length)..].Trim();
        SchemaNode node = TableView.Find(schema, column);
        if (!node.IsLeaf || node.Repetition == Repetition.Repeated)
        {
            throw new StageException($"--where '{condition}': column '{column}' is {node.TypeName}, only single values can be compared");
        }

        var parsed = new Condition(column, comparison, value);
        bool isNumber = node.Type is not (PhysicalType.Boolean or PhysicalType.ByteArray or PhysicalType.FixedLengthByteArray or PhysicalType.Int96)
            && node.Logical.Kind is LogicalKind.None or LogicalKind.Integer or LogicalKind.Decimal;
        if (isNumber && parsed.number is null && value != "null" && comparison != "~")
        {
            throw new StageException($"--where '{condition}': column '{column}' is {node.TypeName} and cannot be compared with '{value}'");
        }

        return parsed;
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

        if (number is { } right && AsNumber(value) is { } left)
        {
            // NaN is unequal to everything, itself included.
            return comparison switch
            {
                "=" => left == right,
                "!=" => left != right,
                "<" => left < right,
                "<=" => left <= right,
                ">" => left > right,
                _ => left >= right,
            };
        }

        string own = CellText.Full(value);
        int order = value is bool ? string.Compare(own, text, StringComparison.OrdinalIgnoreCase) : string.CompareOrdinal(own, text);
        return comparison switch
        {
            "=" => order == 0,
            "!=" => order != 0,
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    /// <summary>A number of any type, or null for what is none.</summary>
    public static double? AsNumber(object value) => value switch
    {
        float v => v,
        double v => v,
        int v => v,
        long v => v,
        Half v => (double)v,
        ParquetDecimal v => (double)v.Unscaled / Math.Pow(10, v.Scale),
        sbyte or short or byte or ushort or uint or ulong => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static (int At, string? Operator) FirstOperator(string condition)
    {
        for (int i = 0; i < condition.Length; i++)
        {
            foreach (string candidate in Operators)
            {
                if (string.CompareOrdinal(condition, i, candidate, 0, candidate.Length) == 0)
                {
                    return (i, candidate);
                }
            }
        }

        return (-1, null);
    }
}
