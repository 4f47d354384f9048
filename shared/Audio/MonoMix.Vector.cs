using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Audio;

/// <content>Stereo, four frames at a time: left samples to one vector, right samples to another.</content>
public static unsafe partial class MonoMix
{
    private static bool IsVectorSupported => Sse.IsSupported || AdvSimd.Arm64.IsSupported;

    // Returns how many frames it did; the rest, fewer than four, is for the reference.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int MixStereoVector(ReadOnlySpan<float> interleaved, Span<float> mono)
    {
        int frame = 0;
        fixed (float* from = interleaved, to = mono)
        {
            for (; frame + 4 <= mono.Length; frame += 4)
            {
                Vector128<float> a = Vector128.Load(from + 2 * frame);
                Vector128<float> b = Vector128.Load(from + 2 * frame + 4);
                Vector128<float> left = Sse.IsSupported ? Sse.Shuffle(a, b, 0b10_00_10_00) : AdvSimd.Arm64.UnzipEven(a, b);
                Vector128<float> right = Sse.IsSupported ? Sse.Shuffle(a, b, 0b11_01_11_01) : AdvSimd.Arm64.UnzipOdd(a, b);
                ((left + right) * 0.5f).Store(to + frame); // halving is exact: the same as dividing by 2
            }
        }

        return frame;
    }
}
