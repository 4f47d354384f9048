using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp;

/// <content>Many bins at once. Each method returns the first bin that is left to the reference.</content>
public sealed partial class PhaseVocoder
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private static int PartVector(ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Column column)
    {
        ref float fromRe = ref MemoryMarshal.GetReference(real), fromIm = ref MemoryMarshal.GetReference(imaginary);
        ref float toRe = ref MemoryMarshal.GetArrayDataReference(column.Re), toIm = ref MemoryMarshal.GetArrayDataReference(column.Im);
        ref float toMagnitude = ref MemoryMarshal.GetArrayDataReference(column.Magnitude);
        nuint k = 0, length = (nuint)real.Length;
        if (Avx512F.IsSupported)
        {
            for (; k + 16 <= length; k += 16)
            {
                Vector512<float> re = Vector512.LoadUnsafe(ref fromRe, k), im = Vector512.LoadUnsafe(ref fromIm, k);
                Vector512<float> magnitude = Vector512.Sqrt(re * re + im * im), inverse = Vector512<float>.One / magnitude;
                Vector512<float> isSome = Vector512.GreaterThan(magnitude, Vector512<float>.Zero);
                magnitude.StoreUnsafe(ref toMagnitude, k);
                Vector512.ConditionalSelect(isSome, re * inverse, Vector512<float>.One).StoreUnsafe(ref toRe, k);
                Vector512.ConditionalSelect(isSome, im * inverse, Vector512<float>.Zero).StoreUnsafe(ref toIm, k);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; k + 8 <= length; k += 8)
            {
                Vector256<float> re = Vector256.LoadUnsafe(ref fromRe, k), im = Vector256.LoadUnsafe(ref fromIm, k);
                Vector256<float> magnitude = Vector256.Sqrt(re * re + im * im), inverse = Vector256<float>.One / magnitude;
                Vector256<float> isSome = Vector256.GreaterThan(magnitude, Vector256<float>.Zero);
                magnitude.StoreUnsafe(ref toMagnitude, k);
                Vector256.ConditionalSelect(isSome, re * inverse, Vector256<float>.One).StoreUnsafe(ref toRe, k);
                Vector256.ConditionalSelect(isSome, im * inverse, Vector256<float>.Zero).StoreUnsafe(ref toIm, k);
            }
        }

        return (int)k;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private int NextVector(float share, Span<float> real, Span<float> imaginary)
    {
        ref float toRe = ref MemoryMarshal.GetReference(real), toIm = ref MemoryMarshal.GetReference(imaginary);
        ref float phaseRe = ref MemoryMarshal.GetArrayDataReference(this.phaseRe), phaseIm = ref MemoryMarshal.GetArrayDataReference(this.phaseIm);
        ref float beforeRe = ref MemoryMarshal.GetArrayDataReference(before.Re), beforeIm = ref MemoryMarshal.GetArrayDataReference(before.Im);
        ref float afterRe = ref MemoryMarshal.GetArrayDataReference(after.Re), afterIm = ref MemoryMarshal.GetArrayDataReference(after.Im);
        ref float earlier = ref MemoryMarshal.GetArrayDataReference(before.Magnitude), later = ref MemoryMarshal.GetArrayDataReference(after.Magnitude);
        nuint k = 0, length = (nuint)real.Length;
        if (Avx512F.IsSupported)
        {
            for (; k + 16 <= length; k += 16)
            {
                Vector512<float> low = Vector512.LoadUnsafe(ref earlier, k), magnitude = low + (Vector512.LoadUnsafe(ref later, k) - low) * share;
                Vector512<float> re = Vector512.LoadUnsafe(ref phaseRe, k), im = Vector512.LoadUnsafe(ref phaseIm, k);
                (magnitude * re).StoreUnsafe(ref toRe, k);
                (magnitude * im).StoreUnsafe(ref toIm, k);
                Vector512<float> ar = Vector512.LoadUnsafe(ref beforeRe, k), ai = Vector512.LoadUnsafe(ref beforeIm, k);
                Vector512<float> br = Vector512.LoadUnsafe(ref afterRe, k), bi = Vector512.LoadUnsafe(ref afterIm, k);
                Vector512<float> advanceRe = br * ar + bi * ai, advanceIm = bi * ar - br * ai;
                (re, im) = (re * advanceRe - im * advanceIm, re * advanceIm + im * advanceRe);
                Vector512<float> correction = Vector512.Create(1.5f) - (re * re + im * im) * 0.5f;
                (re * correction).StoreUnsafe(ref phaseRe, k);
                (im * correction).StoreUnsafe(ref phaseIm, k);
            }
        }

        if (Avx2.IsSupported)
        {
            for (; k + 8 <= length; k += 8)
            {
                Vector256<float> low = Vector256.LoadUnsafe(ref earlier, k), magnitude = low + (Vector256.LoadUnsafe(ref later, k) - low) * share;
                Vector256<float> re = Vector256.LoadUnsafe(ref phaseRe, k), im = Vector256.LoadUnsafe(ref phaseIm, k);
                (magnitude * re).StoreUnsafe(ref toRe, k);
                (magnitude * im).StoreUnsafe(ref toIm, k);
                Vector256<float> ar = Vector256.LoadUnsafe(ref beforeRe, k), ai = Vector256.LoadUnsafe(ref beforeIm, k);
                Vector256<float> br = Vector256.LoadUnsafe(ref afterRe, k), bi = Vector256.LoadUnsafe(ref afterIm, k);
                Vector256<float> advanceRe = br * ar + bi * ai, advanceIm = bi * ar - br * ai;
                (re, im) = (re * advanceRe - im * advanceIm, re * advanceIm + im * advanceRe);
                Vector256<float> correction = Vector256.Create(1.5f) - (re * re + im * im) * 0.5f;
                (re * correction).StoreUnsafe(ref phaseRe, k);
                (im * correction).StoreUnsafe(ref phaseIm, k);
            }
        }

        return (int)k;
    }
}
