namespace Pipeline.Stages.Evaluating;

/// <summary>Mean and standard deviation of each value of many windows, found in one pass (Welford 1962).</summary>
/// <param name="width">Values of a window.</param>
internal sealed class Standardisation(int width)
{
    private readonly double[] means = new double[width];
    private readonly double[] squares = new double[width];
    private long count;

    /// <summary>Counts a window.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        count++;
        for (int i = 0; i < width; i++)
        {
            double off = values[i] - means[i];
            means[i] += off / count;
            squares[i] += off * (values[i] - means[i]);
        }
    }

    /// <summary>Takes the mean from each value and divides by the standard deviation; what is always the same becomes 0.</summary>
    public void Apply(Span<float> values)
    {
        for (int i = 0; i < width; i++)
        {
            double deviation = Math.Sqrt(squares[i] / count);
            values[i] = deviation > 1e-9 * Math.Abs(means[i]) ? (float)((values[i] - means[i]) / deviation) : 0;
        }
    }
}
