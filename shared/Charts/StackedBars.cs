using System.Globalization;

namespace Pipeline.Charts;

/// <summary>Bars side by side over the names of the horizontal axis, of several series one above the other.</summary>
/// <param name="Title">What is counted.</param>
/// <param name="Series">The series, from the bottom.</param>
/// <param name="LighterName">What the lighter tints are, for the legend.</param>
public sealed record StackedBars(string Title, IReadOnlyList<BarSeries> Series, string LighterName) : IPanel
{
    private const double Filled = 0.72; // of a bar's part of the width
    private const double WidestBar = 90;
    private const double NumberSize = 9;
    private const double Headroom = 1.1; // for the number on the highest bar

    private double Top => Math.Max(5, Headroom * Enumerable.Range(0, Bars).Select(Height).DefaultIfEmpty().Max());

    private int Bars => Series.Count == 0 ? 0 : Series.Max(s => s.Values.Count);

    /// <inheritdoc/>
    public Axis Vertical => Axis.Linear(Title, 0, Top, 5);

    /// <inheritdoc/>
    public void Draw(SvgCanvas canvas, double x, double y, double width, double height)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        int bars = Bars;
        double part = width / Math.Max(1, bars);
        double bar = Math.Min(part * Filled, WidestBar);
        double top = Top;
        for (int i = 0; i < bars; i++)
        {
            double left = x + part * (i + 0.5) - bar / 2;
            double below = 0;
            for (int s = 0; s < Series.Count; s++)
            {
                Piece(Series[s].Values, SeriesColours.Of(s));
                Piece(Series[s].Lighter, SeriesColours.LightOf(s));
            }

            // The whole number where there is room for it, else its thousands.
            string[] numbers = [Height(i).ToString("N0", CultureInfo.InvariantCulture), (Height(i) / 1000).ToString("N0", CultureInfo.InvariantCulture) + "k"];
            if (numbers.FirstOrDefault(n => SvgCanvas.TextWidth(n, NumberSize) <= part && (n[^1] != 'k' || Height(i) >= 10_000)) is { } number)
            {
                canvas.Text(left + bar / 2, y + height * (1 - below / top) - 3, number, "middle", NumberSize);
            }

            void Piece(IReadOnlyList<long> values, string colour)
            {
                if (i < values.Count && values[i] > 0)
                {
                    canvas.Rectangle(left, y + height * (1 - (below + values[i]) / top), bar, height * values[i] / top, colour);
                    below += values[i];
                }
            }
        }

        DrawLegend(canvas, x + width + 14, y);
    }

    private void DrawLegend(SvgCanvas canvas, double x, double y)
    {
        // From the top, as they lie on each other.
        double room = canvas.Width - x - 20;
        for (int s = Series.Count - 1; s >= 0; s--, y += 16)
        {
            canvas.Rectangle(x, y, 10, 10, SeriesColours.Of(s));
            canvas.Text(x + 16, y + 9, SvgCanvas.Shortened(Series[s].Name, Math.Max(4, (int)(room / SvgCanvas.TextWidth("x", 11)))));
        }

        if (Series.Any(s => s.Lighter.Any(v => v > 0)))
        {
            for (int s = 0; s < Series.Count; s++)
            {
                canvas.Rectangle(x + 10.0 * s / Series.Count, y, 10.0 / Series.Count, 10, SeriesColours.LightOf(s));
            }

            canvas.Text(x + 16, y + 9, LighterName);
        }
    }

    private double Height(int bar) => Series.Sum(s => s.Values.ElementAtOrDefault(bar) + s.Lighter.ElementAtOrDefault(bar));
}
