namespace Pipeline.Charts;

/// <summary>Curves over the horizontal axis.</summary>
/// <param name="Vertical">What is shown.</param>
/// <param name="Curves">Each with its name and its points, both coordinates from 0 to 1, the second from the bottom.</param>
public sealed record Lines(Axis Vertical, IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> Curves) : IPanel
{
    // Told apart by the colour-blind too (Okabe and Ito 2008).
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

    /// <inheritdoc/>
    public void Draw(SvgCanvas canvas, double x, double y, double width, double height)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        for (int i = 0; i < Curves.Count; i++)
        {
            string colour = Colours[i % Colours.Length];
            canvas.Polyline(Curves[i].Points.Select(p => (x + p.X * width, y + (1 - p.Y) * height)), colour);
            canvas.Text(x + width + 14, y + 12 + 14 * i, Curves[i].Name, colour: colour);
        }
    }
}
