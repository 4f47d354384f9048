namespace Pipeline.Stages.Evaluating;

/// <summary>Finds the genre that a folder is named after.</summary>
internal static class GenreNames
{
    /// <summary>The genre, whatever the case of its letters and with or without blanks, dashes and underscores; null for none.</summary>
    public static string? Of(string folder, IReadOnlyList<string> genres) =>
        genres.FirstOrDefault(g => g == folder) ?? genres.FirstOrDefault(g => Bare(g) == Bare(folder));

    private static string Bare(string name) => string.Concat(name.Where(c => !char.IsWhiteSpace(c) && c is not '-' and not '_')).ToLowerInvariant();
}
