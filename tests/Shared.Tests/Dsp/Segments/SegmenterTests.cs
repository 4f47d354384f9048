using Pipeline.Dsp;
using Pipeline.Dsp.Segments;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

public sealed class SegmenterTests
{
    private static readonly Segmenter Defaults = new(new SegmenterSettings());

    [Fact]
    public void A_segment_begins_at_each_step_up()
    {
        FrameMatrix spectrum = Steps(400, (0, 10), (150, 40), (220, 10), (300, 50));
        Assert.Equal([0, 149, 299], Starts(spectrum, 4), new Near(2));
    }

    [Fact]
    public void A_step_of_less_than_the_threshold_begins_none() => Assert.Equal([0], Starts(Steps(400, (0, 30), (200, 31.5f)), 1));

    [Fact]
    public void The_higher_of_two_near_steps_stays() => Assert.Equal([0, 204], Starts(Steps(400, (0, 10), (200, 15), (205, 40)), 2), new Near(2));

    [Theory, InlineData(1), InlineData(2), InlineData(13), InlineData(20)]
    public void A_short_piece_is_one_segment(int frames) => Assert.Equal([0], Starts(Steps(frames, (0, 10), (frames / 2, 60)), 1));

    [Fact]
    public void A_settled_length_is_kept()
    {
        var random = new Random(3);
        var spectrum = new FrameMatrix(3000, 23);
        spectrum.Values.AsSpan().Fill(20);
        for (int i = 0; i < spectrum.Values.Length; i++)
        {
            spectrum.Values[i] += 60 * (float)random.NextDouble();
        }

        int[] starts = Defaults.Divide(spectrum);
        Assert.True(starts.Length > 20);
        Assert.All(starts.Skip(1).Zip(starts), pair => Assert.True(pair.First - pair.Second >= 11));
        Assert.True(spectrum.Frames - starts[^1] > 11);
    }

    [Theory, InlineData(1), InlineData(5), InlineData(16), InlineData(17), InlineData(100)]
    public void Vectors_smooth_as_plain_loops_do(int frames)
    {
        var random = new Random(9);
        var spectrum = new FrameMatrix(frames, 23);
        for (int i = 0; i < spectrum.Values.Length; i++)
        {
            spectrum.Values[i] = 90 * (float)random.NextDouble();
        }

        float[] expected = Segmenter.Reference(new SegmenterSettings()).Smooth(spectrum).Values, actual = Defaults.Smooth(spectrum).Values;
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-4f);
        }
    }

    [Fact]
    public void Smoothing_keeps_a_level_and_spreads_a_click_as_a_window()
    {
        var spectrum = new FrameMatrix(41, 23);
        spectrum.Values.AsSpan().Fill(5);
        spectrum[20].Fill(14);
        FrameMatrix smooth = Defaults.Smooth(spectrum);
        Assert.Equal(5, smooth[0][0], 1e-4f);
        for (int k = -9; k <= 9; k++)
        {
            Assert.Equal(5 + 1 * (0.5 + 0.5 * Math.Cos(Math.PI * k / 9)), smooth[20 + k][22], 1e-3);
        }
    }

    private static int[] Starts(FrameMatrix spectrum, int atMost)
    {
        int[] starts = Defaults.Divide(spectrum);
        Assert.InRange(starts.Length, 1, atMost);
        return starts;
    }

    // All bands go to a level at a frame.
    private static FrameMatrix Steps(int frames, params (int At, float Level)[] steps)
    {
        var spectrum = new FrameMatrix(frames, 23);
        foreach ((int at, float level) in steps)
        {
            spectrum.Values.AsSpan(at * 23).Fill(level);
        }

        return spectrum;
    }

    private sealed class Near(int frames) : IEqualityComparer<int>
    {
        public bool Equals(int x, int y) => Math.Abs(x - y) <= frames;

        public int GetHashCode(int value) => 0;
    }
}
