using Pipeline.Audio;
using Pipeline.Cli;

namespace Pipeline.Stages.AudioIngestion;

/// <summary>
/// The sound files below a folder, in the order of their names. The classes are the folders that stand side by side at the
/// top; folders above them that hold nothing else, such as GTZAN's <c>genres</c>, are passed through.
/// </summary>
internal sealed class AudioTree
{
    private static readonly HashSet<string> SoundExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".wav", ".wave", ".bwf", ".w64", ".rf64", ".au", ".snd", ".aif", ".aiff", ".aifc", ".caf", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".mp2",
        ".m4a", ".m4b", ".mp4", ".aac", ".wma", ".ape", ".wv", ".mka", ".webm", ".mpc", ".tta", ".ac3", ".dts", ".amr", ".3gp",
    };

    private readonly string root;
    private readonly bool useFfmpeg;
    private readonly List<string> files = [];
    private readonly List<string> others = [];

    private AudioTree(string root, bool useFfmpeg)
    {
        this.root = root;
        this.useFfmpeg = useFfmpeg;
    }

    /// <summary>The sound files, and what is named like one.</summary>
    public IReadOnlyList<AudioItem> Items { get; private set; } = [];

    /// <summary>Paths, relative to the root, of what is no sound.</summary>
    public IReadOnlyList<string> Others => others;

    /// <summary>Looks for sound files.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="source">The dataset's name, for the keys.</param>
    /// <param name="useFfmpeg">Whether a file that only ffmpeg may read counts.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="StageException">There is no such folder, or no sound in it.</exception>
    public static AudioTree Open(string root, string source, bool useFfmpeg, CancellationToken cancel)
    {
        if (!Directory.Exists(root))
        {
            throw new StageException(File.Exists(root)
                ? $"'{root}' is a file: --root is the folder that holds the class folders"
                : $"there is no folder '{root}': --root is the folder that holds the class folders");
        }

        var tree = new AudioTree(root, useFfmpeg);
        tree.Find(cancel);
        if (tree.files.Count == 0)
        {
            throw new StageException($"there is no sound file in '{root}'" + (tree.others.Count > 0 ? $", only others such as {tree.others[0]}" : "") + ": give the folder that holds the class folders");
        }

        tree.Name(source);
        return tree;
    }

    private void Find(CancellationToken cancel)
    {
        foreach (string file in InputTree.Files(root, cancel))
        {
            (IsSound(file) ? files : others).Add(file);
        }
    }

    private bool IsSound(string file) => SoundExtensions.Contains(Path.GetExtension(file)) || HoldsSound(Path.Combine(root, file));

    private bool HoldsSound(string file)
    {
        try
        {
            using AudioReader reader = AudioReader.Open(file);
            return reader.Format != AudioFormat.Other || useFfmpeg;
        }
        catch (AudioException)
        {
            return false;
        }
    }

    private void Name(string source)
    {
        int top = TopLength();
        var stems = files.GroupBy(f => f[..^Path.GetExtension(f).Length]).ToDictionary(g => g.Key, g => g.Count());
        var keys = new HashSet<string>();
        var items = new List<AudioItem>(files.Count);
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

            items.Add(new AudioItem(Path.Combine(root, file), file, label, unique));
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
