using System.Globalization;

namespace Pipeline.Stages.Evaluating;

/// <summary>The charts of a part.</summary>
internal static class PartCharts
{
    private const int LongestName = 18;

    /// <summary>The accuracy with its interval, beside what it is to be held against.</summary>
    public static string Accuracy(Evaluation part)
    {
        const double rowHeight = 46, left = 2, width = 376;
        var rows = new List<(string Name, double? Share, Interval? Interval, string Kind)>
        {
            (part.Runs.Count > 1 ? "all together" : "this model", part.All.Recordings.Accuracy, part.RecordingAccuracy, "a"),
        };
        if (part.Neighbours is { } neighbours && neighbours.Scores.Recordings.Count == part.All.Recordings.Count)
        {
            rows.Add(("nearest neighbour", neighbours.Scores.Recordings.Accuracy, null, "quiet"));
        }

        if (part.Majority is { } majority)
        {
            rows.Add(($"{Shortened(majority.Genre)} always", majority.Recordings, null, "quiet"));
        }

        var drawing = new Drawing(Plot.Width, rowHeight * rows.Count + 4);
        for (int i = 0; i < rows.Count; i++)
        {
            (string name, double? share, Interval? interval, string kind) = rows[i];
            double y = rowHeight * i;
            drawing.Text(left, y + 15, name, kind: "name");
            drawing.Text(left + width, y + 15, Shown.Percent(share), "end", "name");
            drawing.Rectangle(left, y + 22, width, 14, "track");
            drawing.Rectangle(left, y + 22, width * (share ?? 0), 14, kind);
            if (interval is { } sure)
            {
                (double low, double high) = (left + width * sure.Low, left + width * sure.High);
                foreach (string line in new[] { "halo", "whisker" })
                {
                    drawing.Line(low, y + 29, high, y + 29, line);
                    drawing.Line(low, y + 24, low, y + 34, line);
                    drawing.Line(high, y + 24, high, y + 34, line);
                }
            }
        }

        return drawing.ToFigure(
            "Share of recordings named right", string.Join(", ", rows.Select(r => $"{r.Name} {Shown.Percent(r.Share)}")));
    }

    /// <summary>What is taken for what, as counts in cells that are the darker the larger their share of a row is.</summary>
    public static string Confusion(Evaluation part)
    {
        Scores scores = part.All.Recordings;
        int[] truths = [.. Enumerable.Range(0, part.Genres.Count).Where(g => g < part.Verdicts.ModelGenres || scores.Support(g) > 0)];
        int columns = part.Verdicts.ModelGenres;
        double cell = Math.Clamp(300.0 / columns, 34, 60);
        string[] names = [.. part.Genres.Select(Shortened)];
        double left = 34 + names.Max(Drawing.TextWidth);
        double top = 34 + names.Take(columns).Max(Drawing.TextWidth) * 0.77;
        double right = Math.Max(8, names.Take(columns).Select((n, i) => Drawing.TextWidth(n) * 0.64 - (columns - i - 0.5) * cell).Max() + 10);
        double width = left + columns * cell + right;
        var drawing = new Drawing(width, top + truths.Length * cell + 6);
        drawing.Text(left, 14, "named as", kind: "name");
        drawing.Text(13, top + truths.Length * cell / 2, "is in truth", "middle", "name", turn: -90);
        for (int v = 0; v < columns; v++)
        {
            drawing.Text(left + (v + 0.5) * cell + 4, top - 8, names[v], turn: -50);
        }

        for (int row = 0; row < truths.Length; row++)
        {
            int truth = truths[row];
            double y = top + row * cell;
            drawing.Text(left - 8, y + cell / 2 + 4, names[truth], "end");
            long support = scores.Support(truth);
            for (int v = 0; v < columns; v++)
            {
                double share = support == 0 ? 0 : (double)scores[truth, v] / support;
                drawing.Rectangle(left + v * cell, y, cell - 1.5, cell - 1.5, "track");
                drawing.Rectangle(left + v * cell, y, cell - 1.5, cell - 1.5, "a", share);
                if (scores[truth, v] > 0)
                {
                    drawing.Text(left + (v + 0.5) * cell - 0.75, y + cell / 2 + 4, Brief(scores[truth, v]), "middle", share > 0.55 ? "on" : truth == v ? "name" : "");
                }
            }
        }

        string description = scores.Count == 0
            ? "there are none"
            : string.Join("; ", truths.Where(t => scores.Support(t) > 0).Select(t => $"of {scores.Support(t)} {part.Genres[t]} {scores[t, t]} right{Mistaken(t)}"));
        return drawing.ToFigure("What is taken for what: counts of recordings, shaded by their share of the row", description, Math.Min(width, Math.Max(340, 0.8 * width)));

        string Mistaken(int truth)
        {
            int most = Enumerable.Range(0, columns).Where(v => v != truth).DefaultIfEmpty(truth).MaxBy(v => scores[truth, v]);
            return most == truth || scores[truth, most] == 0 ? "" : $", {scores[truth, most]} named {part.Genres[most]}";
        }
    }

