using System.Globalization;
using System.Text;
using Pipeline.Parquet;

namespace Pipeline.Stages.Inspection;

/// <summary>Values as text: short for people, whole for programs.</summary>
internal static class CellText
{
    private const int ShownElements = 3;
    private const int ShownBytes = 8;

    /// <summary>A value for people: numbers to six digits, lists with their first elements and their length.</summary>
    public static string Short(object? value) => value switch
    {
        null => "",
        string text => Printable(text),
        float v => Number(v),
        double v => Number(v),
        Half v => Number((double)v),
        bool v => v ? "true" : "false",
        byte[] bytes => bytes.Length <= ShownBytes
            ? "0x" + Convert.ToHexStringLower(bytes)
            : $"0x{Convert.ToHexStringLower(bytes.AsSpan(0, ShownBytes))}... {bytes.Length}",
        object?[] list => Shortened('[', list, ']', Element),
        ParquetStruct s => "{" + string.Join(", ", s.Values.Select((v, i) => $"{s.Name(i)}: {Element(v)}")) + "}",
        ParquetMap map => Shortened('{', map.Entries, '}', e => $"{Element(e.Key)}: {Element(e.Value)}"),
        _ => Full(value),
    };

    /// <summary>A value whole: what a program reads from a CSV field and what conditions compare.</summary>
    public static string Full(object value) => value switch
    {
        string text => text,
        bool v => v ? "true" : "false",
        float v => v.ToString("R", CultureInfo.InvariantCulture),
        double v => v.ToString("R", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexStringLower(bytes),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        object?[] or ParquetStruct or ParquetMap => JsonText.Of(value),
        IFormattable v => v.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>A number to six significant digits.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
        }

        double size = Math.Abs(value);
        return value.ToString(size is >= 1e7 or (< 1e-4 and > 0) ? "0.#####e+0" : "G6", CultureInfo.InvariantCulture) switch
        {
            // G6 writes 1234567 as 1.23457E+06: whole digits read better.
            var text when text.Contains('E') => value.ToString("0", CultureInfo.InvariantCulture),
            var text => text,
        };
    }

    /// <summary>A whole number with commas between the thousands.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A size in bytes as people say it.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>Text cut to a width in columns, with an ellipsis.</summary>
    public static string Cut(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(0, width - 3)), "...");

    private static string Element(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Printable(Cut(text, 40))}\"",
        _ => Short(value),
    };

    private static string Shortened<T>(char open, IReadOnlyList<T> items, char close, Func<T, string> show)
    {
        var text = new StringBuilder().Append(open);
        bool isCut = items.Count > ShownElements + 1;
        text.AppendJoin(", ", items.Take(isCut ? ShownElements : items.Count).Select(show));
        return (isCut ? text.Append(", ... ").Append(items.Count) : text).Append(close).ToString();
    }

    // A file must not be able to move the cursor or clear the screen of whoever looks into it.
    private static string Printable(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                clean.Append(c switch { '\n' => "\\n", '\t' => "\\t", '\r' => "\\r", _ => $"\\u{(int)c:x4}" });
            }
            else
            {
                clean.Append(c);
            }
        }

        return clean.ToString();
    }
}
