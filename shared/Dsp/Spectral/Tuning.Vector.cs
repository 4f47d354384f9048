using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>Eight frequencies at a time are looked at; few are peaks.</content>
public sealed partial class Tuning
{
    private static bool IsVectorSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddVector(ReadOnlySpan<float> frame)
    {
        const int lanes = 8;
        ref float value = ref MemoryMarshal.GetReference(frame);
        var threshold = Vector256.Create(Threshold * Greatest(frame));
        for (int bin = firstBin; bin < endBin; bin += lanes)
        {
            // The last vector reaches beyond the range, or else ends with it and looks again at some that are masked.
            int start = Math.Min(bin, frame.Length - 1 - lanes);
            if (start < 1)
            {
                AddReference(frame);
                return;
            }

            Vector256<float> middle = Vector256.LoadUnsafe(ref value, (nuint)start);
            Vector256<float> left = Vector256.LoadUnsafe(ref value, (nuint)(start - 1)), right = Vector256.LoadUnsafe(ref value, (nuint)(start + 1));
            Vector256<float> isPeak = Vector256.GreaterThan(middle, threshold) & Vector256.GreaterThan(middle, left) & Vector256.GreaterThanOrEqual(middle, right);
            for (uint mask = isPeak.ExtractMostSignificantBits(); mask != 0; mask &= mask - 1)
            {
                int peak = start + BitOperations.TrailingZeroCount(mask);
                if (peak >= bin && peak < endBin)
                {
                    AddPeak(peak, frame[peak - 1], frame[peak], frame[peak + 1]);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Greatest(ReadOnlySpan<float> frame)
    {
        const int lanes = 8;
        ref float value = ref MemoryMarshal.GetReference(frame);
        Vector256<float> a = Vector256<float>.Zero, b = a;
        int i = 0;
        for (; i + 2 * lanes <= frame.Length; i += 2 * lanes)
        {
            a = Vector256.Max(a, Vector256.LoadUnsafe(ref value, (nuint)i));
            b = Vector256.Max(b, Vector256.LoadUnsafe(ref value, (nuint)(i + lanes)));
        }

        a = Vector256.Max(a, b);
        float greatest = 0;
        for (int lane = 0; lane < lanes; lane++)
        {
            greatest = Math.Max(greatest, a[lane]);
        }

        for (; i < frame.Length; i++)
        {
            greatest = Math.Max(greatest, frame[i]);
        }

        return greatest;
    }
}
