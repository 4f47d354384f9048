using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class HarmonicPercussiveTests
{
    [Theory, InlineData("song"), InlineData("chirp")]
    public void Magnitudes_are_parted_as_librosa_parts_them(string signal)
    {
        float[] harmonic = LibrosaGolden.Rows(signal, "hpss_harmonic"), percussive = LibrosaGolden.Rows(signal, "hpss_percussive");
        FrameMatrix magnitude = new Stft(new StftSettings()).Magnitude(LibrosaGolden.Signal(signal));
        (FrameMatrix Harmonic, FrameMatrix Percussive) parts = new HarmonicPercussive(new HarmonicPercussiveSettings()).Decompose(magnitude);
        Within.Tolerance(harmonic, parts.Harmonic.ToChannelMajor(), 1e-4 * harmonic.Max());
        Within.Tolerance(percussive, parts.Percussive.ToChannelMajor(), 1e-4 * percussive.Max());
    }

    // By hand from librosa's definition: medians of 3 along time (harmonic) and of 3 along frequency (percussive).
    [Theory]
    [InlineData(2.0, 1.0, 1.0, 16.0 / 25, 9.0 / 25)]
    [InlineData(1.0, 1.0, 1.0, 4.0 / 7, 3.0 / 7)]
    [InlineData(3.0, 1.0, 1.0, 64.0 / 91, 27.0 / 91)]
    [InlineData(double.PositiveInfinity, 1.0, 1.0, 1.0, 0.0)]
    [InlineData(2.0, 2.0, 4.0, 16.0 / 52, 9.0 / 265)]
    [InlineData(2.0, 1.0, 2.0, 16.0 / 25, 9.0 / 73)]
    [InlineData(1.0, 3.0, 1.0, 4.0 / 13, 3.0 / 7)]
    public void Masks_are_as_hard_and_margins_as_wide_as_asked_for(double power, double harmonicMargin, double percussiveMargin, double harmonic, double percussive)
    {
        var settings = new HarmonicPercussiveSettings
        {
            HarmonicKernel = 3, PercussiveKernel = 3, Power = power, HarmonicMargin = harmonicMargin, PercussiveMargin = percussiveMargin,
        };
        var spectrogram = new FrameMatrix(3, 3);
        new float[] { 0, 4, 0, 3, 5, 3, 0, 4, 0 }.CopyTo(spectrogram.Values, 0); // in the middle 4 lasts and 3 is on both sides
        (FrameMatrix Harmonic, FrameMatrix Percussive) parts = new HarmonicPercussive(settings).Decompose(spectrogram);
        Assert.Equal(5 * harmonic, parts.Harmonic[1][1], 1e-6);
        Assert.Equal(5 * percussive, parts.Percussive[1][1], 1e-6);
    }

    [Theory, InlineData(1.0), InlineData(2.0), InlineData(2.5)]
    public void Masks_are_the_same_with_vectors_and_without(double power)
    {
        var random = new Random(1);
        float[] parts = [.. Enumerable.Range(0, 61).Select(i => i % 7 == 0 ? 0 : random.NextSingle())];
        float[] others = [.. Enumerable.Range(0, 61).Select(i => i % 7 == 0 || i % 5 == 0 ? 0 : random.NextSingle())];
        float[] expected = new float[61], masks = new float[61];
        foreach (bool isSplit in (bool[])[true, false])
        {
            SoftMask.Fill(parts, others, 1.5f, power, isSplit, masks);
            SoftMask.FillReference(parts, others, 1.5f, power, isSplit, expected, 0);
            Within.Tolerance(expected, masks, 1e-6);
            Assert.Equal(isSplit ? 0.5f : 0, masks[0]);
        }
    }

    [Fact]
    public void A_tone_lasts_and_clicks_strike()
    {
        float[] tone = [.. Enumerable.Range(0, 30_000).Select(i => 0.3f * (float)Math.Sin(2 * Math.PI * 440 * i / 22_050))];
        float[] clicks = new float[30_000];
        for (int i = 4000; i < clicks.Length; i += 6000)
        {
            clicks[i] = 1;
        }

        var both = new HarmonicPercussive(new HarmonicPercussiveSettings());
        (float[] harmonic, float[] percussive) = both.Separate([.. tone.Zip(clicks, (a, b) => a + b)]);
        Assert.True(Energy(harmonic.Zip(tone, (a, b) => a - b)) < 0.01 * Energy(tone));
        Assert.All(Enumerable.Range(0, clicks.Length).Where(i => clicks[i] == 1), i => Assert.InRange(percussive[i], 0.8, 1.1));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(700), InlineData(9001)]
    public void The_parts_add_up_to_the_signal(int samples)
    {
        var random = new Random(samples);
        float[] signal = [.. Enumerable.Range(0, samples).Select(_ => random.NextSingle() * 2 - 1)];
        var parting = new HarmonicPercussive(new HarmonicPercussiveSettings());
        for (int run = 0; run < 2; run++) // the second with the buffers of the first
        {
            (float[] harmonic, float[] percussive) = parting.Separate(signal);
            Within.Tolerance(signal, [.. harmonic.Zip(percussive, (a, b) => a + b)], 3e-6);
        }
    }

    [Fact]
    public void Silence_has_silent_parts()
    {
        (float[] harmonic, float[] percussive) = new HarmonicPercussive(new HarmonicPercussiveSettings()).Separate(new float[3000]);
        Assert.All(harmonic, v => Assert.Equal(0, v));
        Assert.All(percussive, v => Assert.Equal(0, v));
    }

    private static double Energy(IEnumerable<float> signal) => signal.Sum(v => (double)v * v);
}
