namespace Pipeline.Stages.Evaluating;

/// <summary>A field with two axes for curves; both ways from the axes' least to their greatest value.</summary>
internal sealed class Plot
{
    /// <summary>Width of every plot's chart in pixels: of a telephone, so that its letters can be read there.</summary>
    public const double Width = 380;

    private const double Left = 44;
    private const double Right = 14;

    private readonly (double Least, double Most) x;
    private readonly (double Least, double Most) y;
    private readonly double top;
    private readonly double height;

    /// <summary>Draws the field.</summary>
    /// <param name="drawing">Where to.</param>
    /// <param name="top">Its upper edge.</param>
    /// <param name="height">Its height.</param>
    /// <param name="horizontal">The horizontal axis: its title, which may be empty, its ends and marks.</param>
    /// <param name="vertical">The vertical axis.</param>
    public Plot(Drawing drawing, double top, double height, PlotAxis horizontal, PlotAxis vertical)
    {
        Drawing = drawing;
        (this.top, this.height, x, y) = (top, height, (horizontal.Least, horizontal.Most), (vertical.Least, vertical.Most));
        foreach ((double value, string label) in vertical.Ticks)
        {
            drawing.Line(Left, Y(value), Width - Right, Y(value), "grid");
            drawing.Text(Left - 7, Y(value) + 4, label, "end");
        }

        drawing.Line(Left, top + height, Width - Right, top + height, "axis");
        foreach ((double value, string label) in horizontal.Ticks)
        {
            drawing.Line(X(value), top + height, X(value), top + height + 4, "axis");
            drawing.Text(X(value), top + height + 17, label, "middle");
        }

        drawing.Text((Left + Width - Right) / 2, top + height + 36, horizontal.Title, "middle");
        drawing.Text(Left - 30, top - 12, vertical.Title);
    }

    /// <summary>What it is drawn on.</summary>
    public Drawing Drawing { get; }

    /// <summary>Where a value is along the horizontal axis.</summary>
    public double X(double value) => Left + (value - x.Least) / (x.Most - x.Least) * (Width - Right - Left);

    /// <summary>Where a value is along the vertical axis.</summary>
    public double Y(double value) => top + height * (1 - (value - y.Least) / (y.Most - y.Least));

    /// <summary>A line through points.</summary>
    public void Curve(IEnumerable<(double X, double Y)> points, string kind) => Drawing.Curve(points.Select(p => (X(p.X), Y(p.Y))), kind);
}
