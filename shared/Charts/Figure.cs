namespace Pipeline.Charts;

/// <summary>Panels one above the other, over one horizontal axis.</summary>
/// <param name="Title">What is to be seen.</param>
/// <param name="Horizontal">The axis below the last panel.</param>
/// <param name="Panels">The panels with their heights in pixels, from the top.</param>
public sealed record Figure(string Title, Axis Horizontal, IReadOnlyList<(IPanel Panel, double Height)> Panels)
{
    private const double Left = 64;
    private const double Top = 34;
    private const double Bottom = 44;
    private const double Gap = 18;
    private const double TickSize = 10;
    private const double TickGap = 5;
    private const double SlantDegrees = 55;
    private const int MostSlantedLetters = 22; // what is longer would leave the picture at the left

    /// <summary>Width of the panels in pixels.</summary>
    public double PanelWidth { get; init; } = 720;

    /// <summary>Room at the right of the panels, for their scales and legends, in pixels.</summary>
    public double RightMargin { get; init; } = 96;

    /// <summary>Draws the figure as the text of an SVG file.</summary>
    public string ToSvg()
    {
        // Labels that would run into each other are slanted, and need room below.
        bool isSlanted = Horizontal.Ticks.Zip(Horizontal.Ticks.Skip(1)).Any(pair =>
            (pair.Second.Place - pair.First.Place) * PanelWidth < (Width(pair.First.Label) + Width(pair.Second.Label)) / 2 + TickGap);
        double room = isSlanted ? Horizontal.Ticks.Max(t => Width(Shortened(t.Label))) * Math.Sin(SlantDegrees * Math.PI / 180) : 0;
        double height = Top + Panels.Sum(p => p.Height) + Gap * (Panels.Count - 1) + Bottom + room;
        var canvas = new SvgCanvas(Left + PanelWidth + RightMargin, height);
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
                canvas.Text(Left - 7, at + 3.5, tick.Label, "end", TickSize);
            }

            canvas.Text(14, y + panelHeight / 2, panel.Vertical.Title, "middle", turn: -90);
            y += panelHeight + Gap;
        }

        y -= Gap;
        foreach (Tick tick in Horizontal.Ticks)
        {
            double at = Left + PanelWidth * tick.Place;
            canvas.Line(at, y, at, y + 4, "#888888");
            if (isSlanted)
            {
                canvas.Text(at + 3, y + 12, Shortened(tick.Label), "end", TickSize, turn: -SlantDegrees);
            }
            else
            {
                canvas.Text(at, y + 16, tick.Label, "middle", TickSize);
            }
        }

        canvas.Text(Left + PanelWidth / 2, y + 34 + room, Horizontal.Title, "middle");
        return canvas.ToString();
    }

    private static double Width(string label) => SvgCanvas.TextWidth(label, TickSize);

    private static string Shortened(string label) => SvgCanvas.Shortened(label, MostSlantedLetters);
}
