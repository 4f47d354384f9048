namespace Pipeline.Cli;

/// <summary>Text that is cut to fit, with three dots for what is missing.</summary>
public static class Ellipsis
{
    /// <summary>How many names a sentence holds.</summary>
    public const int MostNames = 10;

    /// <summary>Text cut to a width in columns, at its end.</summary>
    public static string AtEnd(string text, int width) => text.Length <= width ? text : string.Concat(Start(text, width - 3), "...");

    /// <summary>Text cut to a width in columns, in its middle.</summary>
    public static string Inside(string text, int width)
    {
        int kept = Math.Max(0, width - 3);
        return text.Length <= width ? text : string.Concat(Start(text, kept - kept / 2), "...", End(text, kept / 2));
    }

    /// <summary>Names with commas; of many the first ten, and how many more there are.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? $" and {names.Count - MostNames} more" : "");

    // Letters beyond the first 65,536 are two chars, of which neither is a letter by itself.
    private static ReadOnlySpan<char> Start(string text, int length) =>
        text.AsSpan(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : Math.Max(0, length));

    private static ReadOnlySpan<char> End(string text, int length) =>
        text.AsSpan(text.Length - (length > 0 && char.IsLowSurrogate(text[^length]) ? length - 1 : length));
}
