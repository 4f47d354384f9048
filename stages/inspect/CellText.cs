using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Pipeline.Cli;
using Pipeline.Parquet;

namespace Pipeline.Stages.Inspection;

/// <summary>Values as text: short for people, whole for programs.</summary>
internal static class CellText
{
    private const int ShownElements = 3;
    private const int ShownBytes = 8;
    private const int MaxPrinted = 100_000_000;

    /// <summary>A value for people: numbers to six digits, lists with their first elements and their length.</summary>
    public static string Short(object? value) => value switch
    {
        null => "",
        string text => Printable(text),
        float v => Number(v),
        double v => Number(v),
        Half v => Number((double)v),
        bool v => v ? "true" : "false",
        byte[] bytes when AsText(bytes) is { } text => text,
        byte[] bytes => bytes.Length <= ShownBytes
            ? "0x" + Convert.ToHexStringLower(bytes)
            : $"0x{Convert.ToHexStringLower(bytes.AsSpan(0, ShownBytes))}... {bytes.Length}",
        ParquetTimestamp or ParquetTime or Int96 => WithoutZeros(Full(value)),
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
        byte[] { Length: > MaxPrinted } bytes => throw new StageException($"a value of {Size(bytes.Length)} is too long to print: leave its column out with --columns"),
        byte[] bytes => AsText(bytes) ?? "0x" + Convert.ToHexStringLower(bytes),
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

    /// <summary>A count with its noun.</summary>
    public static string Plural(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A size in bytes as people say it.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB"),
    };

    /// <summary>Words in lines of a width, which a longer word exceeds.</summary>
    public static IEnumerable<string> Wrap(IEnumerable<string> words, int width)
    {
        string line = "";
        foreach (string word in words)
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    // Old writers leave out that bytes are text: what reads as text is shown as text.
    private static string? AsText(byte[] bytes)
    {
        if (bytes.Length is 0 or > MaxPrinted || !Utf8.IsValid(bytes))
        {
            return null;
        }

        string text = System.Text.Encoding.UTF8.GetString(bytes);
        return text.Any(char.IsControl) ? null : text;
    }

    // 12:30:00.000000 says no more than 12:30:00.
    private static string WithoutZeros(string time)
    {
        int point = time.LastIndexOf('.');
        if (point < 0)
        {
            return time;
        }

        string zone = time.EndsWith('Z') ? "Z" : "";
        return time[..^zone.Length].TrimEnd('0').TrimEnd('.') + zone;
    }

    private static string Element(object? value) => value switch
    {
        null => "null",
        string text => $"\"{Printable(Ellipsis.AtEnd(text, 40))}\"",
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
