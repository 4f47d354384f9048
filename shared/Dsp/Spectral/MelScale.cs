namespace Pipeline.Dsp.Spectral;

/// <summary>Frequencies as the ear spaces them.</summary>
public static class MelScale
{
    // Slaney's scale: 15 mels for 1,000 Hz, then 27 for each factor of 6.4.
    private const double HertzPerMel = 200.0 / 3;
    private const double BreakHertz = 1000;
    private const double BreakMel = BreakHertz / HertzPerMel;
    private static readonly double LogStep = Math.Log(6.4) / 27;

    /// <summary>The mel value of a frequency in Hz.</summary>
    public static double FromHertz(double hertz, MelFormula formula = MelFormula.Slaney) => formula switch
    {
        MelFormula.Htk => 2595 * Math.Log10(1 + hertz / 700),
        _ when hertz < BreakHertz => hertz / HertzPerMel,
        _ => BreakMel + Math.Log(hertz / BreakHertz) / LogStep,
    };

    /// <summary>The frequency in Hz of a mel value.</summary>
    public static double ToHertz(double mel, MelFormula formula = MelFormula.Slaney) => formula switch
    {
        MelFormula.Htk => 700 * (Math.Pow(10, mel / 2595) - 1),
        _ when mel < BreakMel => mel * HertzPerMel,
        _ => BreakHertz * Math.Exp(LogStep * (mel - BreakMel)),
    };

    /// <summary><paramref name="count"/> frequencies in Hz, equally far apart in mel, both ends included.</summary>
    public static double[] Frequencies(int count, double minHertz, double maxHertz, MelFormula formula = MelFormula.Slaney)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        double min = FromHertz(minHertz, formula);
        double step = (FromHertz(maxHertz, formula) - min) / (count - 1);
        return [.. Enumerable.Range(0, count).Select(i => ToHertz(min + i * step, formula))];
    }
}
