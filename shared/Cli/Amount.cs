namespace Pipeline.Cli;

/// <summary>Counts with their nouns, for messages.</summary>
public static class Amount
{
    /// <summary><c>1 song</c>, <c>2 songs</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">Of what, in the singular.</param>
    /// <param name="plural">The plural where it takes more than an s.</param>
    public static string Of(long count, string noun, string? plural = null) => $"{count} {(count == 1 ? noun : plural ?? noun + "s")}";
}
