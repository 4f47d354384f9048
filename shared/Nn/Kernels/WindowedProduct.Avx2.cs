using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Pipeline.Nn.Kernels;

/// <summary>The windowed product with vectors of 256 bits. Sums stay in registers as locals of their own: an array of them would be spilt to memory.</summary>
internal static unsafe class WindowedProductAvx2
{
    /// <summary>Rows from <paramref name="first"/> to before <paramref name="end"/>. The last tile reaches back where rows are left over.</summary>
    public static void Panel(int first, int end, int width, in Windows a, float* packed, float* start, float* c, int ldc)
    {
        const int tile = 6;
        for (int r = first; end - first < tile && r < end; r++)
        {
            WindowedProduct.Row(width, a, r, packed, start, c + (long)r * ldc);
        }

        for (int column = 0; end - first >= tile && column < width; column += 16)
        {
            for (int next = first; next < end; next += tile)
            {
                int r = Math.Min(next, end - tile);
                Rows6x16(a.Depth, a.Lines, a.First + (long)r * a.Pitch, a.Pitch, a.Line, packed + column, width, start + column, c + (long)r * ldc + column, ldc);
            }
        }
    }

    // 6 rows, 16 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows6x16(nint depth, nint lines, float* a, nint lda, nint line, float* b, int ldb, float* start, float* c, nint ldc)
    {
        V s0 = Vector256.Load(start), s1 = Vector256.Load(start + 8);
        V c0_0 = s0, c0_1 = s1;
        V c1_0 = s0, c1_1 = s1;
        V c2_0 = s0, c2_1 = s1;
        V c3_0 = s0, c3_1 = s1;
        V c4_0 = s0, c4_1 = s1;
        V c5_0 = s0, c5_1 = s1;
        nint l1 = lda, l2 = lda * 2, l3 = lda * 3;
        for (; lines > 0; lines--, a += line)
        {
            float* a0 = a, end = a + depth, a1 = a + lda * 4;
            while (a0 < end)
            {
                V t, b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
                b += ldb;
                t = Vector256.Create(*a0);
                c0_0 = Fma.MultiplyAdd(t, b0, c0_0);
                c0_1 = Fma.MultiplyAdd(t, b1, c0_1);
                t = Vector256.Create(a0[l1]);
                c1_0 = Fma.MultiplyAdd(t, b0, c1_0);
                c1_1 = Fma.MultiplyAdd(t, b1, c1_1);
                t = Vector256.Create(a0[l2]);
                c2_0 = Fma.MultiplyAdd(t, b0, c2_0);
                c2_1 = Fma.MultiplyAdd(t, b1, c2_1);
                t = Vector256.Create(a0[l3]);
                c3_0 = Fma.MultiplyAdd(t, b0, c3_0);
                c3_1 = Fma.MultiplyAdd(t, b1, c3_1);
                t = Vector256.Create(*a1);
                c4_0 = Fma.MultiplyAdd(t, b0, c4_0);
                c4_1 = Fma.MultiplyAdd(t, b1, c4_1);
                t = Vector256.Create(a1[l1]);
                c5_0 = Fma.MultiplyAdd(t, b0, c5_0);
                c5_1 = Fma.MultiplyAdd(t, b1, c5_1);
                a0++;
                a1++;
            }
        }

        c0_0.Store(c);
        c0_1.Store(c + 8);
        c += ldc;
        c1_0.Store(c);
        c1_1.Store(c + 8);
        c += ldc;
        c2_0.Store(c);
        c2_1.Store(c + 8);
        c += ldc;
        c3_0.Store(c);
        c3_1.Store(c + 8);
        c += ldc;
        c4_0.Store(c);
        c4_1.Store(c + 8);
        c += ldc;
        c5_0.Store(c);
        c5_1.Store(c + 8);
    }
}
