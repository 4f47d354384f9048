using System.Text;

namespace Pipeline.Nn.Files;

/// <summary>
/// A safetensors file that cannot be read, or that has not what is asked of it. The message is one sentence that names the file, and
/// the tensor where there is one.
/// </summary>
public sealed class SafetensorsException : IOException
{
    private const int LongestPart = 200;

    /// <summary>Creates the exception; <paramref name="tensor"/> is null where the fault is not in one.</summary>
    public SafetensorsException(string file, string? tensor, string reason, Exception? cause = null)
        : base($"{file}: {(tensor is null ? "" : $"tensor {Plain(tensor)}: ")}{Plain(reason)}", cause)
    {
        (Reason, Tensor) = (reason, tensor);
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Reason { get; }

    /// <summary>Name of the tensor, or null where the fault is not in one.</summary>
    public string? Tensor { get; }

    // What comes out of a file may be of any length and hold line ends, or what a terminal takes for commands.
    private static string Plain(string text)
    {
        var line = new StringBuilder();
        foreach (char c in text.Length <= LongestPart ? text : string.Concat(text.AsSpan(0, LongestPart), "..."))
        {
            _ = char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? line.Append($"\\u{(int)c:x4}") : line.Append(c);
        }

        return line.ToString();
    }
}
