namespace Pipeline.Nn.Layers;

/// <summary>The constants of a <see cref="Summary"/> of sequences of one shape.</summary>
internal sealed class SummaryBasis
{
    /// <summary>Added to a variance before its root is taken.</summary>
    public const float VarianceFloor = 1e-6f;

    /// <summary>Added to the cube of a deviation before a third moment is divided by it.</summary>
    public const float CubeFloor = 1e-3f;

    /// <summary>Added to a power before its logarithm is taken.</summary>
    public const float PowerFloor = 1e-2f;

    private const int LeastFrames = 8, LeastChannels = 2, MostBlocks = 8, MostBands = 12, MostCoefficients = 20;

    // The frequency below it is more of a trend than of a rhythm.
    private const int FirstBin = 2;

    private readonly int frames;
    private readonly int channels;

    /// <summary>Numbers follow from the shape.</summary>
    /// <exception cref="ArgumentException">It is no sequence, or too small.</exception>
    public SummaryBasis(Shape input)
    {
        if (input.Height != 1 || input.Width < LeastFrames || input.Channels < LeastChannels)
        {
            throw new ArgumentException($"a summary is of sequences of at least {LeastFrames} frames and {LeastChannels} channels");
        }

        (frames, channels) = (input.Width, input.Channels);
        (Blocks, Coefficients) = (Math.Min(MostBlocks, channels), Math.Min(MostCoefficients, channels));
        double ratio = frames / 2 / (double)FirstBin;
        Edges = [.. Enumerable.Range(0, MostBands + 1).Select(i => (int)Math.Round(FirstBin * Math.Pow(ratio, i / (double)MostBands))).Distinct()];
    }

    /// <summary>Blocks of neighbouring channels, as equal as can be.</summary>
    public int Blocks { get; }

    /// <summary>Coefficients of the cosine transform.</summary>
    public int Coefficients { get; }

    /// <summary>Where bands of bins begin, and the last one ends, in equal ratios.</summary>
    public int[] Edges { get; }

    /// <summary>Bands of bins.</summary>
    public int Bands => Edges.Length - 1;

    /// <summary>Bins of all bands.</summary>
    public int Bins => Edges[^1] - FirstBin;

    /// <summary>Numbers of <see cref="SummarySettings.Modulation"/>.</summary>
    public int ModulationCount => Blocks * Bands;

    /// <summary>Numbers of <see cref="SummarySettings.Covariance"/>.</summary>
    public int CovarianceCount => Coefficients * (Coefficients + 1) / 2 + 2 * Coefficients;

    /// <summary>The first bin of a band, counted from the first of all.</summary>
    public int Start(int band) => Edges[band] - FirstBin;

    /// <summary>
    /// What a channel adds to a column: those of the orthonormal cosine transform (DCT-II) first, then means of the blocks.
    /// </summary>
    public float Projection(int channel, int column)
    {
        int block = column - Coefficients;
        if (block < 0)
        {
            return (float)(Math.Sqrt((column == 0 ? 1.0 : 2.0) / channels) * Math.Cos(Math.PI * column * (2 * channel + 1) / (2.0 * channels)));
        }

        int start = block * channels / Blocks, end = (block + 1) * channels / Blocks;
        return channel >= start && channel < end ? 1f / (end - start) : 0;
    }

    /// <summary>
    /// What the frames add to the cosine (or sine) part of a bin of the spectrum under a Hann window. The mean over all frames is taken away
    /// from a sequence before; taking that of these numbers away comes to the same.
    /// </summary>
    public float[] Wave(int bin, bool isSine)
    {
        var wave = new double[frames];
        for (int t = 0; t < frames; t++)
        {
            double angle = 2 * Math.PI * ((long)(bin + FirstBin) * t % frames) / frames;
            wave[t] = (0.5 - 0.5 * Math.Cos(2 * Math.PI * t / (frames - 1))) * (isSine ? Math.Sin(angle) : Math.Cos(angle));
        }

        double mean = wave.Average();
        return Array.ConvertAll(wave, value => (float)(value - mean));
    }
}
