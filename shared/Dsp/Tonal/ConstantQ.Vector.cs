using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Tonal;

/// <content>Sixteen frames side by side: each weight is multiplied with all of them, and nothing is summed across.</content>
public sealed partial class ConstantQ
{
    private const int Lanes = 8;

    private static bool IsVectorSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private void FilterVector(ConstantQKernel kernel, float gain)
    {
        ref float weightsRe = ref MemoryMarshal.GetArrayDataReference(kernel.Real);
        ref float weightsIm = ref MemoryMarshal.GetArrayDataReference(kernel.Imaginary);
        ref float bandRe = ref MemoryMarshal.GetArrayDataReference(bandReal);
        ref float bandIm = ref MemoryMarshal.GetArrayDataReference(bandImaginary);
        ref float to = ref MemoryMarshal.GetArrayDataReference(responses);
        for (int f = 0; f < kernel.Filters; f++)
        {
            Vector256<float> re0 = default, re1 = default, im0 = default, im1 = default;
            nuint place = (nuint)((kernel.First[f] - kernel.LowestBin) * Batch);
            for (int w = kernel.Start[f]; w < kernel.Start[f + 1]; w++, place += Batch)
            {
                var a = Vector256.Create(Unsafe.Add(ref weightsRe, w));
                var b = Vector256.Create(Unsafe.Add(ref weightsIm, w));
                var x0 = Vector256.LoadUnsafe(ref bandRe, place);
                var x1 = Vector256.LoadUnsafe(ref bandRe, place + Lanes);
                var y0 = Vector256.LoadUnsafe(ref bandIm, place);
                var y1 = Vector256.LoadUnsafe(ref bandIm, place + Lanes);
                re0 = Vector256.MultiplyAddEstimate(a, x0, Vector256.MultiplyAddEstimate(-b, y0, re0));
                re1 = Vector256.MultiplyAddEstimate(a, x1, Vector256.MultiplyAddEstimate(-b, y1, re1));
                im0 = Vector256.MultiplyAddEstimate(a, y0, Vector256.MultiplyAddEstimate(b, x0, im0));
                im1 = Vector256.MultiplyAddEstimate(a, y1, Vector256.MultiplyAddEstimate(b, x1, im1));
            }

            (Vector256.Sqrt(re0 * re0 + im0 * im0) * gain).StoreUnsafe(ref to, (nuint)(f * Batch));
            (Vector256.Sqrt(re1 * re1 + im1 * im1) * gain).StoreUnsafe(ref to, (nuint)(f * Batch + Lanes));
        }
    }
}
