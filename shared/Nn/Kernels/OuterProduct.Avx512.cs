using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace Pipeline.Nn.Kernels;

/// <summary>The sum of outer products with vectors of 512 bits. Sums stay in registers as locals of their own: an array of them would be spilt to memory.</summary>
internal static unsafe class OuterProductAvx512
{
    /// <summary>Adds to a block of <see cref="OuterProduct.Tile"/> rows and <paramref name="width"/> columns.</summary>
    public static void Block(int rows, float* a, int lda, float* b, int ldb, float* c, int width)
    {
        if (width == 64)
        {
            Block6x64(rows, a, lda, b, ldb, c, width);
            Block6x64(rows, a + 6, lda, b, ldb, c + 6 * 64, width);
        }
        else if (width == 32)
        {
            Block12x32(rows, a, lda, b, ldb, c, width);
        }
        else
        {
            Block12x16(rows, a, lda, b, ldb, c, width);
        }
    }

    // 6 rows, 64 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6x64(nint rows, float* a, nint lda, float* b, nint ldb, float* c, nint ldc)
    {
        float* to = c;
        V c0_0 = Vector512.Load(to), c0_1 = Vector512.Load(to + 16), c0_2 = Vector512.Load(to + 32), c0_3 = Vector512.Load(to + 48);
        to += ldc;
        V c1_0 = Vector512.Load(to), c1_1 = Vector512.Load(to + 16), c1_2 = Vector512.Load(to + 32), c1_3 = Vector512.Load(to + 48);
        to += ldc;
        V c2_0 = Vector512.Load(to), c2_1 = Vector512.Load(to + 16), c2_2 = Vector512.Load(to + 32), c2_3 = Vector512.Load(to + 48);
        to += ldc;
        V c3_0 = Vector512.Load(to), c3_1 = Vector512.Load(to + 16), c3_2 = Vector512.Load(to + 32), c3_3 = Vector512.Load(to + 48);
        to += ldc;
        V c4_0 = Vector512.Load(to), c4_1 = Vector512.Load(to + 16), c4_2 = Vector512.Load(to + 32), c4_3 = Vector512.Load(to + 48);
        to += ldc;
        V c5_0 = Vector512.Load(to), c5_1 = Vector512.Load(to + 16), c5_2 = Vector512.Load(to + 32), c5_3 = Vector512.Load(to + 48);
        for (; rows > 0; rows--, a += lda, b += ldb)
        {
            V t, b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16), b2 = Vector512.Load(b + 32), b3 = Vector512.Load(b + 48);
            t = Vector512.Create(a[0]);
            c0_0 = Avx512F.FusedMultiplyAdd(t, b0, c0_0);
            c0_1 = Avx512F.FusedMultiplyAdd(t, b1, c0_1);
            c0_2 = Avx512F.FusedMultiplyAdd(t, b2, c0_2);
            c0_3 = Avx512F.FusedMultiplyAdd(t, b3, c0_3);
            t = Vector512.Create(a[1]);
            c1_0 = Avx512F.FusedMultiplyAdd(t, b0, c1_0);
            c1_1 = Avx512F.FusedMultiplyAdd(t, b1, c1_1);
            c1_2 = Avx512F.FusedMultiplyAdd(t, b2, c1_2);
            c1_3 = Avx512F.FusedMultiplyAdd(t, b3, c1_3);
            t = Vector512.Create(a[2]);
            c2_0 = Avx512F.FusedMultiplyAdd(t, b0, c2_0);
            c2_1 = Avx512F.FusedMultiplyAdd(t, b1, c2_1);
            c2_2 = Avx512F.FusedMultiplyAdd(t, b2, c2_2);
            c2_3 = Avx512F.FusedMultiplyAdd(t, b3, c2_3);
            t = Vector512.Create(a[3]);
            c3_0 = Avx512F.FusedMultiplyAdd(t, b0, c3_0);
            c3_1 = Avx512F.FusedMultiplyAdd(t, b1, c3_1);
            c3_2 = Avx512F.FusedMultiplyAdd(t, b2, c3_2);
            c3_3 = Avx512F.FusedMultiplyAdd(t, b3, c3_3);
            t = Vector512.Create(a[4]);
            c4_0 = Avx512F.FusedMultiplyAdd(t, b0, c4_0);
            c4_1 = Avx512F.FusedMultiplyAdd(t, b1, c4_1);
            c4_2 = Avx512F.FusedMultiplyAdd(t, b2, c4_2);
            c4_3 = Avx512F.FusedMultiplyAdd(t, b3, c4_3);
            t = Vector512.Create(a[5]);
            c5_0 = Avx512F.FusedMultiplyAdd(t, b0, c5_0);
            c5_1 = Avx512F.FusedMultiplyAdd(t, b1, c5_1);
            c5_2 = Avx512F.FusedMultiplyAdd(t, b2, c5_2);
            c5_3 = Avx512F.FusedMultiplyAdd(t, b3, c5_3);
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
    private static void Block12x32(nint rows, float* a, nint lda, float* b, nint ldb, float* c, nint ldc)
    {
        float* to = c;
        V c0_0 = Vector512.Load(to), c0_1 = Vector512.Load(to + 16);
        to += ldc;
        V c1_0 = Vector512.Load(to), c1_1 = Vector512.Load(to + 16);
        to += ldc;
        V c2_0 = Vector512.Load(to), c2_1 = Vector512.Load(to + 16);
        to += ldc;
        V c3_0 = Vector512.Load(to), c3_1 = Vector512.Load(to + 16);
        to += ldc;
        V c4_0 = Vector512.Load(to), c4_1 = Vector512.Load(to + 16);
        to += ldc;
        V c5_0 = Vector512.Load(to), c5_1 = Vector512.Load(to + 16);
        to += ldc;
        V c6_0 = Vector512.Load(to), c6_1 = Vector512.Load(to + 16);
        to += ldc;
        V c7_0 = Vector512.Load(to), c7_1 = Vector512.Load(to + 16);
        to += ldc;
        V c8_0 = Vector512.Load(to), c8_1 = Vector512.Load(to + 16);
        to += ldc;
        V c9_0 = Vector512.Load(to), c9_1 = Vector512.Load(to + 16);
        to += ldc;
        V c10_0 = Vector512.Load(to), c10_1 = Vector512.Load(to + 16);
        to += ldc;
        V c11_0 = Vector512.Load(to), c11_1 = Vector512.Load(to + 16);
        for (; rows > 0; rows--, a += lda, b += ldb)
        {
            V t, b0 = Vector512.Load(b), b1 = Vector512.Load(b + 16);
            t = Vector512.Create(a[0]);
            c0_0 = Avx512F.FusedMultiplyAdd(t, b0, c0_0);
            c0_1 = Avx512F.FusedMultiplyAdd(t, b1, c0_1);
            t = Vector512.Create(a[1]);
            c1_0 = Avx512F.FusedMultiplyAdd(t, b0, c1_0);
            c1_1 = Avx512F.FusedMultiplyAdd(t, b1, c1_1);
            t = Vector512.Create(a[2]);
            c2_0 = Avx512F.FusedMultiplyAdd(t, b0, c2_0);
            c2_1 = Avx512F.FusedMultiplyAdd(t, b1, c2_1);
            t = Vector512.Create(a[3]);
            c3_0 = Avx512F.FusedMultiplyAdd(t, b0, c3_0);
            c3_1 = Avx512F.FusedMultiplyAdd(t, b1, c3_1);
            t = Vector512.Create(a[4]);
            c4_0 = Avx512F.FusedMultiplyAdd(t, b0, c4_0);
            c4_1 = Avx512F.FusedMultiplyAdd(t, b1, c4_1);
            t = Vector512.Create(a[5]);
            c5_0 = Avx512F.FusedMultiplyAdd(t, b0, c5_0);
            c5_1 = Avx512F.FusedMultiplyAdd(t, b1, c5_1);
            t = Vector512.Create(a[6]);
            c6_0 = Avx512F.FusedMultiplyAdd(t, b0, c6_0);
            c6_1 = Avx512F.FusedMultiplyAdd(t, b1, c6_1);
            t = Vector512.Create(a[7]);
            c7_0 = Avx512F.FusedMultiplyAdd(t, b0, c7_0);
            c7_1 = Avx512F.FusedMultiplyAdd(t, b1, c7_1);
            t = Vector512.Create(a[8]);
            c8_0 = Avx512F.FusedMultiplyAdd(t, b0, c8_0);
            c8_1 = Avx512F.FusedMultiplyAdd(t, b1, c8_1);
            t = Vector512.Create(a[9]);
            c9_0 = Avx512F.FusedMultiplyAdd(t, b0, c9_0);
            c9_1 = Avx512F.FusedMultiplyAdd(t, b1, c9_1);
            t = Vector512.Create(a[10]);
            c10_0 = Avx512F.FusedMultiplyAdd(t, b0, c10_0);
            c10_1 = Avx512F.FusedMultiplyAdd(t, b1, c10_1);
            t = Vector512.Create(a[11]);
            c11_0 = Avx512F.FusedMultiplyAdd(t, b0, c11_0);
            c11_1 = Avx512F.FusedMultiplyAdd(t, b1, c11_1);
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

    // 12 rows, 16 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block12x16(nint rows, float* a, nint lda, float* b, nint ldb, float* c, nint ldc)
    {
        float* to = c;
        V c0_0 = Vector512.Load(to);
        to += ldc;
        V c1_0 = Vector512.Load(to);
        to += ldc;
        V c2_0 = Vector512.Load(to);
        to += ldc;
        V c3_0 = Vector512.Load(to);
        to += ldc;
        V c4_0 = Vector512.Load(to);
        to += ldc;
        V c5_0 = Vector512.Load(to);
        to += ldc;
        V c6_0 = Vector512.Load(to);
        to += ldc;
        V c7_0 = Vector512.Load(to);
        to += ldc;
        V c8_0 = Vector512.Load(to);
        to += ldc;
        V c9_0 = Vector512.Load(to);
        to += ldc;
        V c10_0 = Vector512.Load(to);
        to += ldc;
        V c11_0 = Vector512.Load(to);
        for (; rows > 0; rows--, a += lda, b += ldb)
        {
            V t, b0 = Vector512.Load(b);
            t = Vector512.Create(a[0]);
            c0_0 = Avx512F.FusedMultiplyAdd(t, b0, c0_0);
            t = Vector512.Create(a[1]);
            c1_0 = Avx512F.FusedMultiplyAdd(t, b0, c1_0);
            t = Vector512.Create(a[2]);
            c2_0 = Avx512F.FusedMultiplyAdd(t, b0, c2_0);
            t = Vector512.Create(a[3]);
            c3_0 = Avx512F.FusedMultiplyAdd(t, b0, c3_0);
            t = Vector512.Create(a[4]);
            c4_0 = Avx512F.FusedMultiplyAdd(t, b0, c4_0);
            t = Vector512.Create(a[5]);
            c5_0 = Avx512F.FusedMultiplyAdd(t, b0, c5_0);
            t = Vector512.Create(a[6]);
            c6_0 = Avx512F.FusedMultiplyAdd(t, b0, c6_0);
            t = Vector512.Create(a[7]);
            c7_0 = Avx512F.FusedMultiplyAdd(t, b0, c7_0);
            t = Vector512.Create(a[8]);
            c8_0 = Avx512F.FusedMultiplyAdd(t, b0, c8_0);
            t = Vector512.Create(a[9]);
            c9_0 = Avx512F.FusedMultiplyAdd(t, b0, c9_0);
            t = Vector512.Create(a[10]);
            c10_0 = Avx512F.FusedMultiplyAdd(t, b0, c10_0);
            t = Vector512.Create(a[11]);
            c11_0 = Avx512F.FusedMultiplyAdd(t, b0, c11_0);
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
    }
}
