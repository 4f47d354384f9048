namespace Pipeline.Stages.Balancing;

/// <summary>Names by number, for as long as they are being found.</summary>
internal sealed class NameList
{
    private readonly Dictionary<string, int> places = [];

    /// <summary>The number of a name, the next one where it is new.</summary>
    public int Add(string name)
    {
        if (!places.TryGetValue(name, out int place))
        {
            places.Add(name, place = places.Count);
        }

        return place;
    }

    /// <summary>The names in alphabetical order, and for each number so far its place among them.</summary>
    public (string[] Names, int[] Places) Sorted()
    {
        string[] names = [.. places.Keys.Order(StringComparer.Ordinal)];
        int[] sorted = new int[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            sorted[places[names[i]]] = i;
        }

        return (names, sorted);
    }
}
