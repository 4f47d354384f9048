namespace Pipeline.Dsp.Spectral;

/// <summary>What the values of a descriptor over time come to.</summary>
public readonly record struct DescriptorStatistics
{
    /// <summary>Fourth central moment by the squared second, less 3, SciPy's <c>kurtosis</c>; -3 where all values are the same (newer SciPy: NaN).</summary>
    public double Kurtosis { get; init; }

    /// <summary>The greatest value.</summary>
    public double Max { get; init; }

    /// <summary>The mean.</summary>
    public double Mean { get; init; }

    /// <summary>The middle value, or the mean of the middle two.</summary>
    public double Median { get; init; }

    /// <summary>The least value.</summary>
    public double Min { get; init; }

    /// <summary>Third central moment by the second to the power of 3/2, as SciPy's <c>skew</c>; 0 where all values are the same, as above.</summary>
    public double Skew { get; init; }

    /// <summary>Second central moment, NumPy's <c>var</c>: not corrected for the mean being estimated.</summary>
    public double Variance { get; init; }

    /// <summary>The root of the variance, NumPy's <c>std</c>.</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>All of them; the values may be rearranged.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static DescriptorStatistics Of(Span<float> values)
    {
        if (values.IsEmpty)
        {
            throw new ArgumentException("no values have no statistics", nameof(values));
        }

        (double mean, double second, double third, double fourth) = Moments.Of(values);
        (float min, float max) = Moments.Extremes(values);
        double resolution = 1e-15 * mean; // SciPy's: what is below is rounding
        bool isConstant = second <= resolution * resolution;
        return new()
        {
            Kurtosis = (isConstant ? 0 : fourth / (second * second)) - 3,
            Max = max,
            Mean = mean,
            Median = Selection.Median(values),
            Min = min,
            Skew = isConstant ? 0 : third / Math.Pow(second, 1.5),
            Variance = second,
        };
    }
}
