namespace Pipeline.Charts;

/// <summary>Curves over the horizontal axis.</summary>
/// <param name="Vertical">What is shown.</param>
/// <param name="Curves">Each with its name and its points, both coordinates from 0 to 1, the second from the bottom.</param>
public sealed record Lines(Axis Vertical, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> Curves) : IPanel
{
    /// <summary>After how many curves the colours come again.</summary>
    public int Colours { get; init; } = int.MaxValue;

    /// <inheritdoc/>
    public void Draw(SvgCanvas canvas, double x, double y, double width, double height)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        for (int i = 0; i < Curves.Count; i++)
        {
            string colour = SeriesColours.Of(i % Colours);
            canvas.Polyline(Curves[i].Points.Select(p => (x + p.X * width, y + (1 - p.Y) * height)), colour);
            canvas.Text(x + width + 14, y + 12 + 14 * i, Curves[i].Name, colour: colour);
        }
    }
}
