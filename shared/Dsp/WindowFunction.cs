namespace Pipeline.Dsp;

/// <summary>The windows' values.</summary>
public static class WindowFunction
{
    private const double TaperedShare = 0.25;

    /// <summary>A periodic window of <paramref name="length"/> values.</summary>
    public static float[] Periodic(WindowShape shape, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        float[] window = new float[length];
        for (int i = 0; i < length; i++)
        {
            window[i] = (float)Value(shape, (double)i / length);
        }

        return window;
    }

    // At a place from 0 to 1 of the period.
    private static double Value(WindowShape shape, double place) => shape switch
    {
        WindowShape.Hann => 0.5 - 0.5 * Math.Cos(2 * Math.PI * place),
        WindowShape.Hamming => 0.54 - 0.46 * Math.Cos(2 * Math.PI * place),
        WindowShape.Blackman => 0.42 - 0.5 * Math.Cos(2 * Math.PI * place) + 0.08 * Math.Cos(4 * Math.PI * place),
        WindowShape.Tukey => Math.Min(place, 1 - place) is var edge && edge < TaperedShare / 2
            ? 0.5 - 0.5 * Math.Cos(2 * Math.PI * edge / TaperedShare)
            : 1,
        WindowShape.Rectangular => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape, "no such window"),
    };
}
