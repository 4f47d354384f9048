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
    }

    [Theory, InlineData(300), InlineData(1000), InlineData(3300), InlineData(6000)]
    public void A_sine_is_as_loud_as_its_amplitude_and_the_ear_say_in_the_band_of_its_frequency(double hz)
    {
        float[] sine = [.. Enumerable.Range(0, 4096).Select(i => 0.1f * (float)Math.Sin(2 * Math.PI * hz * i / 22_050))];
        float[] frame = new AuditorySpectrogram(Defaults).Compute(sine)[16].ToArray();
        int band = Array.IndexOf(frame, frame.Max());
        double step = CriticalBands.Bark(11_025) / 22;
        Assert.InRange(CriticalBands.Bark(hz) - band * step, -0.55, 0.55);
        Assert.Equal(Defaults.FullScaleDb - 20 + CriticalBands.OuterEarDb(hz), frame[band], 0.3);
    }

    [Fact]
    public void A_sine_falls_by_10_decibels_a_bark_above_and_by_25_below()
    {
        float[] sine = [.. Enumerable.Range(0, 4096).Select(i => (float)Math.Sin(2 * Math.PI * 2000 * i / 22_050))];
        float[] frame = new AuditorySpectrogram(Defaults).Compute(sine)[16].ToArray();
        int band = Array.IndexOf(frame, frame.Max());
        double step = CriticalBands.Bark(11_025) / 22;
        Assert.Equal(10 * step, frame[band + 2] - frame[band + 3], 0.2);
        Assert.Equal(25 * step, frame[band - 1] - frame[band - 2], 0.5);
    }

    [Fact]
    public void Silence_is_the_floor()
    {
        Assert.All(new AuditorySpectrogram(Defaults).Compute(new float[1000]).Values, v => Assert.Equal(Defaults.FloorDb, v, 1e-4));
    }

    private static float[] Noise(int samples)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, samples).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
