namespace Pipeline.Cli;

/// <summary>Finds what was meant by a misspelt name.</summary>
public static class NearestName
{
    /// <summary>The nearest of the known names, or null where none is near enough to be meant.</summary>
    public static string? Of(string name, IReadOnlyCollection<string> known)
    {
        if (name.Length <= 2)
        {
            return null; // one letter is near to every other
        }
        string? nearest = known.MinBy(option => Distance(name, option));
        return nearest is not null && Distance(name, nearest) <= Math.Max(2, name.Length / 3) ? nearest : null;
    }

    // Damerau's edit distance (insert, delete, replace, swap two neighbours): the slips of typing.
    private static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }
                int replace = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replace, 1 + Math.Min(cost[i - 1, j], cost[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }
        return cost[a.Length, b.Length];
    }
}
