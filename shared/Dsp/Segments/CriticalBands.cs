namespace Pipeline.Dsp.Segments;

/// <summary>
/// The bands in which the ear resolves a sound, after T. Jehan (Creating Music by Listening, MIT, 2005): a flat top of one
/// Bark, skirts of 10 dB a Bark towards low frequencies and of 25 dB towards high ones.
/// </summary>
internal static class CriticalBands
{
    private const double LeastWeight = 1e-12; // -120 dB: less than single precision tells beside a band's own sound

    /// <summary>The middle of a band, counted from 0, in Bark.</summary>
    public static double Centre(int band) => band + 1;

    /// <summary>The place of a frequency in Bark.</summary>
    public static double Bark(double hz) => 13 * Math.Atan(0.00076 * hz) + 3.5 * Math.Atan(hz / 7500 * (hz / 7500));

    /// <summary>
    /// What the outer ear does to a frequency, in decibels: half of Terhardt's curve of the threshold of hearing. Jehan's
    /// weight 10^(A / 20) stands on powers; with the whole curve the bass would be 20 dB fainter than the Million Song
    /// Dataset has it.
    /// </summary>
    public static double OuterEarDb(double hz)
    {
        double khz = Math.Max(hz, 20) / 1000;
        return 0.5 * (-3.64 * Math.Pow(khz, -0.8) + 6.5 * Math.Exp(-0.6 * (khz - 3.3) * (khz - 3.3)) - 0.001 * Math.Pow(khz, 4));
    }

    /// <summary>How much of a frequency's power a band takes, the outer ear left aside.</summary>
    public static double Weight(double bark, double centre)
    {
        double distance = bark - centre;
        double weight = Math.Pow(10, Math.Min(0, Math.Min(distance + 0.5, -2.5 * (distance - 0.5))));
        return weight < LeastWeight ? 0 : weight;
    }
}
