namespace Pipeline.Dsp.Spectral;

/// <summary>Binary logarithms of many numbers, to a relative error of about 3e-7.</summary>
public static partial class Logarithm
{
    /// <summary>log2 of each value.</summary>
    /// <param name="values">Positive, finite and not subnormal.</param>
    /// <param name="logarithms">Takes as many; may be the same memory.</param>
    public static void Log2(ReadOnlySpan<float> values, Span<float> logarithms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(logarithms.Length, values.Length);
        int done = IsVectorSupported ? Log2Vector(values, logarithms) : 0;
        Log2Reference(values[done..], logarithms[done..]);
    }

    internal static void Log2Reference(ReadOnlySpan<float> values, Span<float> logarithms)
    {
        for (int i = 0; i < values.Length; i++)
        {
            logarithms[i] = MathF.Log2(values[i]);
        }
    }
}
