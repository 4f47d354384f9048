namespace Pipeline.Nn.Layers;

/// <summary>What a <see cref="Summary"/> computes of a sample, said in plain loops and in double precision.</summary>
internal static class SummaryReference
{
    private const double Floor = 1e-6; // of variances

    /// <summary>The statistics of one sample, frame after frame with all channels each.</summary>
    public static double[] Of(Shape shape, SummarySettings settings, ReadOnlySpan<float> sample)
    {
        int frames = shape.Width, channels = shape.Channels;
        double[][] lines = [.. Enumerable.Range(0, channels).Select(_ => new double[frames])]; // of channels
        for (int i = 0; i < sample.Length; i++)
        {
            lines[i % channels][i / channels] = sample[i];
        }

        double[][] cosines = [.. Enumerable.Range(0, Math.Min(20, channels)).Select(k => CosineTransform(lines, k))];
        double[][] blocks = [.. Enumerable.Range(0, Math.Min(8, channels)).Select(b => Block(lines, b, Math.Min(8, channels)))];
        return
        [
            .. settings.Mean ? lines.Select(line => line.Average()) : [],
            .. settings.Deviation ? lines.Select(Deviation) : [],
            .. settings.Change ? lines.Select(line => Steps(line).Average(Math.Abs)) : [],
            .. settings.Skewness ? lines.Select(line => Product(line, line, line) / (Math.Pow(Deviation(line), 3) + 1e-3)) : [],
            .. settings.Texture ? lines.Skip(1).Zip(lines, (above, below) => above.Zip(below, (a, b) => Math.Abs(a - b)).Average()) : [],
            .. settings.Modulation ? blocks.SelectMany(Modulation) : [],
            .. settings.Covariance ? Triangle(cosines) : [],
            .. settings.Covariance ? cosines.Select(Deviation) : [],
            .. settings.Covariance ? cosines.Select(line => Deviation(Steps(line))) : [],
        ];
    }

    private static double[] Steps(double[] line) => [.. line.Skip(1).Zip(line, (after, before) => after - before)];

    private static double Deviation(double[] line) => Math.Sqrt(Product(line, line) + Floor);

    // The mean product of what is left of them without their means.
    private static double Product(params double[][] lines)
    {
        double[] means = [.. lines.Select(line => line.Average())];
        return Enumerable.Range(0, lines[0].Length).Average(t => lines.Select((line, i) => line[t] - means[i]).Aggregate(1.0, (a, b) => a * b));
    }

    private static double[] Block(double[][] lines, int block, int blocks)
    {
        double[][] some = lines[(block * lines.Length / blocks)..((block + 1) * lines.Length / blocks)];
        return [.. Enumerable.Range(0, lines[0].Length).Select(t => some.Average(line => line[t]))];
    }

    // Orthonormal DCT-II.
    private static double[] CosineTransform(double[][] lines, int k)
    {
        int n = lines.Length;
        double norm = Math.Sqrt((k == 0 ? 1.0 : 2.0) / n);
        return [.. Enumerable.Range(0, lines[0].Length).Select(t => norm * lines.Select((line, c) => line[t] * Math.Cos(Math.PI / n * (c + 0.5) * k)).Sum())];
    }

    private static IEnumerable<double> Triangle(double[][] lines) =>
        from i in Enumerable.Range(0, lines.Length)
        from j in Enumerable.Range(i, lines.Length - i)
        let covariance = Product(lines[i], lines[j])
        select Math.Sign(covariance) * Math.Sqrt(Math.Abs(covariance));

    // Bands in equal ratios from the second frequency to half the sampling rate, of which those that have none are left out.
    private static IEnumerable<double> Modulation(double[] line)
    {
        int frames = line.Length;
        double mean = line.Average();
        double[] windowed = [.. line.Select((value, t) => (value - mean) * 0.5 * (1 - Math.Cos(2 * Math.PI * t / (frames - 1))))];
        int[] edges = [.. Enumerable.Range(0, 13).Select(i => (int)Math.Round(2 * Math.Pow(frames / 2 / 2.0, i / 12.0))).Distinct()];
        return edges.Skip(1).Zip(edges, (end, start) => Math.Log(Enumerable.Range(start, end - start).Average(Power) + 0.01));

        double Power(int bin)
        {
            double cosine = 0, sine = 0;
            for (int t = 0; t < frames; t++)
            {
                cosine += windowed[t] * Math.Cos(2 * Math.PI * bin * t / frames);
                sine += windowed[t] * Math.Sin(2 * Math.PI * bin * t / frames);
            }

            return cosine * cosine + sine * sine;
        }
    }
}
