using System.Globalization;

namespace Pipeline.Stages.Splitting;

/// <summary>The wanted shares of the parts, which add up to 1.</summary>
/// <param name="Train">Of train.</param>
/// <param name="Valid">Of valid; 0 for no such part.</param>
/// <param name="Test">Of test.</param>
internal sealed record Fractions(double Train, double Valid, double Test)
{
    /// <summary>What is taken where nothing is said.</summary>
    public static Fractions Default { get; } = new(0.7, 0.15, 0.15);

    /// <summary>The three, in the order of <see cref="Parts.All"/>.</summary>
    public double[] Shares => [Train, Valid, Test];

    /// <summary>Reads <c>0.7/0.15/0.15</c> or <c>70/15/15</c>; null where it is neither.</summary>
    public static Fractions? Parse(string text)
    {
        string[] fields = text.Split('/');
        double[] shares = [.. fields.Select(f => double.TryParse(f, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double share) ? share : -1)];
        double whole = Math.Abs(shares.Sum() - 100) < 0.5 ? 100 : 1;
        return shares.Length == 3 && shares.All(s => s >= 0) && Math.Abs(shares.Sum() / whole - 1) < 0.005
            ? new Fractions(shares[0] / shares.Sum(), shares[1] / shares.Sum(), shares[2] / shares.Sum())
            : null;
    }

    /// <summary>As it is typed, with the shares of 1.</summary>
    public override string ToString() => string.Join('/', Shares.Select(s => s.ToString("0.######", CultureInfo.InvariantCulture)));
}
