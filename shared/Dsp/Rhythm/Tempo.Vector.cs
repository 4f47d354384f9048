using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Rhythm;

/// <content>Eight frames of the envelope at a time, or eight frequencies.</content>
public sealed partial class Tempo
{
    private const int Lanes = 8;

    private static bool IsVectorSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private float WindowVector(ReadOnlySpan<float> from, Span<float> to)
    {
        ref float source = ref MemoryMarshal.GetReference(from);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(window);
        ref float target = ref MemoryMarshal.GetReference(to);
        Vector256<float> squares = default;
        int i = 0;
        for (; i + Lanes <= to.Length; i += Lanes)
        {
            Vector256<float> values = Vector256.LoadUnsafe(ref source, (nuint)i) * Vector256.LoadUnsafe(ref weights, (nuint)i);
            values.StoreUnsafe(ref target, (nuint)i);
            squares = Vector256.MultiplyAddEstimate(values, values, squares);
        }

        float energy = Vector256.Sum(squares);
        for (; i < to.Length; i++)
        {
            to[i] = window[i] * from[i];
            energy += to[i] * to[i];
        }

        return energy;
    }

    // Returns how many frequencies it did.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int AddScaledVector(float scale)
    {
        ref float from = ref MemoryMarshal.GetArrayDataReference(power);
        ref float to = ref MemoryMarshal.GetArrayDataReference(powers);
        var scales = Vector256.Create(scale);
        int k = 0;
        for (; k + Lanes <= powers.Length; k += Lanes)
        {
            Vector256.MultiplyAddEstimate(scales, Vector256.LoadUnsafe(ref from, (nuint)k), Vector256.LoadUnsafe(ref to, (nuint)k)).StoreUnsafe(ref to, (nuint)k);
        }

        return k;
    }
}
