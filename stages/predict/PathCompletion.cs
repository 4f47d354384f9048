namespace Pipeline.Stages.Prediction;

/// <summary>Completes the beginning of a path.</summary>
internal static class PathCompletion
{
    private const int MostChoices = 30;

    /// <summary>The path as far as all that begin so agree, and the names that there are where they do not.</summary>
    /// <param name="typed">The beginning.</param>
    public static (string Completed, IReadOnlyList<string> Choices) Of(string typed)
    {
        string path = TypedPath.Begun(typed);
        int slash = path.LastIndexOf('/');
        string folder = path[..(slash + 1)], start = path[(slash + 1)..];
        string place = TypedPath.AtHome(folder);
        string[] names;
        try
        {
            names =
            [
                .. new DirectoryInfo(place.Length == 0 ? "." : place).EnumerateFileSystemInfos()
                    .Where(e => e.Name.StartsWith(start, StringComparison.Ordinal) && (start.Length > 0 || !e.Name.StartsWith('.')))
                    .Select(e => e.Attributes.HasFlag(FileAttributes.Directory) ? e.Name + "/" : e.Name)
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (typed, []);
        }

        if (names.Length == 0)
        {
            return (typed, []);
        }

        int common = names[0].Length;
        foreach (string name in names)
        {
            common = Math.Min(common, names[0].AsSpan().CommonPrefixLength(name));
        }

        return (folder + names[0][..common], names.Length > MostChoices ? [.. names.Take(MostChoices), $"and {names.Length - MostChoices} more"] : names);
    }
}
