namespace Pipeline.Parquet;

/// <summary>
/// A Parquet file that cannot be read: damaged, cut short, forged, or using a feature outside of this library.
/// The message is one sentence that names the file, the column where there is one, and what was expected.
/// </summary>
public sealed class ParquetException : IOException
{
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
        string place = column is null ? "" : $"column {column}: ";
        return file is null ? place + reason : $"{file}: {place}{reason}";
    }
}
