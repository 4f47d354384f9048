using Pipeline.Cli;

namespace Pipeline.Stages.MakeCorpus.Corpus;

/// <summary>
/// A folder that appears complete or not at all: it is filled beside its place under a <c>.part</c> name and renamed at the end.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    /// <summary>The file by which a folder is known to be the stage's own.</summary>
    public const string Marker = "corpus.json";

    // Whatever else is in such a folder was put there by somebody, and is not to be lost.
    private static readonly string[] Own = [Marker, "gtzan", "msd", "labels"];

    private readonly string place;

    /// <exception cref="StageException">The place is taken by something that the stage did not write.</exception>
    public OutputFolder(string path)
    {
        place = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        Path = place + ".part";
        ThrowIfForeign(place);
        ThrowIfForeign(Path);
        Remove(Path);
        Directory.CreateDirectory(Path);
        // First of all, so that what a killed run leaves behind is known as the stage's own.
        File.WriteAllText(this[Marker], "");
    }

    /// <summary>Where to write until <see cref="Commit"/>.</summary>
    public string Path { get; }

    /// <summary>A path within it.</summary>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Gives the folder its name; what was there before goes.</summary>
    public void Commit()
    {
        string old = place + ".old";
        ThrowIfForeign(old);
        Remove(old);
        if (Directory.Exists(place))
        {
            Directory.Move(place, old);
        }

        Directory.Move(Path, place);
        Remove(old);
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose() => Remove(Path);

    private static void ThrowIfForeign(string folder)
    {
        if (File.Exists(folder))
        {
            throw new StageException($"'{folder}' is a file: name a folder with --out");
        }

        if (!Directory.Exists(folder))
        {
            return;
        }

        string[] entries = [.. Directory.EnumerateFileSystemEntries(folder).Select(e => System.IO.Path.GetFileName(e))];
        string? foreign = entries.Contains(Marker) ? entries.Except(Own).Order(StringComparer.Ordinal).FirstOrDefault() : entries.Order(StringComparer.Ordinal).FirstOrDefault();
        if (foreign is not null)
        {
            throw new StageException($"the folder '{folder}' holds '{foreign}', which make-corpus did not write: name another with --out, or move it away");
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
