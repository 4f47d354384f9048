using Pipeline.Charts;
using Pipeline.Cli;
using Pipeline.Features;
using Pipeline.Tables;

namespace Pipeline.Stages.Inspection;

/// <summary>Draws a row of a table of features: what the network is going to see, over seconds and hertz.</summary>
internal static class RowPicture
{
    private const int SegmentColumns = 1440;
    private const double PanelHeight = 300;
    private const double RowHeight = 13;

    /// <summary>The picture of a row as the text of an SVG file.</summary>
    /// <param name="path">The table.</param>
    /// <param name="row">The row, counted from 0.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static string Draw(string path, long row, CancellationToken cancel)
    {
        TableReader<FeatureRow> table = TableReader<FeatureRow>.Open(path);
        if (row >= table.RowCount)
        {
            throw new StageException($"{path} has {Amount.Of(table.RowCount, "row")}, counted from 0: there is no row {row}");
        }

        FeatureRow features = table.Read(cancel).Skip((int)row).First();
        if (features.FindFault() is { } broken)
        {
            throw new StageException($"{path}, row {row}: {broken}");
        }

        if (features.Frames == 1)
        {
            throw new StageException($"{path} holds one value for each channel, which makes no picture: --channels names them, --json --head prints them");
        }

        FeatureSettings? settings = FeatureSettings.Of(table);
        string title = $"{features.RecordingId}  {features.Genre}  {features.Representation}  window {features.Window} from {features.StartS:0.##} s";
        return (features.Representation == "segments" && features.Channels == SegmentChannels.Count
            ? Segments(features, title)
            : settings?.Stack is { Count: > 1 } stack && stack.Sum(m => m.Count) == features.Channels
                ? Stack(features, stack, title)
                : Matrix(features, settings?.Axes, title)).ToSvg();
    }

    // Each in colours of its own: the values of one say nothing about those of another.
    private static Figure Stack(FeatureRow row, IReadOnlyList<StackMember> stack, string title)
    {
        Axis horizontal = Horizontal(row);
        return new Figure(title, horizontal,
        [
            .. stack.Select(m => (
                (IPanel)new HeatMap(m.Count, row.Frames, row.Values[(m.First * row.Frames)..((m.First + m.Count) * row.Frames)], Axis.Linear(m.Name, 0, m.Count), ""),
                Math.Clamp(m.Count * 3.0, 90, PanelHeight))),
        ]);
    }

    private static Figure Matrix(FeatureRow row, FeatureAxes? axes, string title)
    {
        Axis vertical = axes switch
        {
            { Hertz: { } hertz } when hertz.Count == row.Channels => Axis.Hertz(axes.Channels, hertz),
            { Names: { } names } when names.Count == row.Channels && names.Count <= 40 => Axis.Named(axes.Channels, names),
            _ => Axis.Linear(axes?.Channels ?? "channel", 0, row.Channels),
        };
        Axis horizontal = Horizontal(row);
        double height = row.Channels <= 40 ? Math.Max(120, row.Channels * RowHeight) : PanelHeight;
        return new Figure(title, horizontal, [(new HeatMap(row.Channels, row.Frames, row.Values, vertical, axes?.Unit ?? ""), height)]);
    }

    private static Axis Horizontal(FeatureRow row) => row.LengthS > 0 ? Axis.Linear("seconds", 0, row.LengthS) : Axis.Linear("column", 0, row.Frames);

    // Segments differ in length: each is drawn as long as it is.
    private static Figure Segments(FeatureRow row, string title)
    {
        const int d = Tables.Segments.Dimensions;
        ReadOnlySpan<float> durations = Channel(row, SegmentChannels.Count - 1);
        double[] starts = new double[row.Frames + 1];
        for (int i = 0; i < row.Frames; i++)
        {
            starts[i + 1] = starts[i] + Math.Max(0, durations[i]);
        }

        double length = Math.Max(starts[^1], 1e-9);
        var horizontal = Axis.Linear("seconds", 0, length);
        float[] timbre = OverTime(row, 0, d, starts);
        double most = timbre.Skip(SegmentColumns).DefaultIfEmpty().Max(Math.Abs); // the first is loudness, far above the others
        return new Figure(title, horizontal,
        [
            (LoudnessPanel(row, starts, length), 110),
            (new HeatMap(d, SegmentColumns, timbre, Axis.Named("timbre", [.. Enumerable.Range(1, d).Select(i => $"{i}")]), "") { Lowest = -most, Highest = most }, d * RowHeight),
            (new HeatMap(d, SegmentColumns, OverTime(row, d, d, starts), Axis.Named("pitch", ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]), "") { Lowest = 0, Highest = 1 }, d * RowHeight),
        ]);
    }

    private static Lines LoudnessPanel(FeatureRow row, double[] starts, double length)
    {
        const int d = Tables.Segments.Dimensions;
        float[] start = Channel(row, 2 * d).ToArray(), most = Channel(row, 2 * d + 1).ToArray(), time = Channel(row, 2 * d + 2).ToArray();
        double low = Math.Floor(start.Concat(most).Min() / 10) * 10;
        double high = Math.Ceiling(start.Concat(most).Max() / 10) * 10 + 1e-9;
        var points = new List<(double, double)>();
        for (int i = 0; i < row.Frames; i++)
        {
            points.Add((starts[i] / length, (start[i] - low) / (high - low)));
            points.Add((Math.Min(starts[i] + time[i], starts[i + 1]) / length, (most[i] - low) / (high - low)));
        }

        return new Lines(Axis.Linear("loudness, dB", low, high, 5), [("loudness", points)]);
    }

    private static float[] OverTime(FeatureRow row, int first, int count, double[] starts)
    {
        float[] values = new float[count * SegmentColumns];
        int segment = 0;
        for (int column = 0; column < SegmentColumns; column++)
        {
            double time = (column + 0.5) / SegmentColumns * starts[^1];
            while (segment < row.Frames - 1 && starts[segment + 1] <= time)
            {
                segment++;
            }

            for (int k = 0; k < count; k++)
            {
                values[k * SegmentColumns + column] = row.Values[(first + k) * row.Frames + segment];
            }
        }

        return values;
    }

    private static ReadOnlySpan<float> Channel(FeatureRow row, int channel) => row.Values.AsSpan(channel * row.Frames, row.Frames);
}
