namespace Pipeline.Cli;

/// <summary>
/// A folder that appears complete or not at all: it is filled beside its place under a <c>.part</c> name and renamed at the end.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private readonly string place;
    private readonly string marker;
    private readonly IReadOnlyList<string>? own;

    /// <summary>Prepares the place beside it. A folder that the stage made before is replaced in the end.</summary>
    /// <param name="path">The folder's final name.</param>
    /// <param name="marker">The file by which a folder is known to be the stage's own; it is there, empty, from the start.</param>
    /// <param name="own">All that the stage puts at the folder's top, so that what somebody else put there is not lost; null where that cannot be told.</param>
    /// <exception cref="StageException">The place is taken by something that the stage did not write.</exception>
    public OutputFolder(string path, string marker, IReadOnlyList<string>? own = null)
    {
        this.marker = marker;
        this.own = own is null ? null : [marker, .. own];
        place = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        Path = place + ".part";
        ThrowIfForeign(place);
        ThrowIfForeign(Path);
        Remove(Path);
        Directory.CreateDirectory(Path);

        // First of all, so that what a killed run leaves behind is known as the stage's own.
        File.WriteAllText(this[marker], "");
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
        ThrowIfForeign(place); // others may have used the time
        Remove(old);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
        if (Directory.Exists(place))
        {
            Directory.Move(place, old);
        }

        Directory.Move(Path, place);
        Remove(old);
    }

    /// <summary>Removes what was not committed.</summary>
    public void Dispose() => Remove(Path);

    private void ThrowIfForeign(string folder)
    {
        if (File.Exists(folder))
        {
            throw new StageException($"'{folder}' is a file: name a folder with --out");
        }

        if (!Directory.Exists(folder))
        {
            return;
        }

        string[] entries = [.. Directory.EnumerateFileSystemEntries(folder).Select(e => System.IO.Path.GetFileName(e)).Order(StringComparer.Ordinal)];
        string? foreign = entries.Contains(marker) ? own is null ? null : entries.Except(own).FirstOrDefault() : entries.FirstOrDefault();
        if (foreign is not null)
        {
            throw new StageException($"the folder '{folder}' holds '{foreign}', which {Stage.Name} did not write: name another with --out, or move it away");
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
