namespace Pipeline.Models;

/// <summary>The figures by which an input's features are brought to mean 0 and standard deviation 1.</summary>
/// <param name="Means">Mean of each channel.</param>
/// <param name="Deviations">Standard deviation of each channel, above 0.</param>
public sealed record Normalisation(float[] Means, float[] Deviations)
{
    // A channel that never changes says nothing; dividing by what rounding made of its deviation would make it loud. Of its mean, not of 1:
    // there are features whose values are all small.
    private const double LeastShare = 1e-6;

    // Below it a float has fewer digits.
    private const double Least = 1e-30;

    /// <summary>Figures that change nothing.</summary>
    public static Normalisation None(int channels)
    {
        float[] ones = new float[channels];
        Array.Fill(ones, 1f);
        return new Normalisation(new float[channels], ones);
    }

    /// <summary>The figures of sums.</summary>
    /// <param name="over">What is normalised.</param>
    /// <param name="count">Values of each channel.</param>
    /// <param name="sums">Their sum.</param>
    /// <param name="squares">The sum of their squares.</param>
    public static Normalisation Of(Normalise over, long count, ReadOnlySpan<double> sums, ReadOnlySpan<double> squares)
    {
        int channels = sums.Length;
        Normalisation result = None(channels);
        if (over == Normalise.None || count == 0)
        {
            return result;
        }

        double allSums = 0, allSquares = 0;
        for (int c = 0; c < channels; c++)
        {
            allSums += sums[c];
            allSquares += squares[c];
        }

        for (int c = 0; c < channels; c++)
        {
            double mean = over == Normalise.Channel ? sums[c] / count : allSums / count / channels;
            double square = over == Normalise.Channel ? squares[c] / count : allSquares / count / channels;
            double deviation = Math.Sqrt(Math.Max(0, square - mean * mean));
            result.Means[c] = (float)mean;
            result.Deviations[c] = deviation > Math.Max(Least, LeastShare * Math.Abs(mean)) ? (float)deviation : 1;
        }

        return result;
    }

    /// <summary>Brings a window to the layout and the scale that a network looks at.</summary>
    /// <param name="values">Channels x frames values, channel after channel.</param>
    /// <param name="view">How the network looks at them.</param>
    /// <param name="to">As many values: frame after frame for a sequence, otherwise channel after channel.</param>
    public void Apply(ReadOnlySpan<float> values, View view, Span<float> to)
    {
        int channels = Means.Length;
        int frames = values.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            ReadOnlySpan<float> from = values.Slice(c * frames, frames);
            float mean = Means[c];
            float deviation = Deviations[c];
            if (view == View.Sequence)
            {
                for (int t = 0; t < frames; t++)
                {
                    to[t * channels + c] = (from[t] - mean) / deviation;
                }
            }
            else
            {
                Span<float> line = to.Slice(c * frames, frames);
                for (int t = 0; t < frames; t++)
                {
                    line[t] = (from[t] - mean) / deviation;
                }
            }
        }
    }
}
