namespace Pipeline.Cli;

/// <summary>Counts things by name, for a line at the end such as <c>3 truncated, 1 silent</c>. For one thread.</summary>
public sealed class Tally
{
    private readonly Dictionary<string, long> counts = [];

    /// <summary>How many in all.</summary>
    public long Total => counts.Values.Sum();

    /// <summary>The names with their counts, the most frequent first.</summary>
    public IEnumerable<KeyValuePair<string, long>> Counts =>
        counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal);

    /// <summary>Counts one of this name.</summary>
    public void Add(string name) => counts[name] = counts.GetValueOrDefault(name) + 1;

    /// <summary>Names and counts in one line; empty where nothing was counted.</summary>
    public override string ToString() => string.Join(", ", Counts.Select(c => $"{c.Value} {c.Key}"));
}
