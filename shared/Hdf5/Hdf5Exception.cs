using System.Text;

namespace Pipeline.Hdf5;

/// <summary>
/// An HDF5 file that cannot be read: damaged, cut short, forged, or using a feature outside of this library; or a request that the file
/// cannot meet. The message is one sentence that names the file, the object where there is one, and what is wrong.
/// </summary>
public sealed class Hdf5Exception : IOException
{
    private const int MaxLength = 1000;

    /// <summary>Creates the exception; <paramref name="file"/> is null where the data is in no named file.</summary>
    public Hdf5Exception(string? file, string reason, Exception? cause = null)
        : base(OneLine(file is null ? reason : $"{file}: {reason}"), cause)
    {
        File = file;
        Reason = OneLine(reason);
    }

    /// <summary>The file's path, or null where the data is in no named file.</summary>
    public string? File { get; }

    /// <summary>What is wrong, without the file.</summary>
    public string Reason { get; }

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
