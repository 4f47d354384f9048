namespace Pipeline.Parquet;

/// <summary>What a stored value means.</summary>
public enum LogicalKind
{
    /// <summary>Nothing beyond its physical type.</summary>
    None,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>UTF-8 text out of a fixed set.</summary>
    Enum,

    /// <summary>JSON as UTF-8 text.</summary>
    Json,

    /// <summary>BSON.</summary>
    Bson,

    /// <summary>16 bytes, big-endian.</summary>
    Uuid,

    /// <summary>Unscaled integer with a scale.</summary>
    Decimal,

    /// <summary>Days since 1970-01-01.</summary>
    Date,

    /// <summary>Time of day.</summary>
    Time,

    /// <summary>Point in time since 1970-01-01.</summary>
    Timestamp,

    /// <summary>Integer narrower than its storage, or unsigned.</summary>
    Integer,

    /// <summary>Months, days and milliseconds, 12 bytes.</summary>
    Interval,

    /// <summary>16-bit IEEE 754, 2 bytes.</summary>
    Float16,

    /// <summary>A group that is a list.</summary>
    List,

    /// <summary>A group that is a map.</summary>
    Map,

    /// <summary>Always null.</summary>
    Unknown,

    /// <summary>An annotation that this library does not know; the stored value is given as it is.</summary>
    Other,
}

/// <summary>The unit of a <see cref="LogicalKind.Time"/> or <see cref="LogicalKind.Timestamp"/>.</summary>
public enum TimeUnit
{
    /// <summary>1/1,000 s.</summary>
    Milliseconds,

    /// <summary>1/1,000,000 s.</summary>
    Microseconds,

    /// <summary>1/1,000,000,000 s.</summary>
    Nanoseconds,
}

/// <summary>The annotation of a schema node.</summary>
/// <param name="Kind">What the value means.</param>
/// <param name="Precision">Digits of a decimal; otherwise 0.</param>
/// <param name="Scale">Digits after the point of a decimal; otherwise 0.</param>
/// <param name="Unit">Unit of a time or timestamp.</param>
/// <param name="IsUtc">Whether a time or timestamp is in UTC rather than in local time of no known zone.</param>
/// <param name="BitWidth">Width of an integer: 8, 16, 32 or 64.</param>
/// <param name="IsSigned">Whether an integer is signed.</param>
public readonly record struct LogicalType(
    LogicalKind Kind,
    int Precision = 0,
    int Scale = 0,
    TimeUnit Unit = TimeUnit.Milliseconds,
    bool IsUtc = false,
    int BitWidth = 0,
    bool IsSigned = true)
{
    /// <summary>Whether the bytes are UTF-8 text.</summary>
    public bool IsText => Kind is LogicalKind.String or LogicalKind.Enum or LogicalKind.Json;

    /// <summary>A short name as people write it: <c>string</c>, <c>decimal(9,2)</c>, <c>timestamp[us, utc]</c>.</summary>
    public override string ToString() => Kind switch
    {
        LogicalKind.None => "",
        LogicalKind.Decimal => $"decimal({Precision},{Scale})",
        LogicalKind.Time => $"time[{UnitName}]",
        LogicalKind.Timestamp => $"timestamp[{UnitName}{(IsUtc ? ", utc" : "")}]",
        LogicalKind.Integer => $"{(IsSigned ? "int" : "uint")}{BitWidth}",
        _ => Kind.ToString().ToLowerInvariant(),
    };

    private string UnitName => Unit switch
    {
        TimeUnit.Milliseconds => "ms",
        TimeUnit.Microseconds => "us",
        _ => "ns",
    };
}
