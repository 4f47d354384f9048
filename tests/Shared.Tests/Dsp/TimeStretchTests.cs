using System.Numerics;
using Pipeline.Dsp;
using Xunit;

namespace Pipeline.Tests.Dsp;

public sealed class TimeStretchTests
{
    private const int SampleRate = 22_050;

    [Theory, InlineData(0.7, 37), InlineData(1.0, 16), InlineData(1.6, 5), InlineData(3.2, 24)]
    public void The_vocoder_is_librosas_formula(double rate, int bins)
    {
        var random = new Random(bins);
        const int frames = 30;
        Complex[][] spectra = [.. Enumerable.Range(0, frames + 2).Select(t => (Complex[])[.. Enumerable.Range(0, bins).Select(
            k => t >= frames || (k == 3 && t < 5) ? Complex.Zero : new Complex(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f))])];
        var vocoder = new PhaseVocoder(bins);
        for (int run = 0; run < 2; run++)
        {
            vocoder.Restart();
            double[] phase = [.. spectra[0].Select(v => v.Phase)];
            float[] re = new float[bins], im = new float[bins];
            for (int t = 0, read = 0; t * rate < frames; t++)
            {
                int first = (int)(t * rate);
                for (; read < first + 2; read++)
                {
                    vocoder.Append([.. spectra[read].Select(v => (float)v.Real)], [.. spectra[read].Select(v => (float)v.Imaginary)]);
                }

                double share = t * rate - first;
                vocoder.Next((float)share, re, im);
                for (int k = 0; k < bins; k++)
                {
                    (Complex a, Complex b) = (spectra[first][k], spectra[first + 1][k]);
                    Complex expected = Complex.FromPolarCoordinates((1 - share) * a.Magnitude + share * b.Magnitude, phase[k]);
                    Assert.Equal(expected.Real, re[k], 2e-5);
                    Assert.Equal(expected.Imaginary, im[k], 2e-5);
                    double expectedAdvance = Math.PI / 2 * k; // of a hop of a quarter of the frame
                    double deviation = b.Phase - a.Phase - expectedAdvance;
                    phase[k] += expectedAdvance + deviation - 2 * Math.PI * Math.Round(deviation / (2 * Math.PI));
                }
            }
        }
    }

    [Theory, InlineData(10_001, 1.3, 7693), InlineData(10_001, 0.5, 20_002), InlineData(5, 2.0, 2), InlineData(7, 2.0, 4), InlineData(0, 2.0, 0)]
    public void The_length_is_divided_by_the_rate(int samples, double rate, int expected)
    {
        float[] stretched = new TimeStretch(new StftSettings()).Stretch(new float[samples], rate);
        Assert.Equal(new float[expected], stretched);
    }

    [Fact]
    public void At_the_same_rate_nothing_changes()
    {
        var random = new Random(1);
        float[] signal = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextSingle() * 2 - 1)];
        Within.Tolerance(signal, new TimeStretch(new StftSettings()).Stretch(signal, 1), 2e-5);
    }

    [Theory, InlineData(0.8), InlineData(1.25), InlineData(2.0)]
    public void Clicks_come_at_their_new_times(double rate)
    {
        float[] clicks = new float[3 * SampleRate];
        int[] places = [8000, 20_000, 31_000, 45_000, 60_000];
        foreach (int place in places)
        {
            clicks[place] = 1;
        }

        float[] stretched = new TimeStretch(new StftSettings()).Stretch(clicks, rate);
        double total = stretched.Sum(v => (double)v * v), near = 0;
        foreach (int place in places)
        {
            int expected = (int)(place / rate);
            double sum = 0, weighted = 0;
            for (int i = expected - 2048; i < expected + 2048; i++)
            {
                double energy = (double)stretched[i] * stretched[i];
                sum += energy;
                weighted += energy * i;
            }

            Assert.InRange(weighted / sum, expected - 1024, expected + 1024); // half a frame, within which the first frame that has a click places it
            near += sum;
        }

        Assert.True(near > 0.99 * total);
    }

    [Theory, InlineData(0.0), InlineData(-1.0), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Impossible_rates_are_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimeStretch(new StftSettings()).Stretch(new float[10], rate));
}
