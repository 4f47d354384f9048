using System.Globalization;

namespace Pipeline.Stages.Evaluating;

internal static class TrainingCharts
{
    /// <summary>The charts that there are figures for.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<History> histories)
    {
        (string, string, string)[] loss = [("train_loss", "train", "curve b"), ("valid_loss", "valid", "curve a")];
        (string, string, string)[] accuracy =
            [("train_accuracy", "train", "curve b"), ("valid_accuracy", "valid", "curve a"), ("valid_macro_f1", "valid, macro-F1", "curve c")];
        (string, string, string)[] rate = [("rate", "rate", "curve a")];
        return new[]
        {
            Draw("Loss in training", histories, loss, false), Draw("Accuracy in training, %", histories, accuracy, true),
            Draw("Learning rate, % of its greatest", histories, rate, true, greatest: true),
        }.OfType<string>();
    }

    private static string? Draw(string caption, IReadOnlyList<History> histories, (string Column, string Name, string Kind)[] columns, bool areShares, bool greatest = false)
    {
        var curves = (
            from h in histories
            from c in columns
            where h.Columns.ContainsKey(c.Column)
            let points = h.Epochs.Zip(h.Columns[c.Column]).Where(p => p.Second is not null).Select(p => (X: p.First, Y: p.Second!.Value)).ToArray()
            where points.Length > 0
            select (c.Name, c.Kind, Points: points)).ToArray();
        if (curves.Length == 0)
        {
            return null;
        }

        if (greatest && curves.Max(c => c.Points.Max(p => p.Y)) is > 0 and double whole)
        {
            curves = [.. curves.Select(c => (c.Name, c.Kind, Points: c.Points.Select(p => (p.X, p.Y / whole)).ToArray()))];
        }

        double first = curves.Min(c => c.Points.Min(p => p.X)), last = curves.Max(c => c.Points.Max(p => p.X));
        double least = Math.Min(0, curves.Min(c => c.Points.Min(p => p.Y))), most = curves.Max(c => c.Points.Max(p => p.Y));
        var drawing = new Drawing(Plot.Width, 300);
        var plot = new Plot(
            drawing, 34, 216,
            PlotAxis.Numbers("epoch", first, Math.Max(last, first + 1)),
            areShares ? PlotAxis.Shares("") : PlotAxis.Numbers("", least, most > least ? most + 0.04 * (most - least) : least + 1));
        double at = plot.X(first);
        foreach ((string name, string kind, _) in curves.DistinctBy(c => c.Name).Where(_ => columns.Length > 1))
        {
            drawing.Line(at, 16, at + 18, 16, kind);
            drawing.Text(at + 23, 20, name);
            at += 40 + Drawing.TextWidth(name);
        }

        foreach ((_, string kind, (double X, double Y)[] points) in curves)
        {
            plot.Curve(points, kind);
            if (points.Length == 1)
            {
                drawing.Dot(plot.X(points[0].X), plot.Y(points[0].Y), 3, kind);
            }
        }

        string description = string.Join("; ", curves.Select(c => string.Create(
            CultureInfo.InvariantCulture, $"{c.Name} from {c.Points[0].Y:0.###} to {c.Points[^1].Y:0.###} at epoch {c.Points[^1].X:0.#}")));
        return drawing.ToFigure(caption, description);
    }
}
