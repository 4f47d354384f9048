namespace Pipeline.Nn.Kernels;

/// <summary>
/// C += the sum over rows m of a[m] (outer) b[m], the product behind gradients of weights. A block of C is
/// <see cref="Tile"/> rows high and a panel wide. The rows are added in their order with one rounding a step, whatever the
/// instructions, so that all give the same bits.
/// </summary>
internal static unsafe class OuterProduct
{
    /// <summary>Rows of a block of C.</summary>
    public const int Tile = 12;

    /// <summary>Adds to a block of C.</summary>
    /// <param name="set">The instructions.</param>
    /// <param name="rows">Rows of a and b.</param>
    /// <param name="a">The values for the block's rows, of the first row.</param>
    /// <param name="lda">Floats from one row of a to the next.</param>
    /// <param name="b">The values for the block's columns, of the first row.</param>
    /// <param name="ldb">Floats from one row of b to the next.</param>
    /// <param name="c">The block: <see cref="Tile"/> x width floats without a gap.</param>
    /// <param name="width">Columns of the block: 64, 32 or 16.</param>
    public static void Block(KernelSet set, int rows, float* a, int lda, float* b, int ldb, float* c, int width)
    {
        switch (set)
        {
            case KernelSet.Avx512:
                OuterProductAvx512.Block(rows, a, lda, b, ldb, c, width);
                break;
            case KernelSet.Avx2:
                OuterProductAvx2.Block(rows, a, lda, b, ldb, c, width);
                break;
            case KernelSet.Portable:
                OuterProductPortable.Block(rows, a, lda, b, ldb, c, width);
                break;
            default:
                Reference(rows, a, lda, b, ldb, c, width);
                break;
        }
    }

    private static void Reference(int rows, float* a, int lda, float* b, int ldb, float* c, int width)
    {
        for (int i = 0; i < Tile; i++)
        {
            for (int j = 0; j < width; j++)
            {
                float sum = c[i * width + j];
                for (int m = 0; m < rows; m++)
                {
                    sum = MathF.FusedMultiplyAdd(a[(long)m * lda + i], b[(long)m * ldb + j], sum);
                }

                c[i * width + j] = sum;
            }
        }
    }
}
