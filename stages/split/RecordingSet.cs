using System.Runtime.InteropServices;
using Pipeline.Cli;
using Pipeline.Datasets;
using Pipeline.Tables;

namespace Pipeline.Stages.Splitting;

/// <summary>
/// All recordings, as far as the split needs them: about 400 bytes for each, held in lists by row and not as objects.
/// </summary>
internal sealed class RecordingSet
{
    /// <summary>The columns of recordings that are looked at, beside those that every row has.</summary>
    public static readonly string[] Columns = ["title", "artist", "artist_id", "sha256", "fault", "duplicate_group", "track_id", "song_id"];

    private const string EmptyFile = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private readonly Dictionary<Fingerprint, int> rows = [];
    private List<string> sources = [];
    private List<string> faults = [];
    private readonly List<int> sourceOf = [];
    private readonly List<int> faultOf = [];
    private readonly List<byte> listed = [];
    private readonly List<ulong> lots = [];
    private int[] genreOf = [];

    /// <summary>Keys of the recordings.</summary>
    public TextStore Ids { get; } = new();

    /// <summary>What they can be linked by.</summary>
    public LinkKeys Keys { get; } = new();

    /// <summary>How many there are.</summary>
    public int Count => Ids.Count;

    /// <summary>Names of the datasets, in alphabetical order.</summary>
    public IReadOnlyList<string> Sources => sources;

    /// <summary>The genres, in alphabetical order.</summary>
    public IReadOnlyList<string> Genres { get; private set; } = [];

    /// <summary>Names of the faults, in alphabetical order.</summary>
    public IReadOnlyList<string> Faults => faults;

    /// <summary>Recordings that name no artist.</summary>
    public long WithoutArtist { get; private set; }

    /// <summary>Recordings whose artist stands for nobody.</summary>
    public long OfNobody { get; private set; }

    /// <summary>Recordings without a title.</summary>
    public long WithoutTitle { get; private set; }

    /// <summary>Recordings of a duplicate group.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Labels whose recording is not there.</summary>
    public long LabelsOfOthers { get; private set; }

    /// <summary>The first of those recordings.</summary>
    public string? FirstOther { get; private set; }

    /// <summary>Index of a recording's dataset.</summary>
    public int Source(int row) => sourceOf[row];

    /// <summary>Index of its fault; -1 for none.</summary>
    public int Fault(int row) => faultOf[row];

    /// <summary>Index of its genre; -1 for none.</summary>
    public int Genre(int row) => genreOf[row];

    /// <summary>The parts that the lists name it for, a bit for each.</summary>
    public byte Listed(int row) => listed[row];

    /// <summary>Reads the tables.</summary>
    /// <param name="tables">Tables of recordings.</param>
    /// <param name="linking">What is to be held together.</param>
    /// <param name="lists">Lists to look the recordings up in.</param>
    /// <param name="seed">For <see cref="Order"/>.</param>
    /// <param name="progress">Is told of each recording.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="StageException">A recording is there twice.</exception>
    public static RecordingSet Read(
        IReadOnlyList<TableReader<Recording>> tables, Linking linking, PublishedLists lists, ulong seed, Progress progress, CancellationToken cancel)
    {
        var set = new RecordingSet();
        var artists = new Dictionary<string, IReadOnlyList<string>>();
        foreach (TableReader<Recording> table in tables)
        {
            foreach (Recording recording in table.Read(cancel))
            {
                set.Add(recording, table.Path);
                set.lots.Add(Lot.Draw(seed, recording.RecordingId));
                IReadOnlyList<string> named = Artists(recording, artists);
                set.listed.Add(lists.Find(recording, named));
                set.AddKeys(recording, linking, named);
                progress.Advance();
            }
        }

        set.Keys.Complete(set.Ids);
        set.sources = Sorted(set.sources, CollectionsMarshal.AsSpan(set.sourceOf));
        set.faults = Sorted(set.faults, CollectionsMarshal.AsSpan(set.faultOf));
        return set;
    }

    /// <summary>Reads the labels, which may come in any order.</summary>
    /// <exception cref="StageException">A recording has two labels.</exception>
    public void Label(TableReader<Label> labels, CancellationToken cancel)
    {
        var genres = new Dictionary<string, int>();
        genreOf = new int[Count];
        Array.Fill(genreOf, -1);
        foreach (Label label in labels.Read(cancel))
        {
            if (label.Genre.Length == 0)
            {
                throw new TableException($"{labels.Path}: the genre of {label.RecordingId} is empty");
            }

            if (!rows.TryGetValue(Fingerprint.Of(LinkKind.None, label.RecordingId), out int row))
            {
                LabelsOfOthers++;
                FirstOther ??= label.RecordingId;
                continue;
            }

            if (genreOf[row] >= 0)
            {
                throw new StageException($"{labels.Path} has two labels of {label.RecordingId}: a recording has one genre");
            }

            if (!genres.TryGetValue(label.Genre, out int genre))
            {
                genres.Add(label.Genre, genre = genres.Count);
            }

            genreOf[row] = genre;
        }

        Genres = Sorted([.. genres.OrderBy(g => g.Value).Select(g => g.Key)], genreOf);
    }

