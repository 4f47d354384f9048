using Pipeline.Nn.Kernels;

namespace Pipeline.Nn.Layers;

/// <summary>
/// A matrix of weights that rows of values are multiplied with, its transpose for the way back, and the gradient of it. Its
/// columns are a multiple of <see cref="Tensor.Lanes"/>; who fills it in leaves zeros where there is no weight.
/// </summary>
internal sealed unsafe class Matrix : IDisposable
{
    // Rows of an outer product at a time: their values stay in the first-level cache.
    private const int OuterRows = 256;

    // Rows of a sum that has a slice of its own, and the most slices.
    private const int SliceRows = 2048;
    private const int MostSlices = 8;

    // Rows of a part of a product of many rows.
    private const int ChunkRows = 4 * WindowedProduct.Tile;

    private readonly int rows;
    private readonly int columns;
    private readonly KernelSet kernels = KernelSets.Best;
    private readonly Panels panels;
    private readonly Panels turnedPanels;
    private readonly int blocks; // of rows, in an outer product
    private readonly Floats values;
    private readonly Floats packed;
    private readonly Floats none; // zeros that rows of a turned product begin with
    private Floats? turned;
    private Floats? slices;

    /// <summary>A matrix of zeros.</summary>
    public Matrix(int rows, int columns)
    {
        (this.rows, this.columns) = (rows, columns);
        panels = new Panels(columns);
        turnedPanels = new Panels(Tensor.RoundUp(rows));
        blocks = (rows + OuterProduct.Tile - 1) / OuterProduct.Tile;
        values = new Floats((long)Tensor.RoundUp(rows) * columns);
        packed = new Floats((long)rows * columns);
        none = new Floats(Tensor.RoundUp(rows));
    }

    /// <summary>The weights of a row.</summary>
    public float* Row(int row) => values.First + (long)row * columns;

    /// <summary>Makes all weights zero.</summary>
    public void Clear() => values.Span.Clear();

    /// <summary>Readies the weights for a product.</summary>
    public void Pack()
    {
        for (int row = 0; row < rows; row++)
        {
            WindowedProduct.Pack(panels, rows, row, Row(row), 1, columns, packed.First);
        }
    }

    /// <summary>Readies the weights for a product with the transpose.</summary>
    public void PackTurned()
    {
        turned ??= new Floats((long)columns * Tensor.RoundUp(rows));
        for (int column = 0; column < columns; column++)
        {
            WindowedProduct.Pack(turnedPanels, columns, column, values.First + column, columns, Tensor.RoundUp(rows), turned.First);
        }
    }

    /// <summary>Rows of c = start + a times the matrix.</summary>
    public void Multiply(int count, float* a, int lda, float* start, float* c, int ldc) =>
        WindowedProduct.Rows(kernels, 0, count, panels, new Windows { First = a, Pitch = lda, Lines = 1, Depth = rows }, packed.First, start, c, ldc);

    /// <summary>Rows of c = a times the transpose of the matrix.</summary>
    public void MultiplyTurned(int count, float* a, int lda, float* c, int ldc) =>
        WindowedProduct.Rows(kernels, 0, count, turnedPanels, new Windows { First = a, Pitch = lda, Lines = 1, Depth = columns }, turned!.First, none.First, c, ldc);

    /// <summary>The same for many rows, shared out.</summary>
    public void Multiply(Team team, int count, float* a, int lda, float* start, float* c, int ldc) =>
        Chunks(team, count, (first, some) => Multiply(some, a + (long)first * lda, lda, start, c + (long)first * ldc, ldc));

    /// <summary>The same for many rows, shared out.</summary>
    public void MultiplyTurned(Team team, int count, float* a, int lda, float* c, int ldc) =>
        Chunks(team, count, (first, some) => MultiplyTurned(some, a + (long)first * lda, lda, c + (long)first * ldc, ldc));

    /// <summary>
    /// Replaces the weights by their gradient, the sum over all rows of a (outer) b. Rows are cut into slices, whose number is a matter of
    /// the count alone; each has sums of its own, which are added in their order. Of a, a register is read past the last row.
    /// </summary>
    public void Differentiate(Team team, int count, float* a, int lda, float* b, int ldb)
    {
        int some = Math.Clamp(count / SliceRows, 1, MostSlices);
        int each = ((count + some - 1) / some + OuterRows - 1) / OuterRows * OuterRows;
        long length = (long)blocks * OuterProduct.Tile * columns;
        if (slices is null || slices.Length < some * length)
        {
            slices?.Dispose();
            slices = new Floats(some * length);
        }

        float* sums = slices.First;
        team.For(some * panels.Count, part =>
        {
            (int slice, int panel) = Math.DivRem(part, panels.Count);
            int width = panels.Width(panel);
            float* to = sums + slice * length + (long)panels.Start(panel) * blocks * OuterProduct.Tile;
            new Span<float>(to, blocks * OuterProduct.Tile * width).Clear();
            int end = Math.Min(count, (slice + 1) * each);
            for (int r = slice * each; r < end; r += OuterRows)
            {
                for (int block = 0; block < blocks; block++)
                {
                    float* from = a + (long)r * lda + block * OuterProduct.Tile;
                    float* c = to + (long)block * OuterProduct.Tile * width;
                    OuterProduct.Block(kernels, Math.Min(OuterRows, end - r), from, lda, b + (long)r * ldb + panels.Start(panel), ldb, c, width);
                }
            }
        });
        team.For(rows, row =>
        {
            for (int p = 0; p < panels.Count; p++)
            {
                int width = panels.Width(p);
                var sum = new Span<float>(Row(row) + panels.Start(p), width);
                sum.Clear();
                for (int slice = 0; slice < some; slice++)
                {
                    float* from = sums + slice * length + (long)panels.Start(p) * blocks * OuterProduct.Tile + (long)row * width;
                    for (int j = 0; j < width; j++)
                    {
                        sum[j] += from[j];
                    }
                }
            }
        });
    }

    public void Dispose()
    {
        values.Dispose();
        packed.Dispose();
        none.Dispose();
        turned?.Dispose();
        slices?.Dispose();
    }

    private static void Chunks(Team team, int count, Action<int, int> product) =>
        team.For((count + ChunkRows - 1) / ChunkRows, part => product(part * ChunkRows, Math.Min(ChunkRows, count - part * ChunkRows)));
}
