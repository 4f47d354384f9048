using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Listening;

namespace Pipeline.Stages.Evaluating;

/// <summary>A folder of one's own songs, in class folders that say what they are in truth.</summary>
internal sealed class ExtraFolder
{
    /// <summary>The part that they are in the report, and the first word of their keys.</summary>
    public const string Part = "extra";

    private ExtraFolder(string name, IReadOnlyList<(ClassFile, string)> files, IReadOnlyList<string> notes) => (Name, Files, Notes) = (name, files, notes);

    /// <summary>The last name of its path: the others are this machine's.</summary>
    public string Name { get; }

    /// <summary>The files to judge, each with its genre, in the order of their names.</summary>
    public IReadOnlyList<(ClassFile File, string Genre)> Files { get; }

    /// <summary>What is left out.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>Looks for files that the model can be asked about, and for the genres that their folders are named after.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="listener">The model.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="StageException">There is nothing that can be judged.</exception>
    public static ExtraFolder Open(string path, Listener listener, CancellationToken cancel)
    {
        if (!Directory.Exists(path))
        {
            throw new StageException($"there is no folder '{path}': --extra is one that holds folders named after genres, and songs in them");
        }

        ClassFolder tree = ClassFolder.Open(path, Part, Kinds(listener.Kinds), listener.Takes, cancel);
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
        string known = $"the model knows {string.Join(", ", listener.Genres)}";
        ClassFile[] outside = [.. tree.Items.Where(f => f.Label is null)];
        var folders = tree.Items.Where(f => f.Label is not null).GroupBy(f => f.Label!).Select(g => (Genre: GenreNames.Of(g.Key, listener.Genres), Files: g)).ToArray();
        (ClassFile, string)[] files = [.. folders.Where(f => f.Genre is not null).SelectMany(f => f.Files.Select(file => (file, f.Genre!)))];
        if (folders.Length == 0)
        {
            throw new StageException($"the files in '{path}' are in no folders that say what they are, such as {outside[0].Path}: put them into folders named after genres ({known})");
        }

        string[] strange = [.. folders.Where(f => f.Genre is null).Select(f => Described(f.Files.Key, f.Files.Count(), listener.Genres))];
        if (files.Length == 0)
        {
            throw new StageException($"no folder in '{path}' is named after a genre of the model: there is {Ellipsis.Names(strange)}, and {known}");
        }

        var notes = new List<string>();
        if (strange.Length > 0)
        {
            notes.Add($"left out of extra: {Amount.Of(strange.Length, "folder")} named after no genre of the model, {Ellipsis.Names(strange)}; {known}");
        }

        if (outside.Length > 0)
        {
            notes.Add($"left out of extra: {Amount.Of(outside.Length, "file")} in no class folder, such as {outside[0].Path}");
        }

        if (tree.Others.Count > 0)
        {
            notes.Add($"left out of extra: {Amount.Of(tree.Others.Count, "file")} of other kinds, such as {tree.Others[0]}");
        }

        return new ExtraFolder(name, files, notes);
    }

    private static string Kinds(IReadOnlyList<PieceKind> kinds) =>
        kinds.Contains(PieceKind.Picture) ? "picture (PNG)" : kinds.Contains(PieceKind.Songs) ? "sound or song file" : "sound file";

    private static string Described(string folder, int count, IReadOnlyList<string> genres)
    {
        string hint = NearestName.Of(folder, [.. genres]) is { } nearest ? $", did you mean {nearest}?" : "";
        return $"{folder} ({Amount.Of(count, "file")}{hint})";
    }
}
