using System.Globalization;

namespace Pipeline.Parquet;

/// <summary>A point in time.</summary>
/// <param name="Value">Units since 1970-01-01.</param>
/// <param name="Unit">The unit.</param>
/// <param name="IsUtc">Whether it is in UTC rather than in local time of no known zone.</param>
public readonly record struct ParquetTimestamp(long Value, TimeUnit Unit, bool IsUtc)
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>ISO 8601, <c>2024-05-01T12:30:00.000</c> and a Z for UTC; the bare number where no calendar reaches.</summary>
    public override string ToString()
    {
        long perDay = 86_400 * PerSecond(Unit);
        long days = Math.DivRem(Value, perDay, out long rest);
        if (rest < 0)
        {
            rest += perDay;
            days--;
        }

        return Iso(days, rest, Unit) is { } text ? text + (IsUtc ? "Z" : "") : Value.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A day and the units since its midnight as ISO 8601, or null beyond the years 1 to 9999.</summary>
    internal static string? Iso(long days, long sinceMidnight, TimeUnit unit) =>
        days < DateOnly.MinValue.DayNumber - Epoch.DayNumber || days > DateOnly.MaxValue.DayNumber - Epoch.DayNumber
            ? null
            : Epoch.AddDays((int)days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T" + Clock(sinceMidnight, unit);

    internal static string Clock(long value, TimeUnit unit)
    {
        long perSecond = PerSecond(unit);
        long seconds = Math.DivRem(value, perSecond, out long fraction);
        int digits = unit switch { TimeUnit.Milliseconds => 3, TimeUnit.Microseconds => 6, _ => 9 };
        return value < 0
            ? value.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}.")
                + fraction.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    internal static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Milliseconds => 1_000,
        TimeUnit.Microseconds => 1_000_000,
        _ => 1_000_000_000,
    };
}
