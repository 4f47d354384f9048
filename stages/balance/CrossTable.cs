namespace Pipeline.Stages.Balancing;

/// <summary>How many there are of each genre from each source, and how far the one tells the other.</summary>
/// <param name="genres">Names of the genres.</param>
/// <param name="sources">Names of the sources.</param>
internal sealed class CrossTable(string[] genres, string[] sources)
{
    private const double NearlyAll = 0.95;

    private readonly long[,] counts = new long[genres.Length, sources.Length];

    /// <summary>Names of the genres.</summary>
    public IReadOnlyList<string> Genres => genres;

    /// <summary>Names of the sources.</summary>
    public IReadOnlyList<string> Sources => sources;

    /// <summary>How many there are.</summary>
    public long Total => Enumerable.Range(0, genres.Length).Sum(OfGenre);

    /// <summary>How many there are of a genre from a source.</summary>
    public long this[int genre, int source] => counts[genre, source];

    /// <summary>Names of the sources that there is something from.</summary>
    public IEnumerable<string> Present => Enumerable.Range(0, sources.Length).Where(s => OfSource(s) > 0).Select(s => sources[s]);

    /// <summary>Counts some.</summary>
    public void Add(int genre, int source, long number) => counts[genre, source] += number;

    /// <summary>How many there are of a genre.</summary>
    public long OfGenre(int genre) => Enumerable.Range(0, sources.Length).Sum(s => counts[genre, s]);

    /// <summary>
    /// Normalised mutual information of genre and source, 0 to 1, by the arithmetic mean of their entropies, as scikit-learn's
    /// normalized_mutual_info_score; 0 also where there is one genre and one source, which tell nothing of each other.
    /// </summary>
    public double MutualInformation()
    {
        double total = Total;
        double[] ofGenre = [.. genres.Select((_, g) => OfGenre(g) / total)], ofSource = [.. sources.Select((_, s) => OfSource(s) / total)];
        double information = 0, entropies = ofGenre.Sum(Entropy) + ofSource.Sum(Entropy);
        for (int g = 0; g < genres.Length; g++)
        {
            for (int s = 0; s < sources.Length; s++)
            {
                double share = counts[g, s] / total;
                information += share > 0 ? share * Math.Log(share / (ofGenre[g] * ofSource[s])) : 0;
            }
        }

        return entropies > 0 ? Math.Clamp(2 * information / entropies, 0, 1) : 0;

        static double Entropy(double share) => share > 0 ? -share * Math.Log(share) : 0;
    }

    /// <summary>Share that is named right by naming each source's most frequent genre.</summary>
    public double RightBySource() =>
        Total == 0 ? 0 : (double)Enumerable.Range(0, sources.Length).Sum(s => Enumerable.Range(0, genres.Length).Max(g => counts[g, s])) / Total;

    /// <summary>Share that is named right by naming the most frequent genre always.</summary>
    public double RightByNothing() => Total == 0 ? 0 : (double)Enumerable.Range(0, genres.Length).Max(OfGenre) / Total;

    /// <summary>The genres of which nearly all is from one source, although there are several, with the source and its share.</summary>
    public List<(string Genre, string Source, double Share)> ToldBySource()
    {
        var told = new List<(string, string, double)>();
        if (Present.Count() < 2)
        {
            return told;
        }

        for (int g = 0; g < genres.Length; g++)
        {
            int most = Enumerable.Range(0, sources.Length).MaxBy(s => counts[g, s]);
            long all = OfGenre(g);
            if (all > 0 && counts[g, most] >= NearlyAll * all)
            {
                told.Add((genres[g], sources[most], (double)counts[g, most] / all));
            }
        }

        return told;
    }

    /// <summary>The same table without some genres.</summary>
    public CrossTable Without(IEnumerable<string> names)
    {
        var rest = new CrossTable(genres, sources);
        var left = names.ToHashSet();
        for (int g = 0; g < genres.Length; g++)
        {
            for (int s = 0; s < sources.Length && !left.Contains(genres[g]); s++)
            {
                rest.counts[g, s] = counts[g, s];
            }
        }

        return rest;
    }

    private long OfSource(int source) => Enumerable.Range(0, genres.Length).Sum(g => counts[g, source]);
}
