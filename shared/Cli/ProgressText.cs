using System.Globalization;

namespace Pipeline.Cli;

/// <summary>The words of a progress line.</summary>
internal static class ProgressText
{
    /// <summary><c>1200/5000 (24 %) 350/s, 11 s left</c>, without what is not known.</summary>
    public static string Running(long done, long? total, double rate)
    {
        string text = $"{Counts(done, total)} {Rate(rate)}";
        return total > done && rate > 0 ? $"{text}, {Duration(Math.Ceiling((total.Value - done) / rate))} left" : text;
    }

    /// <summary><c>5000/5000 (100 %) 350/s, 14 s in all</c>.</summary>
    public static string Ended(long done, long? total, double seconds) =>
        $"{Counts(done, total)} {Rate(seconds > 0 ? done / seconds : 0)}, {Duration(Math.Round(seconds))} in all";

    private static string Counts(long done, long? total)
    {
        // Rounded down: 100 % is said of nothing but the whole.
        long percent = total is > 0 ? Math.Min(100, (long)(100.0 * done / total.Value)) : 100;
        return total is null ? $"{done}" : $"{done}/{total} ({percent} %)";
    }

    private static string Rate(double perSecond) => perSecond switch
    {
        >= 10 or 0 => Number(perSecond, "0") + "/s",
        >= 0.1 => Number(perSecond, "0.0") + "/s",
        _ => Number(perSecond * 60, "0.0") + "/min",
    };

    private static string Duration(double whole) => whole switch
    {
        < 60 => Number(whole, "0") + " s",
        < 3600 => Number(Math.Floor(whole / 60), "0") + " min " + Number(whole % 60, "00") + " s",
        _ => Number(Math.Floor(whole / 3600), "0") + " h " + Number(Math.Floor(whole % 3600 / 60), "00") + " min",
    };

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
