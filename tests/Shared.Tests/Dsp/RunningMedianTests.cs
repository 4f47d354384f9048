using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class RunningMedianTests
{
    // From scipy.ndimage.median_filter(..., mode='reflect') of SciPy 1.10.
    public static TheoryData<int, float[], float[]> Series => new()
    {
        { 3, [5, 1, 4, 2, 3], [5, 4, 2, 3, 3] },
        { 5, [5, 1, 4, 2, 3], [4, 4, 3, 3, 3] },
        { 7, [5, 1, 4], [4, 4, 4] },
        { 31, [5, 1, 4, 2, 3, 9, 8], [4, 4, 4, 4, 4, 4, 4] },
        { 1, [5, 1, 4], [5, 1, 4] },
        { 9, [7], [7] },
        { 9, [], [] },
    };

    public static TheoryData<int, int, int> Shapes => new()
    {
        { 31, 40, 70 }, { 31, 100, 33 }, { 3, 17, 16 }, { 5, 16, 8 }, { 31, 9, 100 }, { 7, 33, 7 }, { 1, 20, 20 }, { 63, 20, 20 }, { 17, 1, 50 }, { 17, 50, 1 }, { 9, 800, 18 },
    };

    [Theory, MemberData(nameof(Series))]
    public void Along_frequency_it_is_scipys(int kernel, float[] values, float[] expected)
    {
        foreach (RunningMedian median in All(kernel))
        {
            float[] result = new float[values.Length];
            median.AlongFrequency(values, Math.Max(1, values.Length), result);
            Assert.Equal(expected, result);
        }
    }

    [Theory, MemberData(nameof(Series))]
    public void Along_time_it_is_scipys(int kernel, float[] values, float[] expected)
    {
        const int width = 19;
        foreach (RunningMedian median in All(kernel))
        {
            float[] result = new float[values.Length * width];
            median.AlongTime([.. values.SelectMany(v => Enumerable.Range(0, width).Select(k => v + k))], width, result);
            Assert.Equal([.. expected.SelectMany(v => Enumerable.Range(0, width).Select(k => v + k))], result);
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void It_is_the_same_with_vectors_and_without(int kernel, int frames, int width)
    {
        var random = new Random(kernel + frames);
        float[] values = [.. Enumerable.Range(0, frames * width).Select(_ => (float)random.Next(30))]; // many are equal
        RunningMedian[] all = [.. All(kernel)];
        float[] expected = new float[values.Length], result = new float[values.Length];
        for (int run = 0; run < 2; run++) // the second with the buffers of the first
        {
            foreach (RunningMedian median in all[1..])
            {
                all[0].AlongTime(values, width, expected);
                median.AlongTime(values, width, result);
                Assert.Equal(expected, result);
                all[0].AlongFrequency(values, width, expected);
                median.AlongFrequency(values, width, result);
                Assert.Equal(expected, result);
            }
        }
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(30)]
    public void Even_kernels_are_refused(int kernel) => Assert.Throws<ArgumentOutOfRangeException>(() => new RunningMedian(kernel));

    private static IEnumerable<RunningMedian> All(int kernel) => [RunningMedian.Reference(kernel), RunningMedian.Narrow(kernel), new RunningMedian(kernel)];
}
