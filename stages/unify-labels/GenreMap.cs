using CsvHelper;
using Pipeline.Cli;

namespace Pipeline.Stages.LabelUnification;

/// <summary>
/// What the genres of the sources are in a set of genres: a column of a CSV file with a line for each genre of a source, such as
/// manifests/genres.csv; or, without a file, each name for itself. Names that differ in case, spaces, <c>_ - / .</c> alone, or by
/// <c>&amp;</c> for <c>n</c>, are one name.
/// </summary>
internal sealed class GenreMap
{
    private const string SourceColumn = "source";
    private const string GenreColumn = "source_genre";

    private static readonly CsvReaderOptions Format = new() { Separator = ',', CommentPrefix = '#', TrackLineNumbers = true };

    private readonly Dictionary<(string Source, string Key), int> lines = [];
    private readonly Dictionary<(string Source, string Key), string> spellings = []; // of the lines, to name the nearest
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<string> genres = [];
    private readonly List<LabelSource> spelledBy = [];

    private GenreMap(string? set) => Set = set;

    /// <summary>Name of the set; null where there is no file.</summary>
    public string? Set { get; }

    /// <summary>The genres by their numbers, in no order that means anything.</summary>
    public IReadOnlyList<string> Genres => genres;

    /// <summary>Each name is a genre: that of the first source that has it, as spelt there.</summary>
    public static GenreMap AsSpelt() => new(null);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="set">The column with the genres; null for the first.</param>
    /// <exception cref="StageException">The file is not there or not such a file, or has no such set.</exception>
    public static GenreMap Read(string path, string? set)
    {
        try
        {
            using CsvReader csv = CsvReader.FromFile(path, Format);
            return Parse(csv, path, set);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new StageException($"the genres {path} cannot be read", e);
        }
    }

    /// <summary>A name without what is spelt in many ways.</summary>
    public static string Key(string name)
    {
        Span<char> key = name.Length <= 256 ? stackalloc char[name.Length] : new char[name.Length];
        int length = 0;
        foreach (char letter in name)
        {
            if (letter is not (' ' or '_' or '-' or '/' or '.'))
            {
                key[length++] = letter == '&' ? 'n' : char.ToLowerInvariant(letter);
            }
        }

        return length == 0 ? name : key[..length].ToString();
    }

    /// <summary>The number of the genre that a source's name stands for, or one of the values below 0 of <see cref="SourceGenre"/>.</summary>
    /// <param name="source">Who names it.</param>
    /// <param name="dataset">For class folders, the dataset they are of: its own lines come before those of all folders.</param>
    /// <param name="name">The name.</param>
    public int Find(LabelSource source, string dataset, string name)
    {
        string key = Key(name);
        if (Set is null)
        {
            return Spelt(source, name, key);
        }

        if (source == LabelSource.Folder && lines.TryGetValue((Key(dataset), key), out int own))
        {
            return own;
        }

        return lines.TryGetValue((NameOf(source), key), out int genre) ? genre
            : source == LabelSource.Folder && numbers.TryGetValue(key, out genre) ? genre
            : SourceGenre.Unmapped;
    }

    /// <summary>The name with a line that is nearest to one without; null where none is near.</summary>
    public string? Nearest(SourceGenre unmapped)
    {
        IEnumerable<KeyValuePair<(string Source, string Key), string>> own =
            spellings.Where(s => s.Key.Source == NameOf(unmapped.Source) || (unmapped.Source == LabelSource.Folder && s.Key.Source == Key(unmapped.Dataset)));
        string[] names = [.. own.Select(s => s.Value).Concat(unmapped.Source == LabelSource.Folder ? genres : [])];
        string? nearest = NearestName.Of(Key(unmapped.Name), [.. names.Select(Key)]);
        return nearest is null ? null : Array.Find(names, n => Key(n) == nearest);
    }

    /// <summary>A source as the file and the reports name it.</summary>
    public static string NameOf(LabelSource source) => source.ToString().ToLowerInvariant();

    // The spelling must not depend on the order of a file's lines.
    private int Spelt(LabelSource source, string name, string key)
    {
        if (!numbers.TryGetValue(key, out int number))
        {
            number = Add(name, key, source);
        }
        else if (source != LabelSource.Folder && source == spelledBy[number] && string.CompareOrdinal(name, genres[number]) < 0)
        {
            genres[number] = name;
        }

        return number;
    }

    private int Add(string name, string key, LabelSource source)
    {
        genres.Add(name);
        spelledBy.Add(source);
        numbers.Add(key, genres.Count - 1);
        return genres.Count - 1;
    }

    private static GenreMap Parse(CsvReader csv, string path, string? wanted)
    {
        csv.ReadHeader();
        string[] headers = [.. csv.Headers.Select(h => h.Trim())];
        if (headers.Length < 3 || headers[0] != SourceColumn || headers[1] != GenreColumn)
        {
            throw new StageException(
                $"the genres {path} must begin with the columns {SourceColumn},{GenreColumn} and a column for each set of genres, not with '{Ellipsis.AtEnd(string.Join(',', headers), 60)}'");
        }

        if (headers.GroupBy(h => h).FirstOrDefault(g => g.Key.Length == 0 || g.Count() > 1) is { Key: var bad })
        {
            throw new StageException(bad.Length == 0 ? $"the genres {path} have a column without a name" : $"the genres {path} have the column '{bad}' twice");
        }

        string[] sets = headers[2..];
        string set = wanted ?? sets[0];
        int column = Array.IndexOf(headers, set, 2);
        if (column < 0)
        {
            string hint = NearestName.Of(set, sets) is { } nearest ? $"did you mean '{nearest}'?" : $"it has {string.Join(", ", sets)}";
            throw new StageException($"the genres {path} have no set '{set}': {hint}");
        }

        var map = new GenreMap(set);
        while (csv.Read())
        {
            if (csv.FieldCount != headers.Length)
            {
                throw new StageException($"the genres {path} have {csv.FieldCount} fields in line {csv.LineNumber}, their first line has {headers.Length}");
            }

            map.Add(csv.GetString(0).Trim(), csv.GetString(1).Trim(), csv.GetString(column).Trim(), $"the genres {path}, line {csv.LineNumber}");
        }

        return map;
    }

    private void Add(string source, string name, string genre, string place)
    {
        if (source.Length == 0 || name.Length == 0)
        {
            throw new StageException($"{place}: '{(source.Length == 0 ? SourceColumn : GenreColumn)}' is empty");
        }

        int number = SourceGenre.NoPlace;
        if (genre.Length > 0 && !numbers.TryGetValue(Key(genre), out number))
        {
            number = Add(genre, Key(genre), LabelSource.Folder);
        }

        if (number >= 0 && genres[number] != genre)
        {
            throw new StageException($"{place}: the genre '{genre}' is spelt '{genres[number]}' before: spell it one way");
        }

        (string, string) line = (Key(source), Key(name));
        if (!lines.TryAdd(line, number))
        {
            throw new StageException($"{place}: {source} has a line for '{spellings[line]}' already");
        }

        spellings.Add(line, name);
    }
}
