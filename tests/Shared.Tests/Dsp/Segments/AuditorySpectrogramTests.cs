using Pipeline.Dsp;
using Pipeline.Dsp.Segments;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

public sealed class AuditorySpectrogramTests
{
    private static readonly AuditorySettings Defaults = new();

    [Theory, InlineData(0), InlineData(1), InlineData(127), InlineData(1000), InlineData(5001)]
    public void Vectors_give_what_plain_loops_give(int samples)
    {
        float[] noise = Noise(samples);
        FrameMatrix expected = AuditorySpectrogram.Reference(Defaults).Compute(noise);
        FrameMatrix actual = new AuditorySpectrogram(Defaults).Compute(noise);
        Assert.Equal((1 + samples / 128, 23), (actual.Frames, actual.Width));
        for (int i = 0; i < expected.Values.Length; i++)
        {
            Assert.Equal(expected.Values[i], actual.Values[i], 0.001f);
        }

        float[] expectedMasked = AuditorySpectrogram.Reference(Defaults).Mask(expected).Values, actualMasked = new AuditorySpectrogram(Defaults).Mask(actual).Values;
        for (int i = 0; i < expectedMasked.Length; i++)
        {
            Assert.Equal(expectedMasked[i], actualMasked[i], 0.001f);
        }
    }

    // The level of a sine beside its band is that of its bin and the two next to it (a quarter each), over the band's weights.
    [Theory, InlineData(14), InlineData(46), InlineData(153), InlineData(279)]
    public void A_sine_is_as_loud_as_its_amplitude_the_ear_and_the_bands_width_say(int bin)
    {
        double hz = bin * 22_050 / 1024.0;
        float[] frame = new AuditorySpectrogram(Defaults).Compute(Sine(hz, 0.1f))[16].ToArray();
        int band = Array.IndexOf(frame, frame.Max());
        Assert.InRange(CriticalBands.Bark(hz) - (band + 1), -0.55, 0.55);
        double width = Enumerable.Range(0, 513).Sum(i => CriticalBands.Weight(CriticalBands.Bark(i * 22_050 / 1024.0), band + 1));
        double expected = 90.309 - 20 + CriticalBands.OuterEarDb(hz) + 10 * Math.Log10(1.5 / width);
        Assert.Equal(expected, frame[band], 0.6);
    }

    [Theory, InlineData(0, 0), InlineData(51, 0.5), InlineData(1000, 8.51), InlineData(4000, 17.25), InlineData(11_025, 22.86)]
    public void Bark_is_as_in_the_literature(double hz, double bark) => Assert.Equal(bark, CriticalBands.Bark(hz), 0.02);

    [Fact]
    public void A_sine_falls_by_10_decibels_a_bark_above_and_by_25_below()
    {
        float[] frame = new AuditorySpectrogram(Defaults).Compute(Sine(2000, 1))[16].ToArray();
        int band = Array.IndexOf(frame, frame.Max());
        Assert.Equal(10 + Widths(band + 3, band + 2), frame[band + 2] - frame[band + 3], 0.2);
        Assert.Equal(25 + Widths(band - 2, band - 1), frame[band - 1] - frame[band - 2], 0.5);

        static double Widths(int wide, int other) => 10 * Math.Log10(Width(wide) / Width(other));
        static double Width(int band) => Enumerable.Range(0, 513).Sum(i => CriticalBands.Weight(CriticalBands.Bark(i * 22_050 / 1024.0), band + 1));
    }

    [Fact]
    public void After_a_sound_its_bands_fade_for_46_milliseconds()
    {
        float[] sound = Sine(1000, 0.5f);
        sound.AsSpan(2048).Clear();
        var spectrogram = new AuditorySpectrogram(Defaults);
        FrameMatrix bare = spectrogram.Compute(sound), masked = spectrogram.Mask(bare);
        double[] half = [.. Enumerable.Range(0, 8).Select(k => 0.5 + 0.5 * Math.Cos(Math.PI * k / 8))];
        foreach (int t in new[] { 10, 16, 18, 20, 22 })
        {
            double power = Enumerable.Range(0, 8).Sum(k => half[k] / half.Sum() * Math.Pow(10, bare[t - k][8] / 10));
            Assert.Equal(10 * Math.Log10(power), masked[t][8], 0.01);
        }
    }

    [Fact]
    public void Silence_is_the_floor()
    {
        Assert.All(new AuditorySpectrogram(Defaults).Compute(new float[1000]).Values, v => Assert.Equal(Defaults.FloorDb, v, 1e-4));
    }

    private static float[] Sine(double hz, float amplitude) =>
        [.. Enumerable.Range(0, 4096).Select(i => amplitude * (float)Math.Sin(2 * Math.PI * hz * i / 22_050))];

    private static float[] Noise(int samples)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, samples).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
