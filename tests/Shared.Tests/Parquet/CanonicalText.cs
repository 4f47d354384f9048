using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Pipeline.Parquet;

namespace Pipeline.Tests.Parquet;

/// <summary>
/// Values in the canonical text that all readers are compared in. The contract stands at the top of
/// tests/Interop/canonical.mjs.
/// </summary>
internal static class CanonicalText
{
    public const string Null = "~";

    /// <summary>Longer bytes are given by their length and hash.</summary>
    private const int Long = 1 << 20;

    /// <summary>Any value but a group: lists of them are written in brackets.</summary>
    public static void Append(StringBuilder to, object? value)
    {
        switch (value)
        {
            case null: to.Append(Null); break;
            case bool b: to.Append(b ? 't' : 'f'); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong:
                to.Append("i:").Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case double d: AppendFloat(to, d); break;
            case float f: AppendFloat(to, f); break;
            case Half h: AppendFloat(to, (double)h); break;
            case string s: AppendBytes(to, 's', Encoding.UTF8.GetBytes(s)); break;
            case byte[] bytes: AppendBytes(to, 'b', bytes); break;
            case Guid guid: AppendBytes(to, 'b', guid.ToByteArray(bigEndian: true)); break;
            case ParquetDecimal number: to.Append("n:").Append(Decimal(number.Unscaled, number.Scale)); break;
            case DateOnly date: to.Append("D:").Append(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case ParquetTime time: to.Append("M:").Append(Nanoseconds(time.Value, time.Unit)); break;
            case ParquetTimestamp time: to.Append("T:").Append(Nanoseconds(time.Value, time.Unit)); break;
            case Int96 time: to.Append("T:").Append(Nanoseconds(time)); break;
            case System.Collections.IEnumerable list: AppendList(to, list); break;
            default: throw new ArgumentException($"no canonical form is known for {value.GetType()}");
        }
    }

    /// <summary>Text that comes as its UTF-8 bytes.</summary>
    public static void AppendText(StringBuilder to, byte[] utf8) => AppendBytes(to, 's', utf8);

    private static void AppendList(StringBuilder to, System.Collections.IEnumerable list)
    {
        to.Append('[');
        int start = to.Length;
        foreach (object? element in list)
        {
            if (to.Length > start)
            {
                to.Append(',');
            }

            Append(to, element);
        }

        to.Append(']');
    }

    private static void AppendFloat(StringBuilder to, double value)
    {
        to.Append("d:");
        if (double.IsNaN(value))
        {
            to.Append("nan");
        }
        else
        {
            to.Append(CultureInfo.InvariantCulture, $"{BitConverter.DoubleToUInt64Bits(value):x16}");
        }
    }

    private static void AppendBytes(StringBuilder to, char tag, byte[] bytes)
    {
        to.Append(tag);
        if (bytes.Length > Long)
        {
            to.Append(CultureInfo.InvariantCulture, $"#{bytes.Length}:").Append(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
        else
        {
            to.Append(':').Append(Convert.ToHexStringLower(bytes));
        }
    }

    // Not by way of ParquetDecimal.ToString, which is itself under test.
    private static string Decimal(BigInteger unscaled, int scale)
    {
        BigInteger whole = BigInteger.DivRem(BigInteger.Abs(unscaled), BigInteger.Pow(10, scale), out BigInteger rest);
        string sign = unscaled.Sign < 0 ? "-" : "";
        return scale == 0 ? $"{sign}{whole}" : $"{sign}{whole}.{rest.ToString($"D{scale}", CultureInfo.InvariantCulture)}";
    }

    private static BigInteger Nanoseconds(long value, TimeUnit unit) => value * new BigInteger(unit switch
    {
        TimeUnit.Milliseconds => 1_000_000,
        TimeUnit.Microseconds => 1_000,
        _ => 1,
    });

    private static BigInteger Nanoseconds(Int96 time)
    {
        long below = (time.NanosecondsOfDay % 1000 + 1000) % 1000;
        long micros = unchecked(time.UnixDay * 86_400_000_000 + (time.NanosecondsOfDay - below) / 1000);
        return micros * new BigInteger(1000) + below;
    }
}
