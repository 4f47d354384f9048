namespace Pipeline.Dsp.Spectral;

/// <summary>Powers in decibels.</summary>
public static partial class Decibels
{
    /// <summary>Turns powers into decibels, in place; all of what is compared (a clip, an image) has to come in one piece.</summary>
    public static void FromPower(Span<float> values, DecibelSettings settings) => FromPower(values, settings, Logarithm.IsVectorSupported);

    internal static void FromPower(Span<float> values, DecibelSettings settings, bool isVector)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.LeastPower);
        float least = (float)settings.LeastPower;
        int done = isVector ? FromPowerVector(values, least) : 0;
        for (int i = done; i < values.Length; i++)
        {
            values[i] = (float)(10 * Math.Log10(Math.Max(values[i], least)));
        }

        // The logarithm keeps the order: the greatest power is found in what came of it.
        bool needsGreatest = settings.Reference is null || settings.Range is not null;
        float greatest = needsGreatest ? Greatest(values, isVector) : 0;
        float zero = settings.Reference is double reference ? (float)(10 * Math.Log10(Math.Max(settings.LeastPower, reference))) : greatest;
        float floor = settings.Range is double range ? greatest - zero - (float)range : float.NegativeInfinity;
        if (zero == 0 && float.IsNegativeInfinity(floor))
        {
            return;
        }

        done = isVector ? ShiftVector(values, zero, floor) : 0;
        for (int i = done; i < values.Length; i++)
        {
            values[i] = Math.Max(values[i] - zero, floor);
        }
    }

    private static float Greatest(ReadOnlySpan<float> values, bool isVector)
    {
        float greatest = float.NegativeInfinity;
        int done = isVector ? GreatestVector(values, ref greatest) : 0;
        foreach (float value in values[done..])
        {
            greatest = Math.Max(greatest, value);
        }

        return greatest;
    }
}
