using System.Globalization;
using System.Security;
using System.Text;

namespace Pipeline.Charts;

/// <summary>Draws an SVG picture. Lengths are in pixels, x to the right and y downward; the same calls give the same text.</summary>
public sealed class SvgCanvas
{
    private readonly StringBuilder body = new();

    /// <summary>Starts an empty picture with a white ground.</summary>
    public SvgCanvas(double width, double height)
    {
        (Width, Height) = (width, height);
        Rectangle(0, 0, width, height, "#ffffff");
    }

    /// <summary>Width in pixels.</summary>
    public double Width { get; }

    /// <summary>Height in pixels.</summary>
    public double Height { get; }

    /// <summary>About how wide a text is in pixels: which letters a viewer has is not known.</summary>
    public static double TextWidth(string text, double size)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length * 0.58 * size;
    }

    /// <summary>A text of at most so many letters, with three dots in its middle for what is missing: names often differ at their ends alone.</summary>
    public static string Shortened(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= most)
        {
            return text;
        }

        // Letters beyond the first 65,536 are two chars, of which neither is a letter by itself.
        int tail = text.Length - (most - 1) / 2;
        int head = most - 1 - (most - 1) / 2;
        head -= head > 0 && char.IsHighSurrogate(text[head - 1]) ? 1 : 0;
        tail += tail < text.Length && char.IsLowSurrogate(text[tail]) ? 1 : 0;
        return string.Concat(text.AsSpan(0, head), "\u2026", text.AsSpan(tail));
    }

    /// <summary>A filled rectangle, with an outline where <paramref name="stroke"/> is given.</summary>
    public void Rectangle(double x, double y, double width, double height, string fill, string? stroke = null) =>
        body.Append(CultureInfo.InvariantCulture, $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" fill=\"{fill}\"{Stroke(stroke, 1)}/>\n");

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string stroke, double width = 1) =>
        body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"{Stroke(stroke, width)}/>\n");

    /// <summary>A line through points.</summary>
    public void Polyline(IEnumerable<(double X, double Y)> points, string stroke, double width = 1.5)
    {
        ArgumentNullException.ThrowIfNull(points);
        string path = string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"));
        body.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\"{Stroke(stroke, width)} stroke-linejoin=\"round\"/>\n");
    }

    /// <summary>A line of text.</summary>
    /// <param name="x">Where the text begins, or has its middle or end.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="text">The text.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="size">Height of the letters in pixels.</param>
    /// <param name="colour">Colour.</param>
    /// <param name="turn">Degrees that it is turned by, about its point, clockwise.</param>
    public void Text(double x, double y, string text, string anchor = "start", double size = 11, string colour = "#333333", double turn = 0)
    {
        string rotation = turn == 0 ? "" : $" transform=\"rotate({N(turn)} {N(x)} {N(y)})\"";
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"{N(x)}\" y=\"{N(y)}\" font-size=\"{N(size)}\" text-anchor=\"{anchor}\" fill=\"{colour}\"{rotation}>{SecurityElement.Escape(text)}</text>\n");
    }

    /// <summary>A picture, stretched over a rectangle without smoothing.</summary>
    /// <param name="x">Left edge.</param>
    /// <param name="y">Upper edge.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    /// <param name="png">The picture as a PNG file.</param>
    public void Image(double x, double y, double width, double height, ReadOnlySpan<byte> png) =>
        body.Append(CultureInfo.InvariantCulture, $"<image x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>\n");

    /// <summary>The picture as the text of an SVG file.</summary>
    public override string ToString() =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {N(Width)} {N(Height)}\" width=\"{N(Width)}\" height=\"{N(Height)}\" font-family=\"sans-serif\">\n{body}</svg>\n";

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Stroke(string? colour, double width) => colour is null ? "" : $" stroke=\"{colour}\" stroke-width=\"{N(width)}\"";
}
