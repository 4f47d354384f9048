namespace Pipeline.Nn;

/// <summary>What <see cref="Elementary"/> computes, in double precision and one value at a time.</summary>
internal static class ElementaryReference
{
    /// <summary>e^x.</summary>
    public static double Exp(double x) => Math.Exp(Math.Clamp(x, -87, 88));

    /// <summary>1 / (1 + e^-x).</summary>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double x) => Math.Tanh(x);

    /// <summary>The share of a normal distribution below x.</summary>
    public static double NormalShare(double x) => (1 + Erf(x / Math.Sqrt(2))) / 2;

    /// <summary>The density of a normal distribution at x.</summary>
    public static double NormalDensity(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    // erf x = 2 / sqrt(pi) e^(-x^2) (x + 2 x^3 / 3 + 4 x^5 / 15 + ...): all terms have one sign.
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        double term = x, sum = x;
        for (int n = 1; Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }
}
