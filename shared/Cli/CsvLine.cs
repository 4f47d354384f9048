namespace Pipeline.Cli;

/// <summary>Lines of CSV files (RFC 4180, with line feeds).</summary>
public static class CsvLine
{
    /// <summary>A line without its end; fields are quoted where they must be.</summary>
    public static string Of(params IEnumerable<string> fields) => string.Join(',', fields.Select(Quoted));

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny(",\"\r\n") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
