namespace Pipeline.Nn.Training;

/// <summary>Random numbers one after the other, of a seed.</summary>
internal struct Draws(uint seed)
{
    private uint counter;

    /// <summary>Strictly between 0 and 1.</summary>
    public double Share() => (CounterHash.Of(seed, counter++) + 0.5) / 4294967296.0;

    /// <summary>From -1 to 1.</summary>
    public double Signed() => 2 * Share() - 1;

    /// <summary>A whole number from 0 to <paramref name="most"/>.</summary>
    public int UpTo(int most) => (int)(Share() * (most + 1.0));

    /// <summary>Of Beta(a, a), by two numbers of Gamma(a).</summary>
    public double Beta(double a)
    {
        double x = Gamma(a);
        return x / (x + Gamma(a));
    }

    // Marsaglia and Tsang, A simple method for generating gamma variables, 2000.
    private double Gamma(double a)
    {
        if (a < 1)
        {
            return Gamma(a + 1) * Math.Pow(Share(), 1 / a);
        }

        double d = a - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Math.Sqrt(-2 * Math.Log(Share())) * Math.Cos(2 * Math.PI * Share());
            double v = Math.Pow(1 + c * normal, 3);
            if (v > 0 && Math.Log(Share()) < normal * normal / 2 + d - d * v + d * Math.Log(v))
            {
                return d * v;
            }
        }
    }
}
