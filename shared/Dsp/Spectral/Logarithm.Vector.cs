using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>Eight numbers at a time.</content>
public static partial class Logarithm
{
    private const int ExponentBits = 23;

    // The root of a half as bits: what is above it is taken as a number from there to the root of 2.
    private const int RootOfHalf = 0x3F3504F3;

    internal static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>
    /// log2 of eight positive normal numbers: the exponent, and for a remainder m from √½ to √2 the series of
    /// ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + ...) with s = (m - 1) / (m + 1), |s| at most 0.172.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<float> Log2(Vector256<float> x)
    {
        const float scale = (float)(2 / 0.693147180559945309); // 2 / ln 2
        Vector256<int> bits = x.AsInt32();
        Vector256<int> exponent = (bits - Vector256.Create(RootOfHalf)) >> ExponentBits;
        Vector256<float> m = (bits - (exponent << ExponentBits)).AsSingle();
        Vector256<float> s = (m - Vector256<float>.One) / (m + Vector256<float>.One);
        Vector256<float> square = s * s;
        Vector256<float> series = Vector256.Create(scale / 9);
        series = Fma.MultiplyAdd(series, square, Vector256.Create(scale / 7));
        series = Fma.MultiplyAdd(series, square, Vector256.Create(scale / 5));
        series = Fma.MultiplyAdd(series, square, Vector256.Create(scale / 3));
        series = Fma.MultiplyAdd(series, square, Vector256.Create(scale));
        return Fma.MultiplyAdd(series, s, Vector256.ConvertToSingle(exponent));
    }

    // Returns how many it did; the rest, fewer than eight, is for the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Log2Vector(ReadOnlySpan<float> values, Span<float> logarithms)
    {
        ref float from = ref MemoryMarshal.GetReference(values);
        ref float to = ref MemoryMarshal.GetReference(logarithms);
        int i = 0;
        for (; i + Vector256<float>.Count <= values.Length; i += Vector256<float>.Count)
        {
            Log2(Vector256.LoadUnsafe(ref from, (nuint)i)).StoreUnsafe(ref to, (nuint)i);
        }

        return i;
    }
}
