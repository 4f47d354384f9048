using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Dsp.Tonal;

/// <content>Thirty-two values at a time, whose sums stay in registers while the window passes by.</content>
public sealed partial class ChromaCens
{
    private const int Lanes = 8;
    private const int Block = 4 * Lanes;

    private static bool IsVectorSupported => Avx2.IsSupported;

    // Returns how many values it did.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // vectors are not compiled ahead of time
    private int SmoothVector(float[] steps, FrameMatrix smooth)
    {
        ref float from = ref MemoryMarshal.GetArrayDataReference(steps);
        ref float to = ref MemoryMarshal.GetArrayDataReference(smooth.Values);
        int i = 0;
        for (; i + Block <= smooth.Values.Length; i += Block)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            for (int j = 0; j < window.Length; j++)
            {
                var weight = Vector256.Create(window[j]);
                nuint place = (nuint)(i + j * smooth.Width);
                a = Vector256.MultiplyAddEstimate(weight, Vector256.LoadUnsafe(ref from, place), a);
                b = Vector256.MultiplyAddEstimate(weight, Vector256.LoadUnsafe(ref from, place + Lanes), b);
                c = Vector256.MultiplyAddEstimate(weight, Vector256.LoadUnsafe(ref from, place + 2 * Lanes), c);
                d = Vector256.MultiplyAddEstimate(weight, Vector256.LoadUnsafe(ref from, place + 3 * Lanes), d);
            }

            a.StoreUnsafe(ref to, (nuint)i);
            b.StoreUnsafe(ref to, (nuint)(i + Lanes));
            c.StoreUnsafe(ref to, (nuint)(i + 2 * Lanes));
            d.StoreUnsafe(ref to, (nuint)(i + 3 * Lanes));
        }

        return i;
    }
}
