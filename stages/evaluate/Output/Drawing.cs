using System.Globalization;
using System.Security;
using System.Text;

namespace Pipeline.Stages.Evaluating;

/// <summary>
/// Draws a chart of a page as SVG. Colours are the page's classes, so that it follows the page's light or dark scheme; it is as
/// wide as its place, and no wider than its own pixels.
/// </summary>
/// <param name="width">Width in pixels.</param>
/// <param name="height">Height in pixels.</param>
internal sealed class Drawing(double width, double height)
{
    private readonly StringBuilder body = new();

    /// <summary>About how wide a text of the usual size is, in pixels.</summary>
    public static double TextWidth(string text) => text.Length * 6.8;

    /// <summary>A text that can stand in a page: what a reader of names could take for markup, or not show, or for an order to turn what follows around, is harmless.</summary>
    public static string Escaped(string text) =>
        SecurityElement.Escape(string.Concat(text.Where(c => !char.IsControl(c) && c is not ((>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')))));

    /// <summary>A text of at most so many letters.</summary>
    public static string Shortened(string text, int most) => Charts.SvgCanvas.Shortened(text, most);

    /// <summary>A rectangle.</summary>
    public void Rectangle(double x, double y, double w, double h, string kind, double opacity = 1) =>
        body.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(w)}\" height=\"{N(h)}\"")
            .Append(CultureInfo.InvariantCulture, $"{(opacity < 1 ? $" fill-opacity=\"{N(opacity)}\"" : "")}/>\n");

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string kind) =>
        body.Append(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"/>\n");

    /// <summary>A dot.</summary>
    public void Dot(double x, double y, double radius, string kind) =>
        body.Append(CultureInfo.InvariantCulture, $"<circle class=\"{kind}\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"/>\n");

    /// <summary>A line through points.</summary>
    public void Curve(IEnumerable<(double X, double Y)> points, string kind) =>
        body.Append(CultureInfo.InvariantCulture, $"<polyline class=\"{kind}\" points=\"{string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"))}\"/>\n");

    /// <summary>A line of text.</summary>
    /// <param name="x">Where it begins, or has its middle or end.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="kind">Class; none for the usual one.</param>
    /// <param name="turn">Degrees that it is turned by, clockwise.</param>
    public void Text(double x, double y, string text, string anchor = "start", string kind = "", double turn = 0)
    {
        string rotation = turn == 0 ? "" : $" transform=\"rotate({N(turn)} {N(x)} {N(y)})\"";
        string named = kind.Length == 0 ? "" : $" class=\"{kind}\"";
        body.Append(CultureInfo.InvariantCulture, $"<text{named} x=\"{N(x)}\" y=\"{N(y)}\" text-anchor=\"{anchor}\"{rotation}>{Escaped(text)}</text>\n");
    }

    /// <summary>The chart as a part of a page.</summary>
    /// <param name="caption">What is to be seen.</param>
    /// <param name="description">The same for those who do not see it: what it comes to.</param>
    /// <param name="least">The least width in pixels at which it can be read; it is scrolled where there is less room.</param>
    public string ToFigure(string caption, string description, double least = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"""
        <figure>
        <figcaption>{Escaped(caption)}</figcaption>
        <div class="scroll">
        <svg viewBox="0 0 {N(width)} {N(height)}" role="img" aria-label="{Escaped(caption + ": " + description)}" style="max-width:{N(width)}px;min-width:{N(least)}px">
        <title>{Escaped(description)}</title>
        {body}</svg>
        </div>
        </figure>

        """);

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
