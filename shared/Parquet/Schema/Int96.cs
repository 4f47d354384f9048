using System.Runtime.InteropServices;

namespace Pipeline.Parquet;

/// <summary>The 96-bit timestamp of old writers: nanoseconds within a day, and that day's Julian number.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = 12)]
public readonly record struct Int96(long NanosecondsOfDay, int JulianDay)
{
    private const int JulianDayOfUnixEpoch = 2_440_588;

    /// <summary>Days since 1970-01-01.</summary>
    public long UnixDay => (long)JulianDay - JulianDayOfUnixEpoch;

    /// <summary>ISO 8601 to the nanosecond; the two numbers where no calendar reaches.</summary>
    public override string ToString() => ParquetTimestamp.Iso(UnixDay, NanosecondsOfDay, TimeUnit.Nanoseconds)
        ?? FormattableString.Invariant($"Julian day {JulianDay} + {NanosecondsOfDay} ns");
}
