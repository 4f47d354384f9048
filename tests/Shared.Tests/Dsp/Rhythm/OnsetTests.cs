using Pipeline.Dsp;
using Pipeline.Dsp.Rhythm;
using Xunit;

namespace Pipeline.Tests.Dsp.Rhythm;

public sealed class OnsetTests
{
    [Theory, InlineData("song"), InlineData("chirp")]
    public void The_strength_is_librosas(string name)
    {
        float[] expected = LibrosaGolden.Rows(name, "onset_strength");
        float[] signal = LibrosaGolden.Signal(name);
        foreach (OnsetStrength strength in (OnsetStrength[])[new(new OnsetSettings()), OnsetStrength.Reference(new OnsetSettings())])
        {
            float[] actual = strength.Compute(signal);
            Assert.Equal(expected.Length, actual.Length);
            Assert.All(expected.Zip(actual), v => Assert.Equal(v.First, v.Second, 1e-4 * (expected.Max() - expected.Min())));
        }
    }

    [Theory, InlineData("song"), InlineData("chirp")]
    public void The_onsets_are_librosas(string name)
    {
        var detection = new OnsetDetection(new OnsetDetectionSettings());
        Assert.Equal(LibrosaGolden.Rows(name, "onset_frames"), detection.Detect(LibrosaGolden.Rows(name, "onset_strength")).Select(t => (float)t));
        Assert.Equal(LibrosaGolden.Rows(name, "onset_frames"), detection.Detect(new OnsetStrength(new OnsetSettings()).Compute(LibrosaGolden.Signal(name))).Select(t => (float)t));
    }

    [Theory, InlineData(1), InlineData(8), InlineData(9), InlineData(31), InlineData(32), InlineData(128)]
    public void Rises_are_aggregated_by_mean_or_median(int bands)
    {
        var random = new Random(bands);
        var decibels = new FrameMatrix(40, bands);
        for (int i = 0; i < decibels.Values.Length; i++)
        {
            // Whole numbers, so that many are equal; in every third frame few bands rise, or none.
            decibels.Values[i] = random.Next(0, 12) - i / bands % 3 * 8;
        }

        var strength = new OnsetStrength(new OnsetSettings());
        var plain = OnsetStrength.Reference(new OnsetSettings());
        float[] means = strength.FromDecibels(decibels, OnsetAggregate.Mean);
        float[] medians = strength.FromDecibels(decibels, OnsetAggregate.Median);
        Assert.Equal(plain.FromDecibels(decibels, OnsetAggregate.Median), medians);
        Assert.Equal(new float[3], medians[..3]); // one for the lag, two for the middle of the frame
        for (int t = 1; t < 38; t++)
        {
            float[] rises = [.. Enumerable.Range(0, bands).Select(b => Math.Max(0, decibels[t][b] - decibels[t - 1][b])).Order()];
            Assert.Equal(rises.Average(), means[t + 2], 1e-5);
            Assert.Equal((rises[(bands - 1) / 2] + rises[bands / 2]) / 2, medians[t + 2]);
        }
    }

    [Fact]
    public void Bands_can_be_compared_with_their_neighbours_of_an_earlier_frame()
    {
        var decibels = new FrameMatrix(4, 4);
        float[] values = [5, 0, 0, 0, 0, 0, 0, 9, 0, 7, 3, 9, 0, 0, 0, 10];
        values.CopyTo(decibels.Values, 0);
        var settings = new OnsetSettings { Lag = 2, MaxSize = 3, LogMel = new() { Mel = new() { Stft = new() { IsCentred = false } } } };

        // frame 2 against the greatest of bands -1 to 1 of frame 0: 0 - 5, 7 - 5, 3 - 0, 9 - 0; frame 3 against 1: 10 - 9
        Assert.Equal([0, 0, (2 + 3 + 9) / 4f, 1 / 4f], new OnsetStrength(settings).FromDecibels(decibels));
    }

    [Fact]
    public void Onsets_are_peaks_above_the_mean_and_apart()
    {
        float[] envelope = new float[60];
        (envelope[10], envelope[12], envelope[30], envelope[31], envelope[50]) = (1, 0.9f, 0.5f, 0.5f, 0.05f);
        Assert.Equal([10, 12, 30], new OnsetDetection(new OnsetDetectionSettings()).Detect(envelope)); // 31 is too near to 30
        Assert.Equal([10, 30], new OnsetDetection(new OnsetDetectionSettings { Wait = 2 }).Detect(envelope));
        Assert.Equal([10, 12, 30, 50], new OnsetDetection(new OnsetDetectionSettings { Delta = 0.01 }).Detect(envelope));
        Assert.Equal([12, 30], new OnsetDetection(new OnsetDetectionSettings { PostMax = 1, PreMax = 1, PreAverage = 0, Delta = 0.75, PostAverage = 9 }).Detect(Shift(envelope)));
    }

    private static float[] Shift(float[] envelope)
    {
        float[] shifted = [.. envelope];
        shifted[10] = 0;
        shifted[30] = 1;
        shifted[31] = 0;
        return shifted;
    }

    [Fact]
    public void Onsets_move_back_to_the_minimum_before()
    {
        float[] envelope = [0.5f, 0.6f, 1, 0.3f, 0.2f, 0.2f, 0.4f, 0.9f, 0.1f, 0.1f];
        Assert.Equal([2, 7], new OnsetDetection(new OnsetDetectionSettings { PreAverage = 1, PostAverage = 2 }).Detect(envelope));
        Assert.Equal([0, 5], new OnsetDetection(new OnsetDetectionSettings { PreAverage = 1, PostAverage = 2, IsBacktracked = true }).Detect(envelope));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(700), InlineData(4097)]
    public void Silence_and_short_signals_have_no_onsets(int samples)
    {
        float[] envelope = new OnsetStrength(new OnsetSettings()).Compute(new float[samples]);
        Assert.Equal(1 + samples / 512, envelope.Length);
        Assert.All(envelope, v => Assert.Equal(0, v));
        Assert.Empty(new OnsetDetection(new OnsetDetectionSettings()).Detect(envelope));
        Assert.Empty(new OnsetDetection(new OnsetDetectionSettings { IsBacktracked = true }).Detect([]));
    }
}
