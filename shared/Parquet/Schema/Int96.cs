using System.Runtime.InteropServices;

namespace Pipeline.Parquet;

/// <summary>The 96-bit timestamp of old writers: nanoseconds within a day, and that day's Julian number.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4, Size = 12)]
public readonly record struct Int96(long NanosecondsOfDay, int JulianDay)
{
    private const int JulianDayOfUnixEpoch = 2_440_588;
    private const long NanosecondsPerDay = 86_400L * 1_000_000_000;

    /// <summary>Nanoseconds since 1970-01-01 UTC, wrapping beyond the years 1677 to 2262.</summary>
    public long UnixNanoseconds => unchecked(((long)JulianDay - JulianDayOfUnixEpoch) * NanosecondsPerDay + NanosecondsOfDay);
}
