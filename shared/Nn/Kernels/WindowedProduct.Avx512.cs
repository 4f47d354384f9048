using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Kernels;

/// <summary>The windowed product with vectors of 512 bits. Sums stay in registers as locals of their own: an array of them would be spilt to memory.</summary>
internal static unsafe class WindowedProductAvx512
{
    /// <summary>Rows from <paramref name="first"/> to before <paramref name="end"/>. The last tile reaches back where rows are left over.</summary>
    public static void Panel(int first, int end, int width, in Windows a, float* packed, float* start, float* c, int ldc)
    {
        int tile = width == 64 ? 6 : width == 32 ? 12 : 24;
        if (end - first < tile)
        {
            for (int r = first; r < end; r++)
            {
                WindowedProduct.Row(width, a, r, packed, start, c + (long)r * ldc);
            }

            return;
        }

        for (int next = first; next < end; next += tile)
        {
            int r = Math.Min(next, end - tile);
            float* from = a.First + (long)r * a.Pitch;
            float* to = c + (long)r * ldc;
            if (width == 64)
            {
                Rows6x64(a.Depth, a.Lines, from, a.Pitch, a.Line, packed, start, to, ldc);
            }
            else if (width == 32)
            {
                Rows12x32(a.Depth, a.Lines, from, a.Pitch, a.Line, packed, start, to, ldc);
            }
            else
            {
                Rows24x16(a.Depth, a.Lines, from, a.Pitch, a.Line, packed, start, to, ldc);
            }
        }
    }

    // 6 rows, 64 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows6x64(nint depth, nint lines, float* a, nint lda, nint line, float* b, float* start, float* c, nint ldc)
    {
        V s0 = Vector512.Load(start), s1 = Vector512.Load(start + 16), s2 = Vector512.Load(start + 32), s3 = Vector512.Load(start + 48);
        V c0_0 = s0, c0_1 = s1, c0_2 = s2, c0_3 = s3;
        V c1_0 = s0, c1_1 = s1, c1_2 = s2, c1_3 = s3;
        V c2_0 = s0, c2_1 = s1, c2_2 = s2, c2_3 = s3;
        V c3_0 = s0, c3_1 = s1, c3_2 = s2, c3_3 = s3;
        V c4_0 = s0, c4_1 = s1, c4_2 = s2, c4_3 = s3;
        V c5_0 = s0, c5_1 = s1, c5_2 = s2, c5_3 = s3;
        nint l1 = lda, l2 = lda * 2, l3 = lda * 3;
        for (; lines > 0; lines--, a += line)
        {
            float* a0 = a, end = a + depth, a1 = a + lda * 4;
            while (a0 < end)
            {
                V t, b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16), b2 = Vector512.Load(b + 32), b3 = Vector512.Load(b + 48);
                b += 64;
                t = Vector512.Create(*a0);
                c0_0 = Avx512F.FusedMultiplyAdd(t, b0, c0_0);
                c0_1 = Avx512F.FusedMultiplyAdd(t, b1, c0_1);
                c0_2 = Avx512F.FusedMultiplyAdd(t, b2, c0_2);
                c0_3 = Avx512F.FusedMultiplyAdd(t, b3, c0_3);
                t = Vector512.Create(a0[l1]);
                c1_0 = Avx512F.FusedMultiplyAdd(t, b0, c1_0);
                c1_1 = Avx512F.FusedMultiplyAdd(t, b1, c1_1);
                c1_2 = Avx512F.FusedMultiplyAdd(t, b2, c1_2);
                c1_3 = Avx512F.FusedMultiplyAdd(t, b3, c1_3);
                t = Vector512.Create(a0[l2]);
                c2_0 = Avx512F.FusedMultiplyAdd(t, b0, c2_0);
                c2_1 = Avx512F.FusedMultiplyAdd(t, b1, c2_1);
                c2_2 = Avx512F.FusedMultiplyAdd(t, b2, c2_2);
                c2_3 = Avx512F.FusedMultiplyAdd(t, b3, c2_3);
                t = Vector512.Create(a0[l3]);
                c3_0 = Avx512F.FusedMultiplyAdd(t, b0, c3_0);
                c3_1 = Avx512F.FusedMultiplyAdd(t, b1, c3_1);
                c3_2 = Avx512F.FusedMultiplyAdd(t, b2, c3_2);
                c3_3 = Avx512F.FusedMultiplyAdd(t, b3, c3_3);
                t = Vector512.Create(*a1);
                c4_0 = Avx512F.FusedMultiplyAdd(t, b0, c4_0);
                c4_1 = Avx512F.FusedMultiplyAdd(t, b1, c4_1);
                c4_2 = Avx512F.FusedMultiplyAdd(t, b2, c4_2);
                c4_3 = Avx512F.FusedMultiplyAdd(t, b3, c4_3);
                t = Vector512.Create(a1[l1]);
                c5_0 = Avx512F.FusedMultiplyAdd(t, b0, c5_0);
                c5_1 = Avx512F.FusedMultiplyAdd(t, b1, c5_1);
                c5_2 = Avx512F.FusedMultiplyAdd(t, b2, c5_2);
                c5_3 = Avx512F.FusedMultiplyAdd(t, b3, c5_3);
                a0++;
                a1++;
            }
        }