    /// <summary>The rows in an order that is drawn by lot, and does not depend on that of the tables.</summary>
    public int[] Order()
    {
        var order = new int[Count];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }

        Array.Sort(order, (a, b) => lots[a] != lots[b] ? lots[a].CompareTo(lots[b]) : Ids.Compare(a, b));
        return order;
    }

    // In alphabetical order nothing depends on that of the rows. -1 stays as it is.
    private static List<string> Sorted(List<string> names, Span<int> indices)
    {
        List<string> sorted = [.. names.Order(StringComparer.Ordinal)];
        int[] places = [.. names.Select(n => sorted.IndexOf(n))];
        foreach (ref int index in indices)
        {
            index = index < 0 ? -1 : places[index];
        }

        return sorted;
    }

    private static int Index(List<string> names, string name)
    {
        int index = names.IndexOf(name);
        if (index < 0)
        {
            index = names.Count;
            names.Add(name);
        }

        return index;
    }

    private void Add(Recording recording, string table)
    {
        if (recording.FindFault() is { } broken)
        {
            throw new TableException($"{table}: recording {Count} ('{recording.RecordingId}'): {broken}");
        }

        ref int row = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, Fingerprint.Of(LinkKind.None, recording.RecordingId), out bool isThere);
        if (isThere)
        {
            throw new StageException(
                $"the recording {recording.RecordingId} is there twice, the second time in {table}: give each dataset a --source of its own, and name no table twice");
        }

        row = Count;
        Ids.Add(recording.RecordingId);
        sourceOf.Add(Index(sources, recording.Source));
        faultOf.Add(recording.Fault is { } fault ? Index(faults, fault) : -1);
    }

    private void AddKeys(Recording recording, Linking linking, IReadOnlyList<string> artists)
    {
        if (recording.DuplicateGroup is { Length: > 0 } group)
        {
            Duplicates++;
            Keys.Add(LinkKind.Duplicate, group);
        }

        // Files that hold nothing have nothing in common.
        if (recording.Sha256 is { Length: > 0 } sha256 && !sha256.Equals(EmptyFile, StringComparison.OrdinalIgnoreCase))
        {
            Keys.Add(LinkKind.Sha256, sha256.ToLowerInvariant());
        }

        if (recording.TrackId is { Length: > 0 } track)
        {
            Keys.Add(LinkKind.TrackId, track);
        }

        if (recording.SongId is { Length: > 0 } song)
        {
            Keys.Add(LinkKind.SongId, song);
        }

        AddArtists(recording, linking, artists);
        Keys.EndRow();
    }

    private static IReadOnlyList<string> Artists(Recording recording, Dictionary<string, IReadOnlyList<string>> known)
    {
        if (string.IsNullOrWhiteSpace(recording.Artist))
        {
            return [];
        }

        if (!known.TryGetValue(recording.Artist, out IReadOnlyList<string>? names))
        {
            known.Add(recording.Artist, names = ArtistNames.Of(recording.Artist));
        }

        return names;
    }

    private void AddArtists(Recording recording, Linking linking, IReadOnlyList<string> named)
    {
        bool isNobody = !string.IsNullOrWhiteSpace(recording.Artist) && named.Count == 0;
        if (isNobody)
        {
            OfNobody++; // nor is there anybody behind the key
        }
        else if (recording.ArtistId is { Length: > 0 } id)
        {
            Keys.Add(LinkKind.ArtistId, IsGlobal(id) ? id : $"{recording.Source}\n{id}");
        }
        else if (named.Count == 0)
        {
            WithoutArtist++;
        }

        foreach (string artist in named)
        {
            Keys.AddArtist(artist, recording.Artist!);
        }

        string title = string.IsNullOrWhiteSpace(recording.Title) ? "" : recording.Title;
        WithoutTitle += title.Length == 0 ? 1 : 0;

        // Where artists are held together, so are their songs.
        if (!linking.Has(LinkKind.ArtistName) && title.Length > 0 && ArtistNames.Letters(title) is { Length: > 0 } letters)
        {
            foreach (string artist in named)
            {
                Keys.Add(LinkKind.ArtistAndTitle, $"{artist}\n{letters}");
            }
        }
    }

    // Keys of the Echo Nest, ARD7TVE1187B99BFB1, mean the same in every dataset; others may be 1, 2, 3.
    private static bool IsGlobal(string artistId) =>
        artistId.Length == 18 && artistId.StartsWith("AR", StringComparison.Ordinal) && artistId.All(char.IsAsciiLetterOrDigit);
}
