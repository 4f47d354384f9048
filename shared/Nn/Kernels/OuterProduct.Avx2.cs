using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace Pipeline.Nn.Kernels;

/// <summary>The sum of outer products with vectors of 256 bits. Sums stay in registers as locals of their own: an array of them would be spilt to memory.</summary>
internal static unsafe class OuterProductAvx2
{
    /// <summary>Adds to a block of <see cref="OuterProduct.Tile"/> rows and <paramref name="width"/> columns.</summary>
    public static void Block(int rows, float* a, int lda, float* b, int ldb, float* c, int width)
    {
        for (int column = 0; column < width; column += 16)
        {
            Block6x16(rows, a, lda, b + column, ldb, c + column, width);
            Block6x16(rows, a + 6, lda, b + column, ldb, c + 6 * width + column, width);
        }
    }

    // 6 rows, 16 columns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block6x16(nint rows, float* a, nint lda, float* b, nint ldb, float* c, nint ldc)
    {
        float* to = c;
        V c0_0 = Vector256.Load(to), c0_1 = Vector256.Load(to + 8);
        to += ldc;
        V c1_0 = Vector256.Load(to), c1_1 = Vector256.Load(to + 8);
        to += ldc;
        V c2_0 = Vector256.Load(to), c2_1 = Vector256.Load(to + 8);
        to += ldc;
        V c3_0 = Vector256.Load(to), c3_1 = Vector256.Load(to + 8);
        to += ldc;
        V c4_0 = Vector256.Load(to), c4_1 = Vector256.Load(to + 8);
        to += ldc;
        V c5_0 = Vector256.Load(to), c5_1 = Vector256.Load(to + 8);
        for (; rows > 0; rows--, a += lda, b += ldb)
        {
            V t, b0 = Vector256.Load(b), b1 = Vector256.Load(b + 8);
            t = Vector256.Create(a[0]);
            c0_0 = Fma.MultiplyAdd(t, b0, c0_0);
            c0_1 = Fma.MultiplyAdd(t, b1, c0_1);
            t = Vector256.Create(a[1]);
            c1_0 = Fma.MultiplyAdd(t, b0, c1_0);
            c1_1 = Fma.MultiplyAdd(t, b1, c1_1);
            t = Vector256.Create(a[2]);
            c2_0 = Fma.MultiplyAdd(t, b0, c2_0);
            c2_1 = Fma.MultiplyAdd(t, b1, c2_1);
            t = Vector256.Create(a[3]);
            c3_0 = Fma.MultiplyAdd(t, b0, c3_0);
            c3_1 = Fma.MultiplyAdd(t, b1, c3_1);
            t = Vector256.Create(a[4]);
            c4_0 = Fma.MultiplyAdd(t, b0, c4_0);
            c4_1 = Fma.MultiplyAdd(t, b1, c4_1);
            t = Vector256.Create(a[5]);
            c5_0 = Fma.MultiplyAdd(t, b0, c5_0);
            c5_1 = Fma.MultiplyAdd(t, b1, c5_1);
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
