namespace Pipeline.Pictures.Png;

/// <summary>
/// The five filters of PNG. Each stores the difference of a byte to what its neighbours let expect: the byte of the pixel to
/// the left, the one above, or both. This file is the reference; RowFilter.Vector.cs computes the same faster.
/// </summary>
internal static partial class RowFilter
{
    /// <summary>How many filters there are; their numbers are below.</summary>
    public const int Count = 5;

    private const int None = 0;
    private const int Sub = 1;
    private const int Up = 2;
    private const int Average = 3;
    private const int Paeth = 4;

    /// <summary>Turns differences into bytes again, in place.</summary>
    /// <param name="filter">The filter's number, below <see cref="Count"/>.</param>
    /// <param name="row">The row's bytes.</param>
    /// <param name="above">The bytes of the row above, zeros for the first.</param>
    /// <param name="step">Bytes from a pixel to the next.</param>
    public static void Undo(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        int done = IsVectorSupported ? UndoVector(filter, row, above, step) : 0;
        UndoReference(filter, row, above, step, done);
    }

    /// <summary>The same from some byte on, one at a time; those before are done.</summary>
    internal static void UndoReference(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step, int from = 0)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case Sub:
                for (int i = Math.Max(from, step); i < row.Length; i++)
                {
                    row[i] += row[i - step];
                }

                break;
            case Up:
                for (int i = from; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case Average:
                for (int i = from; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < step ? 0 : row[i - step]) + above[i]) / 2);
                }

                break;
            case Paeth:
                for (int i = from; i < Math.Min(step, row.Length); i++)
                {
                    row[i] += above[i]; // left and corner are zero
                }

                for (int i = Math.Max(from, step); i < row.Length; i++)
                {
                    row[i] += Nearest(row[i - step], above[i], above[i - step]);
                }

                break;
        }
    }

    /// <summary>Turns bytes into differences.</summary>
    /// <param name="filter">The filter's number, below <see cref="Count"/>.</param>
    /// <param name="row">The row's bytes.</param>
    /// <param name="above">The bytes of the row above, zeros for the first.</param>
    /// <param name="step">Bytes from a pixel to the next.</param>
    /// <param name="filtered">The differences.</param>
    /// <returns>The sum of their magnitudes, each between -128 and 127.</returns>
    public static long Apply(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> filtered)
    {
        if (!IsVectorSupported || row.Length <= step)
        {
            return ApplyReference(filter, row, above, step, filtered, 0, row.Length);
        }

        // The first pixel has nothing to its left.
        long sum = ApplyReference(filter, row, above, step, filtered, 0, step);
        sum += ApplyVector(filter, row, above, step, filtered, out int done);
        return sum + ApplyReference(filter, row, above, step, filtered, done, row.Length);
    }

    /// <summary>The same for some of the bytes, one at a time.</summary>
    internal static long ApplyReference(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int step, Span<byte> filtered, int from, int end)
    {
        long sum = 0;
        for (int i = from; i < end; i++)
        {
            int left = i < step ? 0 : row[i - step], corner = i < step ? 0 : above[i - step];
            filtered[i] = (byte)(row[i] - filter switch
            {
                None => 0,
                Sub => left,
                Up => above[i],
                Average => (left + above[i]) / 2,
                _ => Nearest(left, above[i], corner),
            });
            sum += Math.Abs((int)(sbyte)filtered[i]);
        }

        return sum;
    }

    // Of the three, the one nearest to left + above - corner; in a tie the first of this order.
    private static byte Nearest(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner), toAbove = Math.Abs(left - corner), toCorner = Math.Abs(left + above - 2 * corner);
        int nearest = toAbove <= toCorner ? above : corner;
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : nearest);
    }
}
