namespace Pipeline.Charts;

/// <summary>Panels one above the other, over one horizontal axis.</summary>
/// <param name="Title">What is to be seen.</param>
/// <param name="Horizontal">The axis below the last panel.</param>
/// <param name="Panels">The panels with their heights in pixels, from the top.</param>
public sealed record Figure(string Title, Axis Horizontal, IReadOnlyList<(IPanel Panel, double Height)> Panels)
{
    private const double Left = 64;
    private const double Right = 96;
    private const double Top = 34;
    private const double Bottom = 44;
    private const double Gap = 18;

    /// <summary>Width of the panels in pixels.</summary>
    public double PanelWidth { get; init; } = 720;

    /// <summary>Draws the figure as the text of an SVG file.</summary>
    public string ToSvg()
    {
        double height = Top + Panels.Sum(p => p.Height) + Gap * (Panels.Count - 1) + Bottom;
        var canvas = new SvgCanvas(Left + PanelWidth + Right, height);
        canvas.Text(Left, Top - 13, Title, size: 13, colour: "#111111");
        double y = Top;
        foreach ((IPanel panel, double panelHeight) in Panels)
        {
            panel.Draw(canvas, Left, y, PanelWidth, panelHeight);
            canvas.Rectangle(Left, y, PanelWidth, panelHeight, "none", "#888888");
            foreach (Tick tick in panel.Vertical.Ticks)
            {
                double at = y + panelHeight * (1 - tick.Place);
                canvas.Line(Left - 4, at, Left, at, "#888888");
                canvas.Text(Left - 7, at + 3.5, tick.Label, "end", size: 10);
            }

            canvas.Text(14, y + panelHeight / 2, panel.Vertical.Title, "middle", turn: -90);
            y += panelHeight + Gap;
        }

        y -= Gap;
        foreach (Tick tick in Horizontal.Ticks)
        {
            double at = Left + PanelWidth * tick.Place;
            canvas.Line(at, y, at, y + 4, "#888888");
            canvas.Text(at, y + 16, tick.Label, "middle", size: 10);
        }

        canvas.Text(Left + PanelWidth / 2, y + 34, Horizontal.Title, "middle");
        return canvas.ToString();
    }
}
