using System.Globalization;
using Pipeline.Parquet;

namespace Pipeline.Stages.Inspection;

/// <summary>Values as they are compared: numbers as numbers, times as times, the rest as text.</summary>
internal static class ComparableValue
{
    private static readonly DateTime Epoch = DateTime.UnixEpoch;
    private static readonly string[] TimePatterns = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    /// <summary>A number of any type, or null for what is none.</summary>
    public static double? AsNumber(object value) => value switch
    {
        float v => v,
        double v => v,
        int v => v,
        long v => v,
        Half v => (double)v,
        ParquetDecimal v => (double)v.Unscaled / Math.Pow(10, v.Scale),
        sbyte or short or byte or ushort or uint or ulong => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>A date, time of day or point in time as nanoseconds, or null for what is none.</summary>
    public static Int128? AsNanoseconds(object value) => value switch
    {
        DateOnly v => Nanoseconds(v.ToDateTime(TimeOnly.MinValue)),
        ParquetTimestamp v => (Int128)v.Value * PerUnit(v.Unit),
        ParquetTime v => (Int128)v.Value * PerUnit(v.Unit),
        Int96 v => v.UnixDay * (Int128)86_400_000_000_000 + v.NanosecondsOfDay,
        _ => null,
    };

    /// <summary>What a user wrote for a column of that meaning, as nanoseconds; null for what is no such time.</summary>
    public static Int128? ParseNanoseconds(string text, LogicalKind kind)
    {
        if (kind == LogicalKind.Time)
        {
            return TimeOnly.TryParseExact(text, TimePatterns, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)
                ? (Int128)time.Ticks * 100
                : null;
        }

        // A date alone, with T or a space and a time, maybe a fraction, maybe Z or an offset; without one it is taken as stored.
        return char.IsAsciiDigit(text.FirstOrDefault())
            && text.Contains('-', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset point)
            ? Nanoseconds(point.UtcDateTime)
            : null;
    }

    private static Int128 Nanoseconds(DateTime point) => (Int128)(point.Ticks - Epoch.Ticks) * 100;

    private static long PerUnit(TimeUnit unit) => unit switch { TimeUnit.Milliseconds => 1_000_000, TimeUnit.Microseconds => 1_000, _ => 1 };
}
