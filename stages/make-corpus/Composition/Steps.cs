namespace Pipeline.Stages.MakeCorpus.Composition;

/// <summary>Reads the strings in which patterns are written.</summary>
internal static class Steps
{
    /// <summary>The signs of a bar with where they begin and end, as shares of the bar; <c>-</c> prolongs, <c>.</c> is silence.</summary>
    public static IEnumerable<(char Sign, double From, double To)> Read(string bar)
    {
        for (int i = 0; i < bar.Length; i++)
        {
            if (bar[i] is '-' or '.')
            {
                continue;
            }

            int end = i + 1;
            while (end < bar.Length && bar[end] == '-')
            {
                end++;
            }

            yield return (bar[i], (double)i / bar.Length, (double)end / bar.Length);
        }
    }
}
