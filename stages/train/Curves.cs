using Pipeline.Charts;

namespace Pipeline.Stages.Training;

/// <summary>The picture of a training: loss, and share of what is named right, epoch by epoch, a curve for each seed.</summary>
internal static class Curves
{
    private const double PanelHeight = 190;
    private const int MostTicks = 10;

    /// <summary>Draws the histories as the text of an SVG file.</summary>
    public static string Draw(string recipe, IReadOnlyList<(ulong Seed, IReadOnlyList<EpochFigures> History)> runs)
    {
        int epochs = Math.Max(2, runs.Max(r => r.History.Count));
        double Place(int epoch) => (epoch - 1.0) / (epochs - 1);
        int step = Math.Max(1, (int)Math.Ceiling(epochs / (double)MostTicks / 5) * 5);
        if (epochs <= MostTicks)
        {
            step = 1;
        }

        Tick[] ticks = [.. Enumerable.Range(1, epochs).Where(e => e == 1 || e % step == 0).Select(e => new Tick(Place(e), $"{e}"))];
        double most = runs.SelectMany(r => r.History).SelectMany(h => (double[])[h.TrainLoss, h.ValidLoss]).Append(1e-6).Max();
        // Of several seeds all train curves have one colour and all valid curves another; the first of each has the name.
        var loss = new List<(string, IReadOnlyList<(double, double)>)>();
        var right = new List<(string, IReadOnlyList<(double, double)>)>();
        foreach (IReadOnlyList<EpochFigures> history in runs.Select(r => r.History))
        {
            (string train, string valid) = loss.Count == 0 ? ("train", "valid") : ("", "");
            loss.Add((train, [.. history.Select(h => (Place(h.Epoch), h.TrainLoss / most))]));
            loss.Add((valid, [.. history.Select(h => (Place(h.Epoch), h.ValidLoss / most))]));
            right.Add((train, [.. history.Select(h => (Place(h.Epoch), h.TrainAccuracy))]));
            right.Add((valid, [.. history.Select(h => (Place(h.Epoch), h.ValidAccuracy))]));
        }

        return new Figure($"Training of {recipe}", new Axis("epoch", ticks), [
            (new Lines(Axis.Linear("loss", 0, most, 5), loss) { Colours = 2 }, PanelHeight),
            (new Lines(Axis.Linear("named right", 0, 1, 5), right) { Colours = 2 }, PanelHeight),
        ]).ToSvg();
    }
}
