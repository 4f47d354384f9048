namespace Pipeline.Dsp;

/// <summary>How much of a value belongs to one of two parts, 0 to 1: x^p / (x^p + y^p), as librosa's softmask.</summary>
internal static partial class SoftMask
{
    private const float Tiny = 1.17549435e-38f; // below, both count as nothing

    /// <summary>The masks of <paramref name="parts"/> against others times <paramref name="margin"/>.</summary>
    /// <param name="parts">n values, 0 or more.</param>
    /// <param name="others">n values, 0 or more.</param>
    /// <param name="margin">What the others are multiplied by.</param>
    /// <param name="power">The exponent p; infinity for masks of 0 and 1.</param>
    /// <param name="masks">Takes n values.</param>
    /// <param name="isSplit">Whether the mask is a half where both are nothing, rather than 0.</param>
    public static void Fill(ReadOnlySpan<float> parts, ReadOnlySpan<float> others, float margin, double power, bool isSplit, Span<float> masks)
    {
        int done = power is 1 or 2 ? FillVector(parts, others, margin, power == 2, isSplit, masks) : 0;
        FillReference(parts, others, margin, power, isSplit, masks, done);
    }

    /// <summary>As <see cref="Fill"/>, one by one from a place on.</summary>
    public static void FillReference(
        ReadOnlySpan<float> parts, ReadOnlySpan<float> others, float margin, double power, bool isSplit, Span<float> masks, int first)
    {
        for (int i = first; i < parts.Length; i++)
        {
            float x = parts[i], y = others[i] * margin;
            float greatest = Math.Max(x, y);
            if (double.IsPositiveInfinity(power))
            {
                masks[i] = x > y ? 1 : 0;
            }
            else if (greatest < Tiny)
            {
                masks[i] = isSplit ? 0.5f : 0;
            }
            else
            {
                double part = Math.Pow(x / greatest, power), other = Math.Pow(y / greatest, power);
                masks[i] = (float)(part / (part + other));
            }
        }
    }
}
