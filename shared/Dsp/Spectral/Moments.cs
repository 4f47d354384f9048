namespace Pipeline.Dsp.Spectral;

/// <summary>Sums over many values, in double precision.</summary>
internal static partial class Moments
{
    /// <summary>The mean and the central moments.</summary>
    public static (double Mean, double Second, double Third, double Fourth) Of(ReadOnlySpan<float> values) => Of(values, IsVectorSupported);

    internal static (double Mean, double Second, double Third, double Fourth) Of(ReadOnlySpan<float> values, bool isVector)
    {
        double sum = 0;
        for (int i = isVector ? SumVector(values, ref sum) : 0; i < values.Length; i++)
        {
            sum += values[i];
        }

        double mean = sum / values.Length;
        double second = 0, third = 0, fourth = 0;
        for (int i = isVector ? CentralVector(values, mean, ref second, ref third, ref fourth) : 0; i < values.Length; i++)
        {
            double distance = values[i] - mean;
            double square = distance * distance;
            second += square;
            third += square * distance;
            fourth += square * square;
        }

        return (mean, second / values.Length, third / values.Length, fourth / values.Length);
    }

    /// <summary>The least and the greatest value of one or more.</summary>
    public static (float Min, float Max) Extremes(ReadOnlySpan<float> values)
    {
        (float min, float max) = (values[0], values[0]);
        for (int i = IsVectorSupported ? ExtremesVector(values, ref min, ref max) : 0; i < values.Length; i++)
        {
            min = Math.Min(min, values[i]);
            max = Math.Max(max, values[i]);
        }

        return (min, max);
    }
}
