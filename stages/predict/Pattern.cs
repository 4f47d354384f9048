using System.IO.Enumeration;

namespace Pipeline.Stages.Prediction;

/// <summary>Names with <c>*</c> and <c>?</c> in them, for shells that leave those alone and for what is typed at the prompt; <c>**</c> is any number of folders.</summary>
internal static class Pattern
{
    /// <summary>Whether a name is a pattern.</summary>
    public static bool Is(string name) => name.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>What a pattern names, in order; the name itself where it is no pattern, or nothing fits.</summary>
    public static IReadOnlyList<string> Expand(string name)
    {
        if (!Is(name) || Path.Exists(name))
        {
            return [name];
        }

        bool isRooted = name.StartsWith('/');
        List<string> found = [isRooted ? "/" : ""];
        string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            bool isLast = i == parts.Length - 1;
            found = [.. found.SelectMany(folder => Next(folder, parts[i], isLast))];
        }

        return found.Count > 0 ? [.. found.Distinct()] : [name];
    }

    private static IEnumerable<string> Next(string folder, string part, bool isLast)
    {
        if (!Is(part))
        {
            string path = Path.Combine(folder, part);
            return Path.Exists(path) ? [path] : [];
        }

        if (part == "**")
        {
            // Not through links, which may lead back.
            IEnumerable<string> below = Entries(folder).Where(e => new DirectoryInfo(e) is { Exists: true, LinkTarget: null }).SelectMany(f => Next(f, "**", isLast));
            return isLast ? [.. Entries(folder).Where(File.Exists), .. below] : [folder, .. below];
        }

        return Entries(folder).Where(e => FileSystemName.MatchesSimpleExpression(part, Path.GetFileName(e), ignoreCase: false) && (isLast || Directory.Exists(e)));
    }

    // What begins with a dot is hidden, here as in shells.
    private static IEnumerable<string> Entries(string folder)
    {
        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(folder.Length == 0 ? "." : folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return entries.Select(e => Path.Combine(folder, Path.GetFileName(e))).Where(e => !Path.GetFileName(e).StartsWith('.')).Order(StringComparer.Ordinal);
    }
}
