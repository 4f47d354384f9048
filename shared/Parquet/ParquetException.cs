using System.Text;

namespace Pipeline.Parquet;

/// <summary>
/// A Parquet file that cannot be read: damaged, cut short, forged, or using a feature outside of this library.
/// The message is one sentence that names the file, the column where there is one, and what was expected.
/// </summary>
public sealed class ParquetException : IOException
{
    private const int MaxLength = 1000;

    /// <summary>Creates the exception; <paramref name="file"/> and <paramref name="column"/> are null where not known yet.</summary>
    public ParquetException(string reason, string? file = null, string? column = null, Exception? cause = null)
        : base(Compose(reason, file, column), cause)
    {
        Reason = reason;
        File = file;
        Column = column;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>The file's path, or null where the data did not come from a named file.</summary>
    public string? File { get; }

    /// <summary>The dotted path of the column, or null where the fault is not in one column.</summary>
    public string? Column { get; }

    /// <summary>The same fault with its place filled in where it was still missing.</summary>
    internal ParquetException At(string file, string? column) => new(Reason, File ?? file, Column ?? column, this);

    private static string Compose(string reason, string? file, string? column)
    {
        string text = OneLine(column is null ? reason : $"column {column}: {reason}");
        return file is null ? text : $"{file}: {text}";
    }

    // Names out of a file may be of any length and hold line ends, or what a terminal takes for commands.
    private static string OneLine(string text)
    {
        var line = new StringBuilder();
        foreach (char c in text.Length <= MaxLength ? text : string.Concat(text.AsSpan(0, MaxLength), "..."))
        {
            _ = char.IsControl(c) || c is '\u2028' or '\u2029' ? line.Append($"\\u{(int)c:x4}") : line.Append(c);
        }

        return line.ToString();
    }
}
