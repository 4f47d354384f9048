namespace Pipeline.Tables;

/// <summary>Rules that several contracts share. Each gives a sentence that names the column, or null.</summary>
internal static class RowRules
{
    public static string? NotEmpty(string column, string value) => value.Length == 0 ? $"column '{column}' is empty" : null;

    public static string? OneOf(string column, string value, params ReadOnlySpan<string> allowed)
    {
        foreach (string a in allowed)
        {
            if (a == value)
            {
                return null;
            }
        }

        return $"column '{column}' is '{value}', it must be one of {string.Join(", ", allowed.ToArray())}";
    }

    public static string? Length(string column, int found, int expected) =>
        found == expected ? null : $"column '{column}' holds {found} values, {expected} were expected";

    public static string? Finite(string column, ReadOnlySpan<float> values) =>
        FiniteValues.FirstOther(values) is >= 0 and var i ? $"column '{column}' holds {values[i]} at {i}" : null;

    public static string? Finite(string column, double value) => double.IsFinite(value) ? null : $"column '{column}' is {value}";

    public static string? AtLeast(string column, double value, double least) =>
        value >= least ? null : $"column '{column}' is {value}, it must be {least} or more";

    public static string? Split(string value) => OneOf("split", value, "train", "valid", "test");
}
