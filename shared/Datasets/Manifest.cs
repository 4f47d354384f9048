using CsvHelper;
using Pipeline.Cli;

namespace Pipeline.Datasets;

/// <summary>
/// A list of clips as published: CSV with the columns <c>file</c> (<c>blues/blues.00000.wav</c>) and any of <c>sha256</c>,
/// <c>artist</c>, <c>title</c>, <c>fault</c> (several with semicolons) and <c>of</c>. Lines that begin with # are comments.
/// </summary>
public sealed class Manifest
{
    // Of the same piece, not of the same sound: nothing is wrong with such a clip.
    private const string Version = "version";

    private static readonly CsvReaderOptions Format = new() { Separator = ',', CommentPrefix = '#', TrackLineNumbers = true };

    private readonly Dictionary<string, ManifestEntry> entries = [];

    private Manifest()
    {
    }

    /// <summary>How many clips it names.</summary>
    public int Count => entries.Count;

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="StageException">It is not there, or not a manifest.</exception>
    public static Manifest Read(string path)
    {
        try
        {
            using CsvReader csv = CsvReader.FromFile(path, Format);
            return Parse(csv, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new StageException($"the manifest {path} cannot be read", e);
        }
    }

    /// <summary>What it says of a file, whatever the file's kind: <c>blues/blues.00000.au</c> is looked up as <c>blues/blues.00000</c>.</summary>
    public ManifestEntry? Find(string path) => entries.GetValueOrDefault(Key(path));

    /// <summary>
    /// The name by which clips are looked up: class folder and name without the kind. Pictures of GTZAN's clips are also
    /// named without the point after the class, <c>blues/blues00000.png</c>, which makes no difference.
    /// </summary>
    public static string Key(string path)
    {
        string[] parts = path.Split('/');
        string name = Path.GetFileNameWithoutExtension(parts[^1]);
        if (parts.Length < 2)
        {
            return name;
        }

        string folder = parts[^2];
        return $"{folder}/{(name.StartsWith(folder + ".", StringComparison.Ordinal) ? folder + name[(folder.Length + 1)..] : name)}";
    }

    private static Manifest Parse(CsvReader csv, string path)
    {
        csv.ReadHeader();
        if (csv.Headers.Count == 0)
        {
            throw new StageException($"the manifest {path} is empty: its first line names its columns, of which one is 'file'");
        }

        if (!csv.Headers.Contains("file"))
        {
            throw new StageException($"the manifest {path} has no column 'file' but {string.Join(", ", csv.Headers)}: its first line must name its columns");
        }

        var manifest = new Manifest();
        while (csv.Read())
        {
            if (csv.FieldCount != csv.Headers.Count)
            {
                throw new StageException($"the manifest {path} has {csv.FieldCount} fields in line {csv.LineNumber}, its first line has {csv.Headers.Count}");
            }

            string file = Field(csv, "file") ?? throw new StageException($"the manifest {path} names no file in line {csv.LineNumber}");
            string[] faults = [.. (Field(csv, "fault")?.Split(';') ?? []).Select(f => f.Trim()).Where(f => f.Length > 0 && f != Version)];
            var entry = new ManifestEntry(
                Field(csv, "sha256")?.ToLowerInvariant(), Field(csv, "artist"), Field(csv, "title"), faults, faults.Length > 0 ? Field(csv, "of") : null);
            if (!manifest.entries.TryAdd(Key(file), entry))
            {
                throw new StageException($"the manifest {path} names {file} a second time in line {csv.LineNumber}");
            }
        }

        return manifest;
    }

    private static string? Field(CsvReader csv, string column) =>
        csv.TryGetFieldIndex(column, out int i) && !csv.IsEmpty(i) ? csv.GetString(i) : null;
}
