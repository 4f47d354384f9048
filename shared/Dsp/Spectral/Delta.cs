namespace Pipeline.Dsp.Spectral;

/// <summary>
/// How values change over time: the derivative of a polynomial fitted to the frames around each (Savitzky and Golay), librosa's
/// <c>delta</c> with <c>mode='interp'</c>: frames near the ends take the polynomial of the first or last full window.
/// </summary>
public sealed class Delta
{
    private readonly double[] taps;

    /// <summary>Plans it.</summary>
    /// <param name="width">Frames of a window, odd, 3 or more.</param>
    /// <param name="order">Order of the derivative and of the polynomial, 1 or more and less than the width.</param>
    public Delta(int width = 9, int order = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 3);
        ArgumentOutOfRangeException.ThrowIfEqual(width % 2, 0, nameof(width));
        ArgumentOutOfRangeException.ThrowIfLessThan(order, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(order, width);
        taps = Taps(width, order);
    }

    /// <summary>Frames that a window needs; fewer have no derivative.</summary>
    public int Width => taps.Length;

    /// <summary>The derivative per frame: as many frames and values.</summary>
    /// <exception cref="ArgumentException">There are fewer frames than <see cref="Width"/>.</exception>
    public FrameMatrix Compute(FrameMatrix values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Frames < Width)
        {
            throw new ArgumentException($"{values.Frames} frames are fewer than the {Width} that a derivative needs", nameof(values));
        }

        var delta = new FrameMatrix(values.Frames, values.Width);
        int half = Width / 2;
        for (int t = half; t < values.Frames - half; t++)
        {
            Span<float> to = delta[t];
            for (int i = 0; i < to.Length; i++)
            {
                double sum = 0;
                for (int k = 0; k < taps.Length; k++)
                {
                    sum += taps[k] * values.Values[(t - half + k) * values.Width + i];
                }

                to[i] = (float)sum;
            }
        }

        // A polynomial's derivative of its own degree is the same everywhere.
        for (int t = 0; t < half; t++)
        {
            delta[half].CopyTo(delta[t]);
            delta[values.Frames - 1 - half].CopyTo(delta[values.Frames - 1 - t]);
        }

        return delta;
    }

    // Polynomials orthogonal over the window, of degree 0, 1, ... with leading coefficient 1: the last one's share in the
    // values is the coefficient of the fitted polynomial's highest power, which the derivative multiplies by order!.
    private static double[] Taps(int width, int order)
    {
        double[] place = [.. Enumerable.Range(0, width).Select(k => (double)(k - width / 2))];
        var basis = new List<double[]>();
        double factorial = 1;
        for (int degree = 0; degree <= order; degree++)
        {
            factorial *= Math.Max(1, degree);
            double[] next = [.. place.Select(x => Math.Pow(x, degree))];
            foreach (double[] p in basis)
            {
                double share = Product(next, p) / Product(p, p);
                next = [.. next.Zip(p, (a, b) => a - share * b)];
            }

            basis.Add(next);
        }

        double[] last = basis[^1];
        double scale = factorial / Product(last, last);
        return [.. last.Select(value => value * scale)];
    }

    private static double Product(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
