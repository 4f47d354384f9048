using Pipeline.Dsp;
using Pipeline.Dsp.Tonal;
using Xunit;

namespace Pipeline.Tests.Dsp.Tonal;

public sealed class ConstantQTests
{
    [Theory, InlineData("song"), InlineData("chirp")]
    public void It_is_librosas(string name)
    {
        float[] expected = LibrosaGolden.Rows(name, "cqt_magnitude");
        FrameMatrix actual = new ConstantQ(new ConstantQSettings()).Magnitude(LibrosaGolden.Signal(name));
        float[] values = actual.ToChannelMajor();
        Assert.InRange(LibrosaGolden.Correlation(expected, values), 0.9998, 1);
        for (int bin = 0; bin < actual.Width; bin++)
        {
            // Librosa's values were made with a resampler that takes the signal for a period: its ends are not comparable.
            double sum = 0, difference = 0;
            for (int t = 30; t < actual.Frames - 30; t++)
            {
                sum += expected[bin * actual.Frames + t];
                difference += Math.Abs(values[bin * actual.Frames + t] - expected[bin * actual.Frames + t]);
            }

            Assert.InRange(difference / actual.Frames, 0, 0.015 * sum / actual.Frames + 4e-4 * expected.Max());
        }
    }

    [Theory, InlineData(12, 84, 512, 0.0), InlineData(36, 252, 512, 0.13), InlineData(12, 40, 441, -0.2), InlineData(24, 100, 192, 0.4)]
    public void A_bin_is_the_product_with_a_windowed_tone(int binsPerOctave, int bins, int hop, double tuning)
    {
        float[] signal = LibrosaGolden.Signal("song");
        var settings = new ConstantQSettings { BinsPerOctave = binsPerOctave, Bins = bins, Hop = hop, Sparsity = 1e-5 };
        var transform = new ConstantQ(settings);
        FrameMatrix actual = transform.Magnitude(signal, tuning);
        double quality = 1 / ((Math.Pow(2, 2.0 / binsPerOctave) - 1) / (Math.Pow(2, 2.0 / binsPerOctave) + 1));
        double greatest = actual.Values.Max();
        for (int bin = 0; bin < bins; bin += 7)
        {
            double frequency = 32.70319566257483 * Math.Pow(2, (bin + tuning) / binsPerOctave);

            // Filters of lower octaves are a whole number of samples long at a rate halved as often, and their middles are
            // samples or half-way between two.
            int step = 1 << Math.Min((bins - 1 - bin) / binsPerOctave, int.TrailingZeroCount(hop));
            double exact = quality * 22_050 / frequency / step;
            int length = (int)Math.Floor(exact / 2) - (int)Math.Floor(-exact / 2);
            int reach = (int)(length * step / 2.0 / hop) + 2; // the ends of the signal are smeared where its rate is halved
            for (int t = reach; t < actual.Frames - reach; t += 17)
            {
                double product = Product(signal, t * hop + (length % 2 * 0.5 * step), frequency / 22_050, length * step) * Math.Sqrt(exact * step);
                Assert.Equal(product, actual[t][bin], 0.001 * greatest);
            }
        }
    }

    // The magnitude of the mean of signal times tone under a Hann window.
    private static double Product(float[] signal, double centre, double frequency, double length)
    {
        double re = 0, im = 0, sum = 0;
        for (int n = (int)Math.Ceiling(centre - length / 2); n <= centre + length / 2; n++)
        {
            double window = 0.5 + 0.5 * Math.Cos(2 * Math.PI * (n - centre) / length);
            double sample = n >= 0 && n < signal.Length ? signal[n] : 0;
            sum += window;
            re += window * sample * Math.Cos(2 * Math.PI * frequency * n);
            im += window * sample * Math.Sin(2 * Math.PI * frequency * n);
        }

        return Math.Sqrt(re * re + im * im) / sum;
    }

    [Theory, InlineData(12, 84), InlineData(36, 252)]
    public void It_is_the_same_without_vectors(int binsPerOctave, int bins)
    {
        float[] signal = LibrosaGolden.Signal("chirp");
        var settings = new ConstantQSettings { BinsPerOctave = binsPerOctave, Bins = bins };
        FrameMatrix plain = ConstantQ.Reference(settings).Magnitude(signal);
        FrameMatrix quick = new ConstantQ(settings).Magnitude(signal);
        double greatest = plain.Values.Max();
        Assert.All(plain.Values.Zip(quick.Values), v => Assert.Equal(v.First, v.Second, 1e-5 * greatest));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(511), InlineData(512), InlineData(5001)]
    public void Short_and_odd_signals_have_finite_values(int samples)
    {
        float[] signal = [.. Enumerable.Range(0, samples).Select(n => (float)Math.Sin(0.1 * n))];
        foreach (FramePadding padding in Enum.GetValues<FramePadding>())
        {
            FrameMatrix magnitudes = new ConstantQ(new ConstantQSettings { Padding = padding }).Magnitude(signal);
            Assert.Equal(1 + samples / 512, magnitudes.Frames);
            Assert.All(magnitudes.Values, v => Assert.True(float.IsFinite(v)));
            Assert.Equal(samples < (padding == FramePadding.Zero ? 2 : 3), magnitudes.Values.All(v => v == 0)); // a constant has no tones
        }
    }

    [Fact]
    public void A_signal_before_leaves_no_trace()
    {
        var transform = new ConstantQ(new ConstantQSettings());
        float[] signal = LibrosaGolden.Signal("song");
        float[] first = transform.Magnitude(signal.AsSpan(0, 30_001)).Values;
        transform.Magnitude(signal, 0.3);
        transform.Magnitude(signal);
        Assert.Equal(first, transform.Magnitude(signal.AsSpan(0, 30_001)).Values);
        Assert.All(transform.Magnitude(new float[20_000]).Values, v => Assert.Equal(0, v));
    }

    [Fact]
    public void A_tone_is_strongest_in_its_bin_at_any_tuning()
    {
        var transform = new ConstantQ(new ConstantQSettings());
        foreach (double tuning in (double[])[-0.4, 0, 0.25])
        {
            for (int bin = 12; bin < 84; bin += 11)
            {
                double frequency = transform.Frequency(bin, tuning);
                float[] tone = [.. Enumerable.Range(0, 22_050).Select(n => (float)Math.Sin(2 * Math.PI * frequency * n / 22_050))];
                float[] frame = transform.Magnitude(tone, tuning)[20].ToArray();
                Assert.Equal(bin, Array.IndexOf(frame, frame.Max()));

                // half the amplitude of a sine times the square root of the filter's length
                Assert.Equal(0.5 * Math.Sqrt(17.3276 * 22_050 / frequency), frame[bin], 0.01 * frame[bin]);
            }
        }
    }

    [Fact]
    public void Filters_beyond_half_the_sample_rate_are_refused()
        => Assert.Throws<ArgumentException>(() => new ConstantQ(new ConstantQSettings { SampleRate = 8000 }));
}
