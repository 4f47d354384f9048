using Pipeline.Audio;
using Xunit;

namespace Pipeline.Tests.Audio;

public sealed class SampleMeterTests
{
    [Fact]
    public void A_sine_has_its_peak_and_its_rms()
    {
        float[] sine = [.. Enumerable.Range(0, 22050).Select(i => 0.5f * MathF.Sin(2 * MathF.PI * 441 * i / 22050))];
        SampleMeter meter = Measure(1, sine);
        Assert.Equal(22050, meter.Frames);
        Assert.Equal(sine.Max(), meter.Peak);
        Assert.Equal(0.5 / Math.Sqrt(2), meter.Rms, 1e-5);
        Assert.Equal(0, meter.Clipping);
        Assert.Equal(0, meter.NotFinite);
        Assert.False(meter.IsSilent);
    }

    [Fact]
    public void The_peak_may_be_negative() => Assert.Equal(0.75f, Measure(1, [0.5f, -0.75f]).Peak);

    [Fact]
    public void Nothing_and_dither_are_silent()
    {
        Assert.True(Measure(1, []).IsSilent);
        Assert.Equal(0, Measure(1, []).Rms);
        Assert.True(Measure(1, [.. Enumerable.Range(0, 2000).Select(i => i % 3 == 0 ? 1 / 32768f : -1 / 32768f)]).IsSilent);
        Assert.False(Measure(1, [.. new float[1000], 0.001f, .. new float[1000]]).IsSilent);
    }

    [Fact]
    public void What_is_no_number_is_counted_and_left_out_of_the_rest()
    {
        SampleMeter meter = Measure(1, [0.5f, float.NaN, -0.5f, float.PositiveInfinity, float.NegativeInfinity, .. new float[1000]]);
        Assert.Equal(3, meter.NotFinite);
        Assert.Equal(0.5f, meter.Peak);
        Assert.Equal(Math.Sqrt(0.5 / 1002), meter.Rms, 1e-12);
        Assert.Equal(1005, meter.Frames);
    }

    [Theory]
    [InlineData(2, 1f, 0)]
    [InlineData(3, 1f, 3)]
    [InlineData(1000, 1f, 1000)]
    [InlineData(3, -0.96f, 3)]
    [InlineData(3, 0.9f, 0)]
    public void Equal_samples_at_an_extreme_near_full_scale_are_clipped(int run, float at, int clipped)
    {
        float[] samples = [.. Wave(700), .. Enumerable.Repeat(at, run), .. Wave(900)];
        Assert.Equal((double)clipped / samples.Length, Measure(1, samples).Clipping, 1e-12);
    }

    [Fact]
    public void A_higher_extreme_makes_what_was_at_the_old_one_ordinary() =>
        Assert.Equal(0, Measure(1, [.. Enumerable.Repeat(0.97f, 10), 0.98f, .. Wave(600)]).Clipping);

    [Fact]
    public void Runs_are_of_one_channel()
    {
        float[] alternating = [0, 1, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1];
        Assert.Equal(0, Measure(2, [0, 1, 1, 0, 1, 1, 0, 0]).Clipping);
        Assert.Equal(3.0 / 8, Measure(2, [0, 1, 0.5f, 1, 0, 1, 0.5f, 0]).Clipping, 1e-12);
        Assert.Equal(0, Measure(2, alternating).Clipping);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void However_divided_the_measures_are_those_of_the_reference(int channels)
    {
        var random = new Random(channels);
        for (int trial = 0; trial < 30; trial++)
        {
            // Few different values, so that there are runs; now and then something that is no number.
            float[] values = [1, 1, 1, -1, 0.25f, 0.96f, trial % 3 == 0 ? float.NaN : 0];
            float loud = 0;
            float[] samples = [.. Enumerable.Range(0, 1500 * channels).Select(i => random.Next(3) > 0 ? loud : loud = values[random.Next(values.Length)] * (i < 700 ? 0.98f : 1))];
            var expected = new SampleMeter(channels);
            expected.AddReference(samples);
            foreach (int frames in (int[])[1, 3, 500, 10_000])
            {
                var meter = new SampleMeter(channels);
                foreach (float[] block in samples.Chunk(frames * channels))
                {
                    meter.Add(block);
                }

                Assert.Equal((expected.Frames, expected.Peak, expected.NotFinite, expected.Clipping), (meter.Frames, meter.Peak, meter.NotFinite, meter.Clipping));
                Assert.Equal(expected.Rms, meter.Rms, 1e-12);
            }
        }
    }

    private static IEnumerable<float> Wave(int count) => Enumerable.Range(0, count).Select(i => 0.8f * MathF.Sin(i));

    private static SampleMeter Measure(int channels, float[] samples)
    {
        var meter = new SampleMeter(channels);
        meter.Add(samples);
        return meter;
    }
}
