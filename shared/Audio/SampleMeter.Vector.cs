using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pipeline.Audio;

/// <content>
/// Extremes and squares of a piece, eight samples at a time. Squares are summed in double precision and always in the same order,
/// whatever the processor's vectors, so that every machine comes to the same number.
/// </content>
public sealed unsafe partial class SampleMeter
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Extent MeasureVector(ReadOnlySpan<float> piece)
    {
        const int largestFinite = 0x7F7F_FFFF;
        Vector256<float> high = Vector256.Create(float.NegativeInfinity), low = Vector256.Create(float.PositiveInfinity);
        Vector256<int> magnitude = Vector256<int>.Zero;
        Vector256<double> lower = Vector256<double>.Zero, upper = Vector256<double>.Zero;
        int i = 0;
        fixed (float* from = piece)
        {
            for (; i + Vector256<float>.Count <= piece.Length; i += Vector256<float>.Count)
            {
                Vector256<float> v = Vector256.Load(from + i);
                high = Vector256.MaxNative(high, v);
                low = Vector256.MinNative(low, v);
                magnitude = Vector256.Max(magnitude, v.AsInt32() & Vector256.Create(int.MaxValue));
                Vector256<double> a = Vector256.WidenLower(v), b = Vector256.WidenUpper(v);
                lower += a * a;
                upper += b * b;
            }
        }

        float highest = float.NegativeInfinity, lowest = float.PositiveInfinity;
        int largest = 0;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            highest = MathF.Max(highest, high[lane]);
            lowest = MathF.Min(lowest, low[lane]);
            largest = Math.Max(largest, magnitude[lane]);
        }

        double squares = Vector256.Sum(lower + upper);
        for (; i < piece.Length; i++)
        {
            float sample = piece[i];
            highest = MathF.Max(highest, sample);
            lowest = MathF.Min(lowest, sample);
            largest = Math.Max(largest, BitConverter.SingleToInt32Bits(sample) & int.MaxValue);
            squares += (double)sample * sample;
        }

        return new Extent(largest <= largestFinite, highest, lowest, squares);
    }
}
