namespace Pipeline.Pictures.Png;

/// <summary>Pixels that are stored together as a small picture: all of them, or every few ones of an interlaced picture.</summary>
/// <param name="Width">Pixels of a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="X">Column of the first pixel in the whole picture.</param>
/// <param name="Y">Its row.</param>
/// <param name="StepX">Columns from one pixel to the next.</param>
/// <param name="StepY">Rows from one row to the next.</param>
internal readonly record struct Pass(int Width, int Height, int X, int Y, int StepX, int StepY)
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>The passes that hold pixels, in their order.</summary>
    public static IEnumerable<Pass> Of(PngHeader header) => header.IsInterlaced
        ? Adam7
            .Select(p => new Pass(Count(header.Width, p.X, p.StepX), Count(header.Height, p.Y, p.StepY), p.X, p.Y, p.StepX, p.StepY))
            .Where(p => p.Width > 0 && p.Height > 0)
        : [new Pass(header.Width, header.Height, 0, 0, 1, 1)];

    private static int Count(int size, int first, int step) => (int)(((long)size - first + step - 1) / step);
}
