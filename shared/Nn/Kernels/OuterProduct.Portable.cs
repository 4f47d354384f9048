using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using V = System.Runtime.Intrinsics.Vector128<float>;

namespace Pipeline.Nn.Kernels;

/// <summary>The sum of outer products with vectors of 128 bits. Sums stay in registers as locals of their own: an array of them would be spilt to memory.</summary>
internal static unsafe class OuterProductPortable
{
    /// <summary>Adds to a block of <see cref="OuterProduct.Tile"/> rows and <paramref name="width"/> columns.</summary>
    public static void Block(int rows, float* a, int lda, float* b, int ldb, float* c, int width)
    {
        for (int column = 0; column < width; column += 8)
        {
            Block6x8(rows, a, lda, b + column, ldb, c + column, width);
            Block6x8(rows, a + 6, lda, b + column, ldb, c + 6 * width + column, width);
        }
    }

    // 6 rows, 8 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6x8(nint rows, float* a, nint lda, float* b, nint ldb, float* c, nint ldc)
    {
        float* to = c;
        V c0_0 = Vector128.Load(to), c0_1 = Vector128.Load(to + 4);
        to += ldc;
        V c1_0 = Vector128.Load(to), c1_1 = Vector128.Load(to + 4);
        to += ldc;
        V c2_0 = Vector128.Load(to), c2_1 = Vector128.Load(to + 4);
        to += ldc;
        V c3_0 = Vector128.Load(to), c3_1 = Vector128.Load(to + 4);
        to += ldc;
        V c4_0 = Vector128.Load(to), c4_1 = Vector128.Load(to + 4);
        to += ldc;
        V c5_0 = Vector128.Load(to), c5_1 = Vector128.Load(to + 4);
        for (; rows > 0; rows--, a += lda, b += ldb)
        {
            V t, b0 = Vector128.Load(b), b1 = Vector128.Load(b + 4);
            t = Vector128.Create(a[0]);
            c0_0 = Vector128.FusedMultiplyAdd(t, b0, c0_0);
            c0_1 = Vector128.FusedMultiplyAdd(t, b1, c0_1);
            t = Vector128.Create(a[1]);
            c1_0 = Vector128.FusedMultiplyAdd(t, b0, c1_0);
            c1_1 = Vector128.FusedMultiplyAdd(t, b1, c1_1);
            t = Vector128.Create(a[2]);
            c2_0 = Vector128.FusedMultiplyAdd(t, b0, c2_0);
            c2_1 = Vector128.FusedMultiplyAdd(t, b1, c2_1);
            t = Vector128.Create(a[3]);
            c3_0 = Vector128.FusedMultiplyAdd(t, b0, c3_0);
            c3_1 = Vector128.FusedMultiplyAdd(t, b1, c3_1);
            t = Vector128.Create(a[4]);
            c4_0 = Vector128.FusedMultiplyAdd(t, b0, c4_0);
            c4_1 = Vector128.FusedMultiplyAdd(t, b1, c4_1);
            t = Vector128.Create(a[5]);
            c5_0 = Vector128.FusedMultiplyAdd(t, b0, c5_0);
            c5_1 = Vector128.FusedMultiplyAdd(t, b1, c5_1);
        }

        c0_0.Store(c);
        c0_1.Store(c + 4);
        c += ldc;
        c1_0.Store(c);
        c1_1.Store(c + 4);
        c += ldc;
        c2_0.Store(c);
        c2_1.Store(c + 4);
        c += ldc;
        c3_0.Store(c);
        c3_1.Store(c + 4);
        c += ldc;
        c4_0.Store(c);
        c4_1.Store(c + 4);
        c += ldc;
        c5_0.Store(c);
        c5_1.Store(c + 4);
    }
}
