using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>Eight coefficients of eight frames at a time: eight sums that do not wait for each other.</content>
public sealed partial class Dct
{
    private const int Lanes = 8;

    private static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    // Returns how many frames it did; the rest, fewer than eight, is for the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ApplyVector(ReadOnlySpan<float> frames, Span<float> coefficients, int count)
    {
        int t = 0;
        for (; t + Lanes <= count; t += Lanes)
        {
            ref float frame = ref MemoryMarshal.GetReference(frames[(t * Inputs)..]);
            for (int k = 0; k < Outputs; k += Lanes)
            {
                Vector256<float> a = Vector256<float>.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
                ref float weight = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(weights), k);
                for (int i = 0; i < Inputs; i++)
                {
                    Vector256<float> w = Vector256.LoadUnsafe(ref weight, (nuint)(i * stride));
                    a = Add(ref frame, i, w, a);
                    b = Add(ref frame, i + Inputs, w, b);
                    c = Add(ref frame, i + 2 * Inputs, w, c);
                    d = Add(ref frame, i + 3 * Inputs, w, d);
                    e = Add(ref frame, i + 4 * Inputs, w, e);
                    f = Add(ref frame, i + 5 * Inputs, w, f);
                    g = Add(ref frame, i + 6 * Inputs, w, g);
                    h = Add(ref frame, i + 7 * Inputs, w, h);
                }

                // A vector may reach beyond its own frame's coefficients.
                int width = Math.Min(Lanes, Outputs - k);
                Span<float> to = coefficients[(t * Outputs + k)..];
                Store(a, to, width);
                Store(b, to[Outputs..], width);
                Store(c, to[(2 * Outputs)..], width);
                Store(d, to[(3 * Outputs)..], width);
                Store(e, to[(4 * Outputs)..], width);
                Store(f, to[(5 * Outputs)..], width);
                Store(g, to[(6 * Outputs)..], width);
                Store(h, to[(7 * Outputs)..], width);
            }
        }

        return t;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> values, Span<float> to, int width)
    {
        if (width == Lanes)
        {
            values.CopyTo(to);
            return;
        }

        for (int i = 0; i < width; i++)
        {
            to[i] = values[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Add(ref float frame, int place, Vector256<float> weight, Vector256<float> sum) =>
        Fma.MultiplyAdd(Vector256.Create(Unsafe.Add(ref frame, place)), weight, sum);
}
