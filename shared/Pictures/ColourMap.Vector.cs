using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pipeline.Pictures;

/// <content>Eight colours at a time; the same sums in the same order as the reference.</content>
public sealed partial class ColourMap
{
    internal static bool IsVectorSupported => Avx2.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int NearestVector(float red, float green, float blue)
    {
        ref float fromR = ref MemoryMarshal.GetArrayDataReference(reds);
        ref float fromG = ref MemoryMarshal.GetArrayDataReference(greens);
        ref float fromB = ref MemoryMarshal.GetArrayDataReference(blues);
        Vector256<float> wantedR = Vector256.Create(red), wantedG = Vector256.Create(green), wantedB = Vector256.Create(blue);
        Vector256<float> least = Vector256.Create(float.PositiveInfinity);
        Vector256<int> nearest = Vector256<int>.Zero;
        Vector256<int> places = Vector256<int>.Indices;
        for (nuint i = 0; i < Count; i += 8)
        {
            Vector256<float> r = Vector256.LoadUnsafe(ref fromR, i) - wantedR;
            Vector256<float> g = Vector256.LoadUnsafe(ref fromG, i) - wantedG;
            Vector256<float> b = Vector256.LoadUnsafe(ref fromB, i) - wantedB;
            Vector256<float> square = r * r + g * g + b * b;
            Vector256<float> isLess = Vector256.LessThan(square, least);
            least = Vector256.ConditionalSelect(isLess, square, least);
            nearest = Vector256.ConditionalSelect(isLess.AsInt32(), places, nearest);
            places += Vector256.Create(8);
        }

        int best = 0;
        for (int lane = 1; lane < 8; lane++)
        {
            if (least[lane] < least[best] || (least[lane] == least[best] && nearest[lane] < nearest[best]))
            {
                best = lane;
            }
        }

        return nearest[best];
    }
}
