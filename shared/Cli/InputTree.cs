using Pipeline.Native;

namespace Pipeline.Cli;

/// <summary>The files below a folder, in the order of their names, one folder in memory at a time. Links are followed.</summary>
public static class InputTree
{
    /// <summary>
    /// Paths relative to the root, with forward slashes. Left out is what begins with a dot (file managers and archives leave it
    /// behind, such as <c>._blues.00000.wav</c>), a link back to a folder that it is in, and what is no file; the last two are told.
    /// </summary>
    /// <param name="root">The folder.</param>
    /// <param name="cancel">Ends the walk.</param>
    /// <param name="isQuiet">Whether nothing is told, because another walk does.</param>
    public static IEnumerable<string> Files(string root, CancellationToken cancel, bool isQuiet = false) =>
        Walk(root, "", [RealPath(root)], isQuiet, cancel);

    private static IEnumerable<string> Walk(string folder, string path, List<string> above, bool isQuiet, CancellationToken cancel)
    {
        string[] entries = Directory.GetFileSystemEntries(folder);
        Array.Sort(entries, StringComparer.Ordinal);
        foreach (string entry in entries)
        {
            cancel.ThrowIfCancellationRequested();
            string name = Path.GetFileName(entry);
            string below = path + name;
            if (name.StartsWith('.'))
            {
                continue;
            }

            if (SpecialFile.Is(entry))
            {
                Tell($"{below} is a pipe, a socket or a device: it is left out", isQuiet);
                continue;
            }

            if (!Directory.Exists(entry))
            {
                yield return below;
                continue;
            }

            string real = RealPath(Path.Combine(above[^1], name));
            if (above.Contains(real))
            {
                Tell($"{below} leads back to a folder that it is in: it is not followed", isQuiet);
                continue;
            }

            above.Add(real);
            foreach (string file in Walk(entry, below + "/", above, isQuiet, cancel))
            {
                yield return file;
            }

            above.RemoveAt(above.Count - 1);
        }
    }

    private static void Tell(string message, bool isQuiet)
    {
        if (!isQuiet)
        {
            Terminal.Message(message);
        }
    }

    // With every link on the way resolved, not the last one alone: otherwise a folder has several names, and a circle goes unnoticed.
    private static string RealPath(string folder)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string? parent = Path.GetDirectoryName(full);
        if (parent is null)
        {
            return full;
        }

        string place = Path.Combine(RealPath(parent), Path.GetFileName(full));
        return new DirectoryInfo(place).LinkTarget is { } target ? RealPath(Path.Combine(Path.GetDirectoryName(place)!, target)) : place;
    }
}
