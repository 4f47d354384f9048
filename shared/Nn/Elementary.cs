using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn;

/// <summary>
/// The functions that networks need of each value, sixteen at a time, with the same bits on every processor. What is no number stays
/// none. <see cref="ElementaryReference"/> says what they compute.
/// </summary>
internal static class Elementary
{
    // 1.5 * 2^23: what is added to it and taken away again is a whole number.
    private const float Whole = 12_582_912;

    // ln 2 in two parts, of which the first has few bits, so that its product with a whole number is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>e^x, from 1.6e-38 to 1.7e38: what is outside of [-87, 88] is taken to be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        x = Vector512.MinNative(Vector512.Create(88f), Vector512.MaxNative(Vector512.Create(-87f), x));
        V shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), Vector512.Create(Whole));
        V n = shifted - Vector512.Create(Whole);
        V r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2High), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-Ln2Low), r);

        // Taylor's series; |r| is at most ln 2 / 2, where the next term is below a fifth of the last bit.
        V p = Vector512.Create(1f / 5040);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 720));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 120));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 24));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1f / 6));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
        p = Vector512.FusedMultiplyAdd(p * r, r, r) + Vector512<float>.One;

        // The lowest bits of the shifted number are n: they belong into the exponent.
        return (p.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x) => V.One / (V.One + Exp(-x));

    /// <summary>The hyperbolic tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        V far = Vector512.FusedMultiplyAdd(Vector512.Create(2f), Sigmoid(x + x), Vector512.Create(-1f));

        // Taylor's series near zero, where the difference above has lost its digits.
        V square = x * x;
        V p = Vector512.Create(62f / 2835);
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(-17f / 315));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(2f / 15));
        p = Vector512.FusedMultiplyAdd(p, square, Vector512.Create(-1f / 3));
        V near = Vector512.FusedMultiplyAdd(p * square, x, x);
        return Vector512.ConditionalSelect(Vector512.LessThan(square, Vector512.Create(0.09f)), near, far);
    }

    /// <summary>
    /// The share of a normal distribution below x, (1 + erf(x / sqrt 2)) / 2, and its density at x. Formula 7.1.26 of Abramowitz and Stegun,
    /// Handbook of Mathematical Functions, whose error of erf is at most 1.5e-7.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalShare(V x, out V density)
    {
        V e = Exp(x * x * Vector512.Create(-0.5f));
        density = e * Vector512.Create(0.398942280f);
        V t = V.One / Vector512.FusedMultiplyAdd(Vector512.Abs(x), Vector512.Create(0.3275911f * 0.707106781f), V.One);
        V p = Vector512.Create(1.061405429f);
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(-1.453152027f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(1.421413741f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(-0.284496736f));
        p = Vector512.FusedMultiplyAdd(p, t, Vector512.Create(0.254829592f));
        V outside = p * t * e * Vector512.Create(0.5f);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, V.Zero), outside, V.One - outside);
    }
}
