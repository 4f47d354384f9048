namespace Pipeline.Cli;

/// <summary>Text that is cut to fit, with three dots for what is missing.</summary>
public static class Ellipsis
{
    /// <summary>Text cut to a width in columns, at its end.</summary>
    public static string AtEnd(string text, int width) => text.Length <= width ? text : string.Concat(text.AsSpan(0, Math.Max(0, width - 3)), "...");

    /// <summary>Text cut to a width in columns, in its middle.</summary>
    public static string Inside(string text, int width)
    {
        int kept = Math.Max(0, width - 3);
        return text.Length <= width ? text : string.Concat(text.AsSpan(0, kept - kept / 2), "...", text.AsSpan(text.Length - kept / 2));
    }
}
