namespace Pipeline.Stages.LabelUnification;

/// <summary>The genres that a source names, each by a number from 1: hundreds of thousands of tracks share a few of them.</summary>
/// <param name="source">The source.</param>
/// <param name="dataset">For class folders, the dataset they are of; otherwise empty.</param>
/// <param name="map">What they are in the set.</param>
internal sealed class Vocabulary(LabelSource source, string dataset, GenreMap map)
{
    private readonly Dictionary<string, int> numbers = [];
    private readonly List<SourceGenre> genres = [];

    /// <summary>All that were named.</summary>
    public IReadOnlyList<SourceGenre> Genres => genres;

    /// <summary>The genre of a number; null for 0.</summary>
    public SourceGenre? this[int number] => number == 0 ? null : genres[number - 1];

    /// <summary>The number of a name.</summary>
    public int NumberOf(ReadOnlySpan<char> name)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(name, out int number))
        {
            string text = name.ToString();
            genres.Add(new SourceGenre(source, dataset, text, map.Find(source, dataset, text)));
            numbers.Add(text, number = genres.Count);
        }

        return number;
    }
}
