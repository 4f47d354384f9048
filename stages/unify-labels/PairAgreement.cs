namespace Pipeline.Stages.LabelUnification;

/// <summary>How often two sources say the same of what both know.</summary>
/// <param name="first">One source.</param>
/// <param name="second">The other.</param>
internal sealed class PairAgreement(LabelSource first, LabelSource second)
{
    private readonly Dictionary<(int First, int Second), long> counts = [];
    private readonly Dictionary<int, long> firsts = []; // how often the one names each genre, and the other
    private readonly Dictionary<int, long> seconds = [];

    /// <summary>One source.</summary>
    public LabelSource First => first;

    /// <summary>The other.</summary>
    public LabelSource Second => second;

    /// <summary>How many both know.</summary>
    public long Both { get; private set; }

    /// <summary>Of how many they say the same.</summary>
    public long Agreeing { get; private set; }

    /// <summary>Share of what they say the same of; NaN where they have nothing in common.</summary>
    public double Share => (double)Agreeing / Both;

    /// <summary>
    /// Cohen's kappa: agreement beyond that of two who draw their genres at random, each as often as it has them; 1 is full, 0 is
    /// none. NaN where it has no value: there is nothing in common, or one and the same genre throughout.
    /// </summary>
    public double Kappa
    {
        get
        {
            double byChance = firsts.OrderBy(f => f.Key).Sum(f => (double)f.Value / Both * ((double)seconds.GetValueOrDefault(f.Key) / Both));
            return (Share - byChance) / (1 - byChance);
        }
    }

    /// <summary>Counts what both say, if both speak.</summary>
    public void Add(Statements said)
    {
        (int a, int b) = (said.GenreOf(first), said.GenreOf(second));
        if (a < 0 || b < 0)
        {
            return;
        }

        counts[(a, b)] = counts.GetValueOrDefault((a, b)) + 1;
        firsts[a] = firsts.GetValueOrDefault(a) + 1;
        seconds[b] = seconds.GetValueOrDefault(b) + 1;
        Both++;
        Agreeing += a == b ? 1 : 0;
    }

    /// <summary>Of how many one of the two names a genre, and of how many the other does as well.</summary>
    public (long Both, long Agreeing) Of(LabelSource source, int genre) =>
        ((source == first ? firsts : seconds).GetValueOrDefault(genre), counts.GetValueOrDefault((genre, genre)));

    /// <summary>Of how many they say different things, the most frequent first.</summary>
    public IEnumerable<(int First, int Second, long Count)> Disagreements(IReadOnlyList<string> genres) => counts
        .Where(c => c.Key.First != c.Key.Second)
        .OrderByDescending(c => c.Value)
        .ThenBy(c => genres[c.Key.First], StringComparer.Ordinal)
        .ThenBy(c => genres[c.Key.Second], StringComparer.Ordinal)
        .Select(c => (c.Key.First, c.Key.Second, c.Value));
}