    /// <summary>How often verdicts of a probability are right, and how many there are of it.</summary>
    public static string Reliability(Evaluation part)
    {
        Scores scores = part.All.Recordings;
        var drawing = new Drawing(Plot.Width, 412);
        var plot = new Plot(drawing, 30, 250, PlotAxis.Shares("probability of the verdict, %"), PlotAxis.Shares("right, %"));
        plot.Curve([(0, 0), (1, 1)], "reference");
        var bins = Enumerable.Range(0, Scores.Bins).Select(b => (Bin: b, Of: scores.Bin(b))).Where(b => b.Of.Count > 0).ToArray();
        plot.Curve(bins.Select(b => (b.Of.Confidence!.Value, b.Of.Accuracy!.Value)), "curve a");
        long most = Math.Max(1, bins.Select(b => b.Of.Count).DefaultIfEmpty().Max());
        const double floor = 398, room = 48;
        foreach ((int bin, (long count, double? confidence, double? accuracy)) in bins)
        {
            drawing.Dot(plot.X(confidence!.Value), plot.Y(accuracy!.Value), 3.5, "a");
            double left = plot.X((double)bin / Scores.Bins), right = plot.X((bin + 1.0) / Scores.Bins), high = room * count / most;
            drawing.Rectangle(left + 1, floor - high, right - left - 2, high, "quiet");
            drawing.Text((left + right) / 2, floor - high - 3, Brief(count), "middle", "small");
        }

        drawing.Line(plot.X(0), floor, plot.X(1), floor, "axis");
        drawing.Text(plot.X(0) - 7, floor - 2, "count", "end", "small");
        return drawing.ToFigure(
            $"Calibration: expected error {Shown.Number(scores.CalibrationError)}; on the dashed line a probability means what it says",
            string.Join("; ", bins.Select(b => $"{b.Of.Count} verdicts of about {Shown.Percent(b.Of.Confidence)} are right in {Shown.Percent(b.Of.Accuracy)}")));
    }

    /// <summary>How often the truth is among the first few.</summary>
    public static string TopK(Evaluation part)
    {
        Scores scores = part.All.Recordings;
        int genres = part.Verdicts.ModelGenres;
        var drawing = new Drawing(Plot.Width, 336);
        var plot = new Plot(
            drawing, 30, 250,
            new PlotAxis("most probable genres looked at", 1, Math.Max(2, genres), Ranks(genres)), PlotAxis.Shares("truth among them, %"));
        (double K, double Share)[] points = [.. Enumerable.Range(1, genres).Select(k => ((double)k, scores.TopK(k) ?? 0))];
        plot.Curve(points.Select(p => (p.K, p.K / genres)), "reference");
        plot.Curve(points, "curve a");
        foreach ((double k, double share) in points.Where(_ => genres <= 30))
        {
            drawing.Dot(plot.X(k), plot.Y(share), 3.5, "a");
        }

        foreach ((double k, double share) in points.Where(p => p.K <= 3))
        {
            bool isLast = k == Math.Max(2, genres);
            drawing.Text(plot.X(k) + (isLast ? 0 : 7), plot.Y(share) + 16, Shown.Points(share), isLast ? "end" : "start", "name");
        }

        return drawing.ToFigure(
            "The truth among the first few; dashed: by chance", string.Join(", ", points.Select(p => $"first {p.K}: {Shown.Percent(p.Share)}")));
    }

    private static (double, string)[] Ranks(int genres)
    {
        int step = genres <= 12 ? 1 : genres <= 30 ? 5 : 10 * ((genres + 99) / 100);
        return [.. Enumerable.Range(1, genres).Where(k => k == 1 || k % step == 0).Select(k => ((double)k, k.ToString(CultureInfo.InvariantCulture)))];
    }

    // In the room of four figures.
    private static string Brief(long count) =>
        count < 10_000 ? count.ToString(CultureInfo.InvariantCulture)
        : count < 999_500 ? (count / 1000.0).ToString("0", CultureInfo.InvariantCulture) + "k"
        : (count / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + "M";

    private static string Shortened(string genre) => Drawing.Shortened(genre, LongestName);
}
