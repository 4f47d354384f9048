using Pipeline.Charts;

namespace Pipeline.Stages.Balancing;

/// <summary>Draws the train part before and after, genre by genre, in the colours of the sources.</summary>
internal static class PlanPicture
{
    private const double PanelHeight = 190;
    private const int MostColours = 6;

    /// <summary>The picture of a plan.</summary>
    public static Figure Draw(Plan plan)
    {
        int[] genres = [.. Enumerable.Range(0, plan.Before.Genres.Count).Where(g => plan.Before.OfGenre(g) > 0)];
        (string Name, int[] Sources)[] colours = Colours(plan.Before);
        return new Figure(
            "Train part before and after balancing", Axis.Named("genre", [.. genres.Select(g => plan.Before.Genres[g])]),
            [
                (Panel("recordings before", (_, _) => 0), PanelHeight),
                (Panel("examples after", (g, s) => plan.After[g, s] - plan.Kept[g, s], plan.Kept), PanelHeight),
            ])
        {
            RightMargin = Math.Clamp(60 + colours.Max(c => SvgCanvas.TextWidth(c.Name, 11)), 96, 220),
        };

        StackedBars Panel(string title, Func<int, int, long> copies, CrossTable? table = null) => new(
            title,
            [.. colours.Select(c => new BarSeries(
                c.Name, [.. genres.Select(g => c.Sources.Sum(s => (table ?? plan.Before)[g, s]))], [.. genres.Select(g => c.Sources.Sum(s => copies(g, s)))]))],
            "copies");
    }

    // Where there are more sources than colours, the smallest share one.
    private static (string Name, int[] Sources)[] Colours(CrossTable table)
    {
        int[] sources = [.. Enumerable.Range(0, table.Sources.Count)];
        if (sources.Length <= MostColours)
        {
            return [.. sources.Select(s => (table.Sources[s], new[] { s }))];
        }

        int[] bySize = [.. sources.OrderByDescending(s => Enumerable.Range(0, table.Genres.Count).Sum(g => table[g, s]))];
        return [.. bySize.Take(MostColours - 1).Order().Select(s => (table.Sources[s], new[] { s })), ("others", bySize[(MostColours - 1)..])];
    }
}
