namespace Pipeline.Pictures;

/// <summary>
/// Resizes pictures from one size to another: a weighted sum of rows, then of columns, with weights planned once. Colours of a
/// picture with alpha would run into each other: <see cref="Picture.Flatten"/> comes first.
/// </summary>
public sealed partial class Resizer
{
    private readonly Weights down;
    private readonly Weights across;

    /// <summary>Plans the sums.</summary>
    /// <param name="fromWidth">Pixels of a row before.</param>
    /// <param name="fromHeight">Rows before.</param>
    /// <param name="toWidth">Pixels of a row after.</param>
    /// <param name="toHeight">Rows after.</param>
    /// <param name="filter">What a new pixel is made of.</param>
    public Resizer(int fromWidth, int fromHeight, int toWidth, int toHeight, ResizeFilter filter = ResizeFilter.Triangle)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(fromHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(toWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(toHeight, 1);
        down = new Weights(fromHeight, toHeight, filter);
        across = new Weights(fromWidth, toWidth, filter);
    }

    /// <summary>Resizes a picture of the planned size.</summary>
    public Picture Resize(Picture picture) => Resize(picture, IsVectorSupported);

    /// <summary>The same without vectors.</summary>
    internal Picture ResizeReference(Picture picture) => Resize(picture, false);

    private Picture Resize(Picture picture, bool useVectors)
    {
        if ((picture.Width, picture.Height) != (across.From, down.From))
        {
            throw new ArgumentException($"planned for {across.From} x {down.From} pixels, not for {picture.Width} x {picture.Height}", nameof(picture));
        }

        if (picture.HasAlpha)
        {
            throw new ArgumentException("a picture with alpha has to be flattened before", nameof(picture));
        }

        // Columns are summed as rows of the picture turned on its side: there, too, all sums of a row go on side by side.
        Picture low = Sum(picture, down, useVectors);
        return Turn(Sum(Turn(low), across, useVectors));
    }

    private static Picture Sum(Picture picture, Weights weights, bool useVectors)
    {
        var sums = new Picture(picture.Width, weights.To, picture.Channels);
        for (int y = 0; y < weights.To; y++)
        {
            Span<float> row = sums.Row(y);
            ReadOnlySpan<float> rows = picture.Samples.AsSpan(weights.First[y] * row.Length);
            int done = useVectors ? SumVector(rows, weights.Of(y), row) : 0;
            SumReference(rows, weights.Of(y), row, done);
        }

        return sums;
    }

    // One sum for each place of a row, from some place on.
    private static void SumReference(ReadOnlySpan<float> rows, ReadOnlySpan<float> weights, Span<float> row, int from)
    {
        for (int i = from; i < row.Length; i++)
        {
            float sum = 0;
            for (int k = 0; k < weights.Length; k++)
            {
                sum += weights[k] * rows[k * row.Length + i];
            }

            row[i] = sum;
        }
    }

    private static Picture Turn(Picture picture)
    {
        int channels = picture.Channels;
        var turned = new Picture(picture.Height, picture.Width, channels);
        for (int y = 0; y < picture.Height; y++)
        {
            ReadOnlySpan<float> row = picture.Row(y);
            for (int x = 0; x < picture.Width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    turned.Samples[(x * picture.Height + y) * channels + c] = row[x * channels + c];
                }
            }
        }

        return turned;
    }

    /// <summary>Of each new row, which old ones it is made of and how much of each; the weights of a row sum to 1.</summary>
    private sealed class Weights
    {
        private readonly float[][] weights;

        public Weights(int from, int to, ResizeFilter filter)
        {
            From = from;
            First = new int[to];
            weights = new float[to][];
            (double radius, Func<double, double> shape) = filter switch
            {
                ResizeFilter.Area => (0.5, (Func<double, double>)(x => x is > -0.5 and <= 0.5 ? 1 : 0)),
                ResizeFilter.Triangle => (1.0, x => Math.Max(0, 1 - Math.Abs(x))),
                ResizeFilter.Lanczos3 => (3.0, x => Math.Abs(x) < 3 ? Sinc(x) * Sinc(x / 3) : 0),
                _ => throw new ArgumentOutOfRangeException(nameof(filter)),
            };
            double scale = (double)from / to, wider = Math.Max(1, scale);
            for (int i = 0; i < to; i++)
            {
                double centre = (i + 0.5) * scale;
                int first = Math.Max(0, (int)(centre - radius * wider + 0.5)), end = Math.Min(from, (int)(centre + radius * wider + 0.5));
                double[] row = [.. Enumerable.Range(first, end - first).Select(k => shape((k + 0.5 - centre) / wider))];
                double sum = row.Sum();
                First[i] = first;
                weights[i] = [.. row.Select(w => (float)(w / sum))];
            }
        }

        public int From { get; }

        public int To => weights.Length;

        public int[] First { get; }

        public ReadOnlySpan<float> Of(int row) => weights[row];

        private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
    }
}