        c0_0.Store(c);
        c0_1.Store(c + 16);
        c0_2.Store(c + 32);
        c0_3.Store(c + 48);
        c += ldc;
        c1_0.Store(c);
        c1_1.Store(c + 16);
        c1_2.Store(c + 32);
        c1_3.Store(c + 48);
        c += ldc;
        c2_0.Store(c);
        c2_1.Store(c + 16);
        c2_2.Store(c + 32);
        c2_3.Store(c + 48);
        c += ldc;
        c3_0.Store(c);
        c3_1.Store(c + 16);
        c3_2.Store(c + 32);
        c3_3.Store(c + 48);
        c += ldc;
        c4_0.Store(c);
        c4_1.Store(c + 16);
        c4_2.Store(c + 32);
        c4_3.Store(c + 48);
        c += ldc;
        c5_0.Store(c);
        c5_1.Store(c + 16);
        c5_2.Store(c + 32);
        c5_3.Store(c + 48);
    }

    // 12 rows, 32 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows12x32(nint depth, nint lines, float* a, nint lda, nint line, float* b, float* start, float* c, nint ldc)
    {
        V s0 = Vector512.Load(start), s1 = Vector512.Load(start + 16);
        V c0_0 = s0, c0_1 = s1;
        V c1_0 = s0, c1_1 = s1;
        V c2_0 = s0, c2_1 = s1;
        V c3_0 = s0, c3_1 = s1;
        V c4_0 = s0, c4_1 = s1;
        V c5_0 = s0, c5_1 = s1;
        V c6_0 = s0, c6_1 = s1;
        V c7_0 = s0, c7_1 = s1;
        V c8_0 = s0, c8_1 = s1;
        V c9_0 = s0, c9_1 = s1;
        V c10_0 = s0, c10_1 = s1;
        V c11_0 = s0, c11_1 = s1;
        nint l1 = lda, l2 = lda * 2, l3 = lda * 3;
        for (; lines > 0; lines--, a += line)
        {
            float* a0 = a, end = a + depth, a1 = a + lda * 4, a2 = a + lda * 8;
            while (a0 < end)
            {
                V t, b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16);
                b += 32;
                t = Vector512.Create(*a0);
                c0_0 = Avx512F.FusedMultiplyAdd(t, b0, c0_0);
                c0_1 = Avx512F.FusedMultiplyAdd(t, b1, c0_1);
                t = Vector512.Create(a0[l1]);
                c1_0 = Avx512F.FusedMultiplyAdd(t, b0, c1_0);
                c1_1 = Avx512F.FusedMultiplyAdd(t, b1, c1_1);
                t = Vector512.Create(a0[l2]);
                c2_0 = Avx512F.FusedMultiplyAdd(t, b0, c2_0);
                c2_1 = Avx512F.FusedMultiplyAdd(t, b1, c2_1);
                t = Vector512.Create(a0[l3]);
                c3_0 = Avx512F.FusedMultiplyAdd(t, b0, c3_0);
                c3_1 = Avx512F.FusedMultiplyAdd(t, b1, c3_1);
                t = Vector512.Create(*a1);
                c4_0 = Avx512F.FusedMultiplyAdd(t, b0, c4_0);
                c4_1 = Avx512F.FusedMultiplyAdd(t, b1, c4_1);
                t = Vector512.Create(a1[l1]);
                c5_0 = Avx512F.FusedMultiplyAdd(t, b0, c5_0);
                c5_1 = Avx512F.FusedMultiplyAdd(t, b1, c5_1);
                t = Vector512.Create(a1[l2]);
                c6_0 = Avx512F.FusedMultiplyAdd(t, b0, c6_0);
                c6_1 = Avx512F.FusedMultiplyAdd(t, b1, c6_1);
                t = Vector512.Create(a1[l3]);
                c7_0 = Avx512F.FusedMultiplyAdd(t, b0, c7_0);
                c7_1 = Avx512F.FusedMultiplyAdd(t, b1, c7_1);
                t = Vector512.Create(*a2);
                c8_0 = Avx512F.FusedMultiplyAdd(t, b0, c8_0);
                c8_1 = Avx512F.FusedMultiplyAdd(t, b1, c8_1);
                t = Vector512.Create(a2[l1]);
                c9_0 = Avx512F.FusedMultiplyAdd(t, b0, c9_0);
                c9_1 = Avx512F.FusedMultiplyAdd(t, b1, c9_1);
                t = Vector512.Create(a2[l2]);
                c10_0 = Avx512F.FusedMultiplyAdd(t, b0, c10_0);
                c10_1 = Avx512F.FusedMultiplyAdd(t, b1, c10_1);
                t = Vector512.Create(a2[l3]);
                c11_0 = Avx512F.FusedMultiplyAdd(t, b0, c11_0);
                c11_1 = Avx512F.FusedMultiplyAdd(t, b1, c11_1);
                a0++;
                a1++;
                a2++;
            }
        }

        c0_0.Store(c);
        c0_1.Store(c + 16);
        c += ldc;
        c1_0.Store(c);
        c1_1.Store(c + 16);
        c += ldc;
        c2_0.Store(c);
        c2_1.Store(c + 16);
        c += ldc;
        c3_0.Store(c);
        c3_1.Store(c + 16);
        c += ldc;
        c4_0.Store(c);
        c4_1.Store(c + 16);
        c += ldc;
        c5_0.Store(c);
        c5_1.Store(c + 16);
        c += ldc;
        c6_0.Store(c);
        c6_1.Store(c + 16);
        c += ldc;
        c7_0.Store(c);
        c7_1.Store(c + 16);
        c += ldc;
        c8_0.Store(c);
        c8_1.Store(c + 16);
        c += ldc;
        c9_0.Store(c);
        c9_1.Store(c + 16);
        c += ldc;
        c10_0.Store(c);
        c10_1.Store(c + 16);
        c += ldc;
        c11_0.Store(c);
        c11_1.Store(c + 16);
    }

    // 24 rows, 16 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows24x16(nint depth, nint lines, float* a, nint lda, nint line, float* b, float* start, float* c, nint ldc)
    {
        V s0 = Vector512.Load(start);
        V c0_0 = s0;
        V c1_0 = s0;
        V c2_0 = s0;
        V c3_0 = s0;
        V c4_0 = s0;
        V c5_0 = s0;
        V c6_0 = s0;
        V c7_0 = s0;
        V c8_0 = s0;
        V c9_0 = s0;
        V c10_0 = s0;
        V c11_0 = s0;
        V c12_0 = s0;
        V c13_0 = s0;
        V c14_0 = s0;
        V c15_0 = s0;
        V c16_0 = s0;
        V c17_0 = s0;
        V c18_0 = s0;
        V c19_0 = s0;
        V c20_0 = s0;
        V c21_0 = s0;
        V c22_0 = s0;
        V c23_0 = s0;
        nint l1 = lda, l2 = lda * 2, l3 = lda * 3;
        for (; lines > 0; lines--, a += line)
        {
            float* a0 = a, end = a + depth, a1 = a + lda * 4, a2 = a + lda * 8, a3 = a + lda * 12, a4 = a + lda * 16, a5 = a + lda * 20;
            while (a0 < end)
            {
                V t, b0 = Vector512.Load(b);
                b += 16;
                t = Vector512.Create(*a0);
                c0_0 = Avx512F.FusedMultiplyAdd(t, b0, c0_0);
                t = Vector512.Create(a0[l1]);
                c1_0 = Avx512F.FusedMultiplyAdd(t, b0, c1_0);
                t = Vector512.Create(a0[l2]);
                c2_0 = Avx512F.FusedMultiplyAdd(t, b0, c2_0);
                t = Vector512.Create(a0[l3]);
                c3_0 = Avx512F.FusedMultiplyAdd(t, b0, c3_0);
                t = Vector512.Create(*a1);
                c4_0 = Avx512F.FusedMultiplyAdd(t, b0, c4_0);
                t = Vector512.Create(a1[l1]);
                c5_0 = Avx512F.FusedMultiplyAdd(t, b0, c5_0);
                t = Vector512.Create(a1[l2]);
                c6_0 = Avx512F.FusedMultiplyAdd(t, b0, c6_0);
                t = Vector512.Create(a1[l3]);
                c7_0 = Avx512F.FusedMultiplyAdd(t, b0, c7_0);
                t = Vector512.Create(*a2);
                c8_0 = Avx512F.FusedMultiplyAdd(t, b0, c8_0);
                t = Vector512.Create(a2[l1]);
                c9_0 = Avx512F.FusedMultiplyAdd(t, b0, c9_0);
                t = Vector512.Create(a2[l2]);
                c10_0 = Avx512F.FusedMultiplyAdd(t, b0, c10_0);
                t = Vector512.Create(a2[l3]);
                c11_0 = Avx512F.FusedMultiplyAdd(t, b0, c11_0);
                t = Vector512.Create(*a3);
                c12_0 = Avx512F.FusedMultiplyAdd(t, b0, c12_0);
                t = Vector512.Create(a3[l1]);
                c13_0 = Avx512F.FusedMultiplyAdd(t, b0, c13_0);
                t = Vector512.Create(a3[l2]);
                c14_0 = Avx512F.FusedMultiplyAdd(t, b0, c14_0);
                t = Vector512.Create(a3[l3]);
                c15_0 = Avx512F.FusedMultiplyAdd(t, b0, c15_0);
                t = Vector512.Create(*a4);
                c16_0 = Avx512F.FusedMultiplyAdd(t, b0, c16_0);
                t = Vector512.Create(a4[l1]);
                c17_0 = Avx512F.FusedMultiplyAdd(t, b0, c17_0);
                t = Vector512.Create(a4[l2]);
                c18_0 = Avx512F.FusedMultiplyAdd(t, b0, c18_0);
                t = Vector512.Create(a4[l3]);
                c19_0 = Avx512F.FusedMultiplyAdd(t, b0, c19_0);
                t = Vector512.Create(*a5);
                c20_0 = Avx512F.FusedMultiplyAdd(t, b0, c20_0);
                t = Vector512.Create(a5[l1]);
                c21_0 = Avx512F.FusedMultiplyAdd(t, b0, c21_0);
                t = Vector512.Create(a5[l2]);
                c22_0 = Avx512F.FusedMultiplyAdd(t, b0, c22_0);
                t = Vector512.Create(a5[l3]);
                c23_0 = Avx512F.FusedMultiplyAdd(t, b0, c23_0);
                a0++;
                a1++;
                a2++;
                a3++;
                a4++;
                a5++;
            }
        }

        c0_0.Store(c);
        c += ldc;
        c1_0.Store(c);
        c += ldc;
        c2_0.Store(c);
        c += ldc;
        c3_0.Store(c);
        c += ldc;
        c4_0.Store(c);
        c += ldc;
        c5_0.Store(c);
        c += ldc;
        c6_0.Store(c);
        c += ldc;
        c7_0.Store(c);
        c += ldc;
        c8_0.Store(c);
        c += ldc;
        c9_0.Store(c);
        c += ldc;
        c10_0.Store(c);
        c += ldc;
        c11_0.Store(c);
        c += ldc;
        c12_0.Store(c);
        c += ldc;
        c13_0.Store(c);
        c += ldc;
        c14_0.Store(c);
        c += ldc;
        c15_0.Store(c);
        c += ldc;
        c16_0.Store(c);
        c += ldc;
        c17_0.Store(c);
        c += ldc;
        c18_0.Store(c);
        c += ldc;
        c19_0.Store(c);
        c += ldc;
        c20_0.Store(c);
        c += ldc;
        c21_0.Store(c);
        c += ldc;
        c22_0.Store(c);
        c += ldc;
        c23_0.Store(c);
    }
}
