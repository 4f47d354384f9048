using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Splitting;

/// <summary>
/// Lists of what is in which part, as they are published with datasets. A line names a recording by its key, its path, its
/// class folder and name, its track or song, or all recordings of an artist by the artist's key or name.
/// </summary>
internal sealed class PublishedLists
{
    private static readonly string[] Headings = ["recording_id", "path", "file", "filename", "track_id", "song_id", "artist_id"];
    private static readonly string[] Separators = ["\t", ",", "<SEP>"];

    private readonly Dictionary<Fingerprint, int> names = []; // each to its place in the two lists below
    private readonly List<byte> masks = []; // of each name, the parts it is in, a bit for each
    private readonly List<bool> found = []; // of each name, whether there is such a recording
    private readonly TextStore lines = new();
    private readonly List<(int File, int Whole, int First, int Key, int Artist)> namesOf = []; // of each line, its file and what it may name; -1 for no artist
    private readonly List<(string File, Part Part)> files = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => files.Count == 0;

    /// <summary>How many lines name something.</summary>
    public int Lines => lines.Count;

    /// <summary>The parts of the files, in order, for the provenance.</summary>
    public string Setting => string.Join(' ', files.Select(f => f.Part == Part.None ? "told" : Parts.Name(f.Part)));

    /// <summary>The files, in order.</summary>
    public IEnumerable<string> Files => files.Select(f => f.File);

    /// <summary>Lines that name nothing among the recordings; to be asked once all recordings have been looked up.</summary>
    public IEnumerable<string> NotFound => Enumerable.Range(0, Lines).Where(i => !IsFound(i)).Select(i => lines[i]);

    /// <summary>Files of which no line names a recording; to be asked likewise.</summary>
    public IEnumerable<string> FilesOfOthers =>
        Enumerable.Range(0, files.Count).Except(Enumerable.Range(0, Lines).Where(IsFound).Select(i => namesOf[i].File)).Select(f => files[f].File);

    /// <summary>Reads lists.</summary>
    /// <param name="given">Folders, files, or files with their part: <c>train=FILE</c>.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="StageException">A list is not there, or is none.</exception>
    public static PublishedLists Read(IEnumerable<string> given, CancellationToken cancel)
    {
        var lists = new PublishedLists();
        foreach (string text in given)
        {
            lists.Add(text, cancel);
        }

        if (lists.files.GroupBy(f => Path.GetFullPath(f.File)).FirstOrDefault(f => f.Count() > 1) is { } twice)
        {
            throw new StageException($"the list '{twice.First().File}' is named twice: name each list once");
        }

        return lists;
    }

    /// <summary>The parts that the lists name a recording for, a bit for each; 0 where they do not name it.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="artists">Its artists, as <see cref="ArtistNames"/> has them.</param>
    public byte Find(Recording recording, IReadOnlyList<string> artists)
    {
        byte mask = 0;
        if (!IsEmpty)
        {
            Look(LinkKind.None, recording.RecordingId, ref mask);
            Look(LinkKind.None, recording.Path, ref mask);
            Look(LinkKind.None, recording.TrackId, ref mask);
            Look(LinkKind.None, recording.SongId, ref mask);
            Look(LinkKind.None, recording.ArtistId, ref mask);
            Look(LinkKind.Duplicate, Key(recording.Path), ref mask);
            foreach (string artist in artists)
            {
                Look(LinkKind.ArtistName, artist, ref mask);
            }
        }

        return mask;
    }

    private void Look(LinkKind kind, string? name, ref byte mask)
    {
        if (name is not null && names.TryGetValue(Fingerprint.Of(kind, name), out int number))
        {
            mask |= masks[number];
            found[number] = true;
        }
    }

    private void Add(string text, CancellationToken cancel)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        Part told = equals > 0 && !Path.Exists(text) ? Parts.Of(text[..equals]) : Part.None;
        string path = told == Part.None ? text : text[(equals + 1)..];
        if (Directory.Exists(path))
        {
            string[] inside = [.. Directory.GetFiles(path).Where(f => told != Part.None || Parts.OfFile(f) != Part.None)];
            if (inside.Length == 0)
            {
                throw new StageException($"no file in the folder '{path}' has train, valid or test in its name: name the lists one by one, as --lists train=FILE");
            }

            Array.Sort(inside, StringComparer.Ordinal);
            foreach (string file in inside)
            {
                Read(file, told == Part.None ? Parts.OfFile(file) : told, cancel);
            }
        }
        else if (File.Exists(path))
        {
            Read(path, told == Part.None ? Parts.OfFile(path) : told, cancel);
        }
        else
        {
            throw new StageException($"there is no list '{path}': --lists needs a file, a folder of files, or PART=FILE");
        }
    }

    private void Read(string file, Part part, CancellationToken cancel)
    {
        files.Add((file, part));
        bool isFirst = true;
        int before = Lines;
        foreach ((int number, string line) in PublishedFile.Lines(file, cancel))
        {
            Add(line.Trim(), part, file, number, isFirst);
            isFirst = false;
        }

        if (Lines == before)
        {
            throw new StageException($"the list {file} names nothing: it has a recording, a track or an artist in each line");
        }
    }

    private void Add(string line, Part part, string file, int number, bool isFirst)
    {
        string[] fields = [.. line.Split(Separators, StringSplitOptions.None).Select(f => f.Trim().Trim('"'))];
        if (isFirst && Headings.Contains(fields[0], StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        bool isTold = part == Part.None;
        if (isTold)
        {
            part = fields.Length > 1 ? Parts.Of(fields[1]) : Part.None;
            if (part == Part.None)
            {
                throw new StageException(
                    $"the list {file} does not tell the part of '{fields[0]}' in line {number}: write train, valid or test behind a comma, or give the list as --lists train={file}");
            }
        }

        // A path may have commas in it, and so may an artist's name.
        string whole = line.Trim('"');
        lines.Add(fields[0]);
        namesOf.Add((
            files.Count - 1, Name(LinkKind.None, whole, part), Name(LinkKind.None, fields[0], part), Name(LinkKind.Duplicate, Key(fields[0]), part),
            ArtistNames.Of(isTold ? fields[0] : whole) is [var name] ? Name(LinkKind.ArtistName, name, part) : -1));
    }

    private bool IsFound(int line)
    {
        (_, int whole, int first, int key, int artist) = namesOf[line];
        return found[whole] || found[first] || found[key] || (artist >= 0 && found[artist]);
    }

    private int Name(LinkKind kind, string name, Part part)
    {
        var fingerprint = Fingerprint.Of(kind, name);
        if (!names.TryGetValue(fingerprint, out int number))
        {
            number = masks.Count;
            names.Add(fingerprint, number);
            masks.Add(0);
            found.Add(false);
        }

        masks[number] |= (byte)(1 << (int)part);
        return number;
    }

    // As in manifests, but of a name without an ending the number is no ending: blues.00029.
    private static string Key(string path)
    {
        string ending = Path.GetExtension(path);
        return Manifest.Key(ending.Any(char.IsLetter) ? path : path + ".any");
    }
}
