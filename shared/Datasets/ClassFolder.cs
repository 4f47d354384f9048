using Pipeline.Cli;

namespace Pipeline.Datasets;

/// <summary>
/// The files of one kind below a folder, in the order of their names. The classes are the folders that stand side by side at the
/// top; folders above them that hold nothing else, such as GTZAN's <c>genres</c>, are passed through.
/// </summary>
public sealed class ClassFolder
{
    private readonly string root;
    private readonly List<string> files = [];
    private readonly List<string> others = [];

    private ClassFolder(string root)
    {
        this.root = root;
    }

    /// <summary>The files of the kind.</summary>
    public IReadOnlyList<ClassFile> Items { get; private set; } = [];

    /// <summary>Paths, relative to the root, of all others.</summary>
    public IReadOnlyList<string> Others => others;

    /// <summary>Looks for files.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="source">The dataset's name, for the keys.</param>
    /// <param name="kind">What is looked for, for messages: <c>"sound file"</c>.</param>
    /// <param name="isWanted">Whether a file is of the kind, by its path.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="StageException">There is no such folder, or no such file in it.</exception>
    public static ClassFolder Open(string root, string source, string kind, Func<string, bool> isWanted, CancellationToken cancel)
    {
        if (!Directory.Exists(root))
        {
            throw new StageException(File.Exists(root)
                ? $"'{root}' is a file: --root is the folder that holds the class folders"
                : $"there is no folder '{root}': --root is the folder that holds the class folders");
        }

        var tree = new ClassFolder(root);
        tree.Find(isWanted, cancel);
        if (tree.files.Count == 0)
        {
            throw new StageException($"there is no {kind} in '{root}'" + (tree.others.Count > 0 ? $", only others such as {tree.others[0]}" : "") + ": give the folder that holds the class folders");
        }

        tree.Name(source);
        return tree;
    }

    private void Find(Func<string, bool> isWanted, CancellationToken cancel)
    {
        foreach (string file in InputTree.Files(root, cancel))
        {
            (isWanted(Path.Combine(root, file)) ? files : others).Add(file);
        }
    }

    private void Name(string source)
    {
        int top = TopLength();
        var stems = files.GroupBy(f => f[..^Path.GetExtension(f).Length]).ToDictionary(g => g.Key, g => g.Count());
        var keys = new HashSet<string>();
        var items = new List<ClassFile>(files.Count);
        foreach (string file in files)
        {
            string below = file[top..];
            string? label = below.IndexOf('/') is > 0 and int slash ? below[..slash] : null;
            string stem = file[..^Path.GetExtension(file).Length];
            string name = stems[stem] == 1 ? stem[top..] : below;

            // GTZAN's names repeat the class: blues/blues.00000 is blues.00000.
            string last = name[(name.LastIndexOf('/') + 1)..];
            string key = $"{source}/{(label is not null && last.StartsWith(label + ".", StringComparison.Ordinal) && name == $"{label}/{last}" ? last : name)}";
            string unique = key;
            for (int n = 2; !keys.Add(unique); n++)
            {
                unique = $"{key}#{n}"; // names that the file system tells apart and text does not
            }

            items.Add(new ClassFile(Path.Combine(root, file), file, label, unique));
        }

        Items = items;
    }

    // The part of the paths that all files share and that has folders below it: the classes come after.
    private int TopLength()
    {
        int top = 0;
        while (true)
        {
            int slash = files[0].IndexOf('/', top);
            if (slash < 0)
            {
                return top;
            }

            string shared = files[0][..(slash + 1)];
            if (!files.All(f => f.StartsWith(shared, StringComparison.Ordinal) && f.IndexOf('/', shared.Length) >= 0))
            {
                return top;
            }

            top = shared.Length;
        }
    }
}
