using System.Runtime.InteropServices;

namespace Pipeline.Stages.Splitting;

/// <summary>
/// What each recording can be linked by, as numbers: two recordings that have a number in common are linked. The texts behind
/// the numbers are not kept, but for artists' names, of which there are few.
/// </summary>
internal sealed class LinkKeys
{
    private readonly Dictionary<Fingerprint, int> numbers = [];
    private readonly List<LinkKind> kinds = [];
    private readonly Dictionary<int, string> names = [];
    private List<int> keys = [];
    private List<int> ends = []; // of each row, in the keys

    /// <summary>How many keys there are.</summary>
    public int Count => kinds.Count;

    /// <summary>The keys of a row.</summary>
    public ReadOnlySpan<int> Of(int row)
    {
        int start = row == 0 ? 0 : ends[row - 1];
        return CollectionsMarshal.AsSpan(keys)[start..ends[row]];
    }

    /// <summary>What a key is.</summary>
    public LinkKind Kind(int key) => kinds[key];

    /// <summary>What two recordings have in common that have this key, for messages.</summary>
    public string Describe(int key) => Kind(key) switch
    {
        LinkKind.Duplicate => "hold the same sound",
        LinkKind.Sha256 => "hold the same bytes",
        LinkKind.TrackId => "are the same track",
        LinkKind.SongId => "are the same song",
        LinkKind.ArtistAndTitle => "have the same artist and title",
        LinkKind.ArtistName => $"are by {names[key]}",
        _ => "have the same artist_id",
    };

    /// <summary>The artist's name, in its shortest spelling: that of the artist alone, in whatever order the rows are.</summary>
    public string Name(int key) => names[key];

    /// <summary>Gives the next row a key.</summary>
    public int Add(LinkKind kind, string text)
    {
        int key = Number(Fingerprint.Of(kind, text), kind);
        Add(key);
        return key;
    }

    /// <summary>Gives the next row the key of an artist.</summary>
    /// <param name="comparable">The name in the form in which names are compared.</param>
    /// <param name="spelt">The name as it stands in the table.</param>
    public void AddArtist(string comparable, string spelt)
    {
        int key = Add(LinkKind.ArtistName, comparable);
        if (!names.TryGetValue(key, out string? other) || spelt.Length < other.Length || (spelt.Length == other.Length && string.CompareOrdinal(spelt, other) < 0))
        {
            names[key] = spelt;
        }
    }

    /// <summary>Gives the next row a key that is there already.</summary>
    public void Add(int key)
    {
        int start = ends.Count == 0 ? 0 : ends[^1];
        if (keys.IndexOf(key, start) < 0)
        {
            keys.Add(key);
        }
    }

    /// <summary>Ends a row.</summary>
    public void EndRow() => ends.Add(keys.Count);

    /// <summary>
    /// Gives the recordings that others call the first of their duplicates the same key as those others, which the table
    /// does not have to do itself; and lets go of what only further keys would need.
    /// </summary>
    /// <param name="ids">The keys of all recordings, by row.</param>
    public void Complete(TextStore ids)
    {
        if (kinds.Contains(LinkKind.Duplicate))
        {
            List<int> before = keys;
            List<int> rows = ends;
            (keys, ends) = (new List<int>(before.Count), new List<int>(rows.Count));
            for (int row = 0, at = 0; row < rows.Count; row++)
            {
                for (; at < rows[row]; at++)
                {
                    keys.Add(before[at]);
                }

                if (numbers.TryGetValue(Fingerprint.Of(LinkKind.Duplicate, ids[row]), out int key))
                {
                    Add(key);
                }

                EndRow();
            }
        }

        numbers.Clear();
        numbers.TrimExcess();
    }

    private int Number(Fingerprint fingerprint, LinkKind kind)
    {
        if (!numbers.TryGetValue(fingerprint, out int number))
        {
            number = kinds.Count;
            numbers.Add(fingerprint, number);
            kinds.Add(kind);
        }

        return number;
    }
}
