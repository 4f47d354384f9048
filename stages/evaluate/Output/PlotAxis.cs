using Pipeline.Charts;

namespace Pipeline.Stages.Evaluating;

/// <summary>An axis of a plot.</summary>
/// <param name="Title">What is measured, with its unit.</param>
/// <param name="Least">The value at its beginning.</param>
/// <param name="Most">The value at its end.</param>
/// <param name="Ticks">The marks.</param>
internal sealed record PlotAxis(string Title, double Least, double Most, IReadOnlyList<(double Value, string Label)> Ticks)
{
    /// <summary>Shares, in percent.</summary>
    public static PlotAxis Shares(string title) => new(title, 0, 1, [.. Enumerable.Range(0, 6).Select(i => (i / 5.0, $"{20 * i}"))]);

    /// <summary>Numbers with round marks.</summary>
    public static PlotAxis Numbers(string title, double least, double most, int marks = 6) =>
        new(title, least, most, [.. Axis.Linear(title, least, most, marks).Ticks.Select(t => (least + t.Place * (most - least), t.Label))]);
}
