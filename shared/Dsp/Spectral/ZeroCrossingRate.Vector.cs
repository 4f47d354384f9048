using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Spectral;

/// <content>Sixty-four samples, a word of bits, at a time.</content>
public sealed partial class ZeroCrossingRate
{
    private static bool IsVectorSupported => Avx2.IsSupported;

    // Returns the first sample that is left to the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int MarkVector(ReadOnlySpan<float> signal, Span<ulong> bits)
    {
        ref float sample = ref MemoryMarshal.GetReference(signal);
        var zero = Vector256.Create(-threshold);
        ulong before = signal.IsEmpty || signal[0] >= -threshold ? 0UL : 1;
        int word = 0;
        for (; (word + 1) * 64 <= signal.Length; word++)
        {
            ulong negative = 0;
            for (int i = 0; i < 64; i += Vector256<float>.Count)
            {
                Vector256<float> values = Vector256.LoadUnsafe(ref sample, (nuint)(word * 64 + i));
                negative |= (ulong)Vector256.LessThan(values, zero).ExtractMostSignificantBits() << i;
            }

            bits[word] = negative ^ (negative << 1 | before);
            before = negative >> 63;
        }

        return Math.Max(1, word * 64);
    }
}
