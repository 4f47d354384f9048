namespace Pipeline.Pictures;

/// <summary>
/// Finds the picture proper in a figure: without white margins, axes, ticks, numbers, titles and a colour bar beside it. Its outline
/// is what has the longest unbroken lines of ink, whether it is filled or only framed.
/// </summary>
public sealed record MarginCrop
{
    // Bright spots in a picture break its lines as the margin does; the gap to a colour bar is wider.
    private const int GapBridged = 2;

    // Shorter ones are no outline but letters, or a picture that is light throughout.
    private const double LeastShare = 0.25;

    // A row belongs to the picture whose line runs along most of it.
    private const double LineShare = 0.9;

    // Thicker frames are met nowhere.
    private const int MostFrame = 4;

    /// <summary>How far from white a sample may be to count as margin, 0 to 1. The soft edge of a frame is 0.06 from white.</summary>
    public float Tolerance { get; init; } = 0.08f;

    /// <summary>The share of the pixels around the picture that have to be margin, 0 to 1: else there is no margin.</summary>
    public double LeastMargin { get; init; } = 0.6;

    /// <summary>Where the picture is; all of it where there is no margin.</summary>
    public PictureArea Find(Picture figure)
    {
        Picture flat = figure.Flatten();
        var whole = new PictureArea(0, 0, flat.Width, flat.Height);
        bool[] ink = Ink(flat);
        Line[] rows = [.. Enumerable.Range(0, flat.Height).Select(y => Longest(ink, y * flat.Width, 1, flat.Width))];
        Line[] columns = [.. Enumerable.Range(0, flat.Width).Select(x => Longest(ink, x, flat.Width, flat.Height))];
        if (Common(rows) is not { } width || width.Length < LeastShare * flat.Width)
        {
            return whole;
        }

        // The outermost rows as long as most are the upper and the lower end, and the outermost columns that join them the sides: a
        // frame around silence has no others. A colour bar is as high, but beside the rows.
        int top = Array.FindIndex(rows, r => IsAlong(r, width)), bottom = Array.FindLastIndex(rows, r => IsAlong(r, width));
        var height = new Line(top, bottom + 1);
        int left = Array.FindIndex(columns, width.First, width.Length, c => IsAlong(c, height));
        int right = Array.FindLastIndex(columns, width.End - 1, width.Length, c => IsAlong(c, height));
        if (top < 0 || left < 0 || height.Length < LeastShare * flat.Height)
        {
            return whole;
        }

        var area = new PictureArea(left, top, right - left + 1, bottom - top + 1);
        return IsWithinMargins(area, whole, ink) ? WithoutFrame(flat, area) : whole;
    }

    private static bool IsAlong(Line line, Line common) =>
        Math.Min(line.End, common.End) - Math.Max(line.First, common.First) >= LineShare * common.Length;

    private bool[] Ink(Picture picture)
    {
        bool[] ink = new bool[picture.Width * picture.Height];
        for (int i = 0; i < ink.Length; i++)
        {
            ink[i] = picture.Samples.AsSpan(i * picture.Channels, picture.Channels).ContainsAnyExceptInRange(1 - Tolerance, 1);
        }

        return ink;
    }

    // The longest line of ink among those that begin at some place and go on by some step.
    private static Line Longest(bool[] ink, int start, int step, int length)
    {
        Line longest = default;
        int first = -1, last = -1;
        for (int i = 0; i < length; i++)
        {
            if (!ink[start + i * step])
            {
                continue;
            }

            first = first < 0 || i - last - 1 > GapBridged ? i : first;
            last = i;
            longest = last + 1 - first > longest.Length ? new Line(first, last + 1) : longest;
        }

        return longest;
    }

    // Where lines nearly as long as the longest mostly begin and end: one with a tick is longer than the others.
    private static Line? Common(Line[] lines)
    {
        int most = lines.Max(l => l.Length);
        Line[] all = [.. lines.Where(l => l.Length > 0 && l.Length >= LineShare * most)];
        if (all.Length == 0)
        {
            return null;
        }

        int first = all.GroupBy(l => l.First).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().Key;
        int end = all.GroupBy(l => l.End).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
        return first < end ? new Line(first, end) : null;
    }

    // Light parts of a picture without margins look like a margin, but on one side of it only.
    private bool IsWithinMargins(PictureArea area, PictureArea whole, bool[] ink)
    {
        int sides = (area.X > 0 ? 1 : 0) + (area.Y > 0 ? 1 : 0) + (area.X + area.Width < whole.Width ? 1 : 0) + (area.Y + area.Height < whole.Height ? 1 : 0);
        if (sides < 2)
        {
            return false;
        }

        long around = (long)whole.Width * whole.Height - (long)area.Width * area.Height;
        long inked = ink.LongCount(i => i);
        for (int y = area.Y; y < area.Y + area.Height; y++)
        {
            inked -= ink.AsSpan(y * whole.Width + area.X, area.Width).Count(true);
        }

        return around - inked >= LeastMargin * around;
    }

    // A frame is dark on all four sides and equally thick: what is dark for longer on one side is the picture.
    private static PictureArea WithoutFrame(Picture flat, PictureArea area)
    {
        int thickness = 0;
        while (thickness < MostFrame && Math.Min(area.Width, area.Height) > 2 && IsFramed(flat, area))
        {
            area = new PictureArea(area.X + 1, area.Y + 1, area.Width - 2, area.Height - 2);
            thickness++;
        }

        return area;
    }

    private static bool IsFramed(Picture flat, PictureArea area) =>
        IsFrame(flat, area with { Height = 1 }) && IsFrame(flat, area with { Y = area.Y + area.Height - 1, Height = 1 })
        && IsFrame(flat, area with { Width = 1 }) && IsFrame(flat, area with { X = area.X + area.Width - 1, Width = 1 });

    // Nearly all of a line is dark and without colour; a thin one lets a little of what is below it through.
    private static bool IsFrame(Picture flat, PictureArea line)
    {
        const float darkest = 0.45f, colourless = 0.25f;
        int dark = 0;
        for (int y = line.Y; y < line.Y + line.Height; y++)
        {
            for (int x = line.X; x < line.X + line.Width; x++)
            {
                ReadOnlySpan<float> pixel = flat.Samples.AsSpan((y * flat.Width + x) * flat.Channels, flat.Channels);
                float high = pixel[0], low = pixel[0];
                foreach (float sample in pixel)
                {
                    (high, low) = (MathF.Max(high, sample), MathF.Min(low, sample));
                }

                dark += high <= darkest && high - low <= colourless ? 1 : 0;
            }
        }

        return dark >= LineShare * line.Width * line.Height;
    }

    /// <summary>Places of a row or column, from the first to before the end.</summary>
    private readonly record struct Line(int First, int End)
    {
        public int Length => End - First;
    }
}
