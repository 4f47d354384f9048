using System.Globalization;

namespace Pipeline.Charts;

/// <summary>What stands along an edge of a panel.</summary>
/// <param name="Title">What is measured, with its unit.</param>
/// <param name="Ticks">The marks.</param>
public sealed record Axis(string Title, IReadOnlyList<Tick> Ticks)
{
    /// <summary>Numbers from one end to the other, evenly spaced.</summary>
    /// <param name="title">What is measured, with its unit.</param>
    /// <param name="from">The number at the beginning.</param>
    /// <param name="to">The number at the end, more than that at the beginning.</param>
    /// <param name="most">The most marks there may be.</param>
    public static Axis Linear(string title, double from, double to, int most = 8)
    {
        double step = Step(to - from, most);
        var ticks = new List<Tick>();
        for (long i = (long)Math.Ceiling(from / step - 1e-9); i * step <= to + 1e-9 * step; i++)
        {
            ticks.Add(new Tick((i * step - from) / (to - from), Text(i * step)));
        }

        return new Axis(title, ticks);
    }

    /// <summary>A name in the middle of each of as many equal parts.</summary>
    public static Axis Named(string title, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new Axis(title, [.. names.Select((name, i) => new Tick((i + 0.5) / names.Count, name))]);
    }

    /// <summary>Rising frequencies of which each has one of as many equal parts; marks are round numbers of hertz.</summary>
    public static Axis Hertz(string title, IReadOnlyList<double> centres)
    {
        ArgumentNullException.ThrowIfNull(centres);
        double[] round = [20, 50, 100, 200, 500, 1000, 2000, 4000, 8000, 16000, 32000];
        var ticks = new List<Tick>();
        foreach (double hertz in round.Where(h => h >= centres[0] && h <= centres[^1]))
        {
            int above = 1;
            while (above < centres.Count - 1 && centres[above] < hertz)
            {
                above++;
            }

            double within = above < centres.Count ? above - 1 + (hertz - centres[above - 1]) / (centres[above] - centres[above - 1]) : 0;
            double place = (within + 0.5) / centres.Count;
            if (ticks.Count == 0 || place - ticks[^1].Place > 0.06)
            {
                ticks.Add(new Tick(place, Text(hertz)));
            }
        }

        return new Axis(title, ticks);
    }

    // 1, 2 or 5 times a power of ten.
    private static double Step(double range, int most)
    {
        double least = range / most;
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }

    private static string Text(double value) => Math.Abs(value) >= 10_000
        ? (value / 1000).ToString("0.##", CultureInfo.InvariantCulture) + "k"
        : value.ToString("0.######", CultureInfo.InvariantCulture);
}
