using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Segments;

/// <content>All bands of all frames lie in one row: the frames to be added stand whole widths apart.</content>
public sealed partial class Segmenter
{
    private const int Lanes = 8;

    private static bool IsVectorSupported => Avx2.IsSupported && Fma.IsSupported;

    // Values from..to, all of which have enough frames before and after them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SmoothVector(ReadOnlySpan<float> values, Span<float> smooth, int from, int to, int width)
    {
        ref float source = ref MemoryMarshal.GetReference(values);
        ref float target = ref MemoryMarshal.GetReference(smooth);
        int reach = smoothing.Length / 2 * width;
        int i = from;
        for (; i + Lanes <= to; i += Lanes)
        {
            Vector256<float> sum = default;
            for (int k = 0; k < smoothing.Length; k++)
            {
                sum = Fma.MultiplyAdd(Vector256.Create(smoothing[k]), Vector256.LoadUnsafe(ref source, (nuint)(i - reach + k * width)), sum);
            }

            sum.StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < to; i++)
        {
            for (int k = 0; k < smoothing.Length; k++)
            {
                smooth[i] += smoothing[k] * values[i - reach + k * width];
            }
        }
    }
}
