using Pipeline.Models;
using Xunit;

namespace Pipeline.Tests.Models;

public class NormalisationTests
{
    // Three channels of four values: one that rises, one that never changes, one of tiny values.
    private static readonly float[] Window = [1, 2, 3, 6, 100, 100, 100, 100, 1e-9f, 3e-9f, 1e-9f, 3e-9f];

    [Fact]
    public void Channels_are_brought_to_mean_0_and_deviation_1()
    {
        Normalisation figures = Of(Normalise.Channel);
        Assert.Equal([3, 100, 2e-9f], figures.Means);
        Assert.Equal(Math.Sqrt(3.5), figures.Deviations[0], 1e-6);
        Assert.Equal(1, figures.Deviations[1]);
        Assert.Equal(1, figures.Deviations[2] / 1e-9, 1e-6);
        float[] to = new float[Window.Length];
        figures.Apply(Window, View.Picture, to);
        Assert.Equal(-2 / Math.Sqrt(3.5), to[0], 1e-6);
        Assert.Equal([0, 0, 0, 0], to[4..8]);
        Assert.Equal(-1, to[8], 1e-5);
    }

    [Fact]
    public void A_large_mean_does_not_make_rounding_errors_of_a_constant_channel_loud()
    {
        double value = 12345.678f;
        double[] sums = [0], squares = [0];
        for (int i = 0; i < 1_000_003; i++)
        {
            sums[0] += value;
            squares[0] += value * value;
        }

        Assert.Equal([1], Normalisation.Of(Normalise.Channel, 1_000_003, sums, squares).Deviations);
    }

    [Fact]
    public void All_values_together_have_one_mean_and_deviation()
    {
        Normalisation figures = Of(Normalise.Whole);
        double mean = Window.Average(v => (double)v), deviation = Math.Sqrt(Window.Average(v => (v - mean) * (v - mean)));
        Assert.All(figures.Means, m => Assert.Equal(mean, m, 1e-5));
        Assert.All(figures.Deviations, d => Assert.Equal(deviation, d, 1e-5));
    }

    [Theory]
    [InlineData(Normalise.None, 1)]
    [InlineData(Normalise.Channel, 0)]
    public void Nothing_is_changed_where_nothing_is_wanted_or_known(Normalise over, int count)
    {
        Normalisation figures = Normalisation.Of(over, count, [5, 6], [70, 80]);
        float[] to = new float[4];
        figures.Apply([1, 2, 3, 4], View.Vector, to);
        Assert.Equal([1, 2, 3, 4], to);
    }

    [Fact]
    public void A_sequence_has_the_channels_of_a_frame_beside_each_other()
    {
        float[] to = new float[6];
        new Normalisation([1, 0], [2, 1]).Apply([1, 3, 5, 10, 20, 30], View.Sequence, to);
        Assert.Equal([0, 10, 1, 20, 2, 30], to);
    }

    private static Normalisation Of(Normalise over)
    {
        float[][] channels = [.. Window.Chunk(4)];
        return Normalisation.Of(over, 4, [.. channels.Select(c => c.Sum(v => (double)v))], [.. channels.Select(c => c.Sum(v => (double)v * v))]);
    }
}
