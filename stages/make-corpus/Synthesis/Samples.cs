using System.Runtime.CompilerServices;

namespace Pipeline.Stages.MakeCorpus.Synthesis;

/// <summary>Figures every generator and effect shares.</summary>
internal static class Samples
{
    /// <summary>Samples per second, GTZAN's.</summary>
    public const int Rate = 22050;

    /// <summary>
    /// Added to what goes into a filter or a delay: in silence its state would fade into numbers too small for the processor
    /// to calculate with at full speed (denormals).
    /// </summary>
    public const float Whisper = 1e-18f;

    private const int TableSize = 2048;

    // One period and one sample more, so that interpolation needs no wrap.
    private static readonly float[] SineTable = [.. Enumerable.Range(0, TableSize + 1).Select(i => (float)Math.Sin(2 * Math.PI * i / TableSize))];

    /// <summary>Sine of a phase counted in periods, 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sine(float phase)
    {
        float place = (phase - (int)phase) * TableSize;
        int i = (int)place;
        return SineTable[i] + (place - i) * (SineTable[i + 1] - SineTable[i]);
    }

    /// <summary>A level in decibels as a factor.</summary>
    public static float Gain(double decibels) => (float)Math.Pow(10, decibels / 20);

    /// <summary>Factor per sample that decays by 60 dB in so many seconds.</summary>
    public static double Decay(double seconds) => Math.Pow(0.001, 1 / (Math.Max(seconds, 1e-4) * Rate));

    /// <summary>A smooth limit at ±1 (Padé's approximation of tanh, exact enough below 3, flat beyond).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Saturate(float x)
    {
        x = Math.Clamp(x, -3, 3);
        return x * (27 + x * x) / (27 + 9 * x * x);
    }
}
