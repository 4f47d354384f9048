using System.Globalization;
using System.Numerics;

namespace Pipeline.Parquet;

/// <summary>A decimal of any precision.</summary>
/// <param name="Unscaled">The digits as an integer.</param>
/// <param name="Scale">How many of them come after the point.</param>
public readonly record struct ParquetDecimal(BigInteger Unscaled, int Scale)
{
    /// <summary>Plain notation with all <see cref="Scale"/> digits: <c>-0.05</c>.</summary>
    public override string ToString()
    {
        string digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        string sign = Unscaled.Sign < 0 ? "-" : "";
        return Scale == 0 ? sign + digits : $"{sign}{digits[..^Scale]}.{digits[^Scale..]}";
    }
}
