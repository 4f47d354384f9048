using Pipeline.Pictures;

namespace Pipeline.Charts;

/// <summary>A matrix of values as colours.</summary>
/// <param name="Rows">Rows, the first at the bottom.</param>
/// <param name="Columns">Columns, the first at the left.</param>
/// <param name="Values">Rows x Columns values, row after row.</param>
/// <param name="Vertical">What the rows are.</param>
/// <param name="Unit">What the values are.</param>
public sealed record HeatMap(int Rows, int Columns, float[] Values, Axis Vertical, string Unit) : IPanel
{
    private const double BarGap = 14;
    private const double BarWidth = 10;

    /// <summary>The values' colours.</summary>
    public ColourMap Colours { get; init; } = ColourMap.Magma;

    /// <summary>The value of the lowest colour; null for the least there is.</summary>
    public double? Lowest { get; init; }

    /// <summary>The value of the highest colour; null for the greatest there is.</summary>
    public double? Highest { get; init; }

    /// <inheritdoc/>
    public void Draw(SvgCanvas canvas, double x, double y, double width, double height)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        double low = Lowest ?? Values.DefaultIfEmpty().Min();
        double high = Math.Max(Highest ?? Values.DefaultIfEmpty().Max(), low + Math.Max(1, Math.Abs(low)) * 1e-9); // where all are the same
        canvas.Image(x, y, width, height, Png(Columns, Rows, (column, row) => (Values[(Rows - 1 - row) * Columns + column] - low) / (high - low)));

        // The colours' own scale, at the right.
        double bar = x + width + BarGap;
        canvas.Image(bar, y, BarWidth, height, Png(1, 64, (_, row) => 1 - row / 63.0));
        canvas.Rectangle(bar, y, BarWidth, height, "none", "#888888");
        foreach (Tick tick in Axis.Linear("", low, high, 5).Ticks)
        {
            double at = y + height * (1 - tick.Place);
            canvas.Line(bar + BarWidth, at, bar + BarWidth + 3, at, "#888888");
            canvas.Text(bar + BarWidth + 6, at + 3.5, tick.Label, size: 10);
        }

        canvas.Text(bar + BarWidth + 46, y + height / 2, Unit, "middle", turn: -90);
    }

    private byte[] Png(int width, int height, Func<int, int, double> share)
    {
        var picture = new Picture(width, height, 3);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                (picture[column, row, 0], picture[column, row, 1], picture[column, row, 2]) = Colours.Colour((float)Math.Clamp(share(column, row), 0, 1));
            }
        }

        return PngWriter.Encode(picture);
    }
}
