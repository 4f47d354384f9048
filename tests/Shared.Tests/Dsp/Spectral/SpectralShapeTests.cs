using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Xunit;

namespace Pipeline.Tests.Dsp.Spectral;

public sealed class SpectralShapeTests
{
    private delegate double Measure(ReadOnlySpan<float> power, ReadOnlySpan<float> magnitude);

    public static TheoryData<string, bool> Signals => new() { { "song", false }, { "song", true }, { "chirp", false }, { "chirp", true } };

    [Theory, MemberData(nameof(Signals))]
    public void Each_number_is_librosas(string signal, bool isReference)
    {
        SpectralShape shape = isReference ? SpectralShape.Reference() : new SpectralShape();
        Compare("spectral_centroid", (_, magnitude) => shape.Centroid(magnitude));
        Compare("spectral_bandwidth", (_, magnitude) => shape.Bandwidth(magnitude, shape.Centroid(magnitude)));
        Compare("spectral_flatness", (power, _) => shape.Flatness(power));

        void Compare(string feature, Measure measure) => LibrosaGolden.AssertSame(signal, feature, Each(LibrosaGolden.Signal(signal), measure));
    }

    // Where the sum comes within a millionth of the goal, librosa's rounding decides: that may be a frequency's difference.
    [Theory, MemberData(nameof(Signals))]
    public void The_roll_off_is_librosas(string signal, bool isReference)
    {
        SpectralShape shape = isReference ? SpectralShape.Reference() : new SpectralShape();
        float[] actual = Each(LibrosaGolden.Signal(signal), (_, magnitude) => shape.RollOff(magnitude)).Values;
        float[] expected = LibrosaGolden.Feature(signal, "spectral_rolloff").Values;
        double[] differences = [.. expected.Zip(actual, (e, a) => Math.Abs(e - (double)a)).Where(d => d > 1e-3)];
        Assert.InRange(differences.Length, 0, 1);
        Assert.All(differences, d => Assert.Equal(22_050.0 / 2048, d, 1e-3));
    }

    // From librosa's own spectra: its transform is of double precision, and the valleys of some frames lie where ours rounds.
    [Theory, MemberData(nameof(Signals))]
    public void Contrasts_are_librosas(string signal, bool isReference)
    {
        SpectralContrast contrast = isReference ? SpectralContrast.Reference(new ContrastSettings()) : new SpectralContrast(new ContrastSettings());
        (float[] magnitudes, int bins) = LibrosaGolden.Feature(signal, "stft_magnitude");
        float[] powers = [.. magnitudes.Select(m => m * m)];
        FrameMatrix peaks = new(magnitudes.Length / bins, 7), valleys = new(peaks.Frames, 7);
        for (int t = 0; t < peaks.Frames; t++)
        {
            contrast.Extremes(powers.AsSpan(t * bins, bins), peaks[t], valleys[t]);
        }

        contrast.Finish(peaks, valleys);
        LibrosaGolden.AssertSame(signal, "spectral_contrast", peaks);
        for (int run = 0; run < 2; run++) // the second with the buffers of the first
        {
            LibrosaGolden.AssertSame(signal, "spectral_contrast", contrast.Compute(LibrosaGolden.Signal(signal)), 5e-3);
        }
    }

    [Theory, MemberData(nameof(Signals))]
    public void Strength_and_crossings_are_librosas(string signal, bool isReference)
    {
        float[] samples = LibrosaGolden.Signal(signal);
        LibrosaGolden.AssertSame(signal, "rms", new RootMeanSquare(new FrameSettings()).Compute(samples));
        LibrosaGolden.AssertSame(signal, "rms_reflect", new RootMeanSquare(new FrameSettings { Padding = FramePadding.Reflect }).Compute(samples));
        LibrosaGolden.AssertSame(signal, "zero_crossing_rate", new ZeroCrossingRate(new FrameSettings()).Compute(samples, !isReference));
    }

    [Fact]
    public void By_hand()
    {
        // Sixteen bins of 100 Hz and one more.
        float[] spectrum = new float[17];
        (spectrum[2], spectrum[4], spectrum[10]) = (1, 2, 1);
        foreach (SpectralShape shape in (SpectralShape[])[new(3200, 32), SpectralShape.Reference(3200, 32)])
        {
            Assert.Equal(500, shape.Centroid(spectrum), 1e-6);
            Assert.Equal(100 * Math.Sqrt((9 + 2 * 1 + 25) / 4.0), shape.Bandwidth(spectrum, 500), 1e-4);
            Assert.Equal(100 * (3 + 2 * 1 + 5) / 4.0, shape.Bandwidth(spectrum, 500, 1), 1e-4);
            Assert.Equal(1000, shape.RollOff(spectrum));
            Assert.Equal(400, shape.RollOff(spectrum, 0.75));
            Assert.Equal(200, shape.RollOff(spectrum, 0.25));
            Assert.Equal(Math.Pow(Math.Pow(1e-4, 14) * 2, 1 / 17.0) / ((4 + 14e-4) / 17), shape.Flatness(spectrum, 1e-4), 1e-6);
        }
    }

    [Theory]
    [InlineData(1, 19)]
    [InlineData(2, 75)]
    [InlineData(9, 431)]
    [InlineData(16, 40)]
    [InlineData(20, 50)]
    [InlineData(3, 7)]
    public void The_greatest_and_least_are_those_of_sorting(int count, int length)
    {
        var random = new Random(length);
        var contrast = new SpectralContrast(new ContrastSettings());
        for (int run = 0; run < 50; run++)
        {
            // Every second run has many equal values.
            float[] values = [.. Enumerable.Range(0, length).Select(_ => run % 2 == 0 ? random.NextSingle() : random.Next(4))];
            float[] sorted = [.. values.Order()];
            (float, float) plain = contrast.ExtremesReference(values, count);
            (float, float) vector = SpectralContrast.IsVectorSupported ? contrast.ExtremesVector(values, count) : plain;
            foreach ((float peak, float valley) in ((float, float)[])[plain, vector])
            {
                Assert.Equal(sorted.TakeLast(count).Average(MathF.Sqrt), peak, 1e-5);
                Assert.Equal(sorted.Take(count).Average(MathF.Sqrt), valley, 1e-5);
            }
        }
    }

    [Fact]
    public void The_linear_contrast_is_a_difference_of_magnitudes()
    {
        // A tone of amplitude 0.5 under a window whose sum is half its length: 256 at its frequency, next to nothing elsewhere.
        float[] signal = [.. Enumerable.Range(0, 8192).Select(i => 0.5f * MathF.Sin(2 * MathF.PI * 64 * i / 2048))];
        FrameMatrix contrast = new SpectralContrast(new ContrastSettings { IsLinear = true }).Compute(signal);
        // 64 bins are 689 Hz: the third band, from 400 to 800 Hz.
        Assert.Equal(256, contrast[8][2], 0.5);
        Assert.Equal(0, contrast[8][6], 0.1);
    }

    [Fact]
    public void Contrasts_need_frequencies_in_every_band()
    {
        Assert.Throws<ArgumentException>(() => new SpectralContrast(new ContrastSettings { SampleRate = 8000 }));
        Assert.Throws<ArgumentException>(() => new SpectralContrast(new ContrastSettings { Stft = new() { FftSize = 64 } }));
    }

    // A tone of amplitude 0.5: mean square 1/8; the window lets 3/8 of the power through, and half its sum at one frequency.
    [Fact]
    public void The_strength_of_a_spectrum_is_that_of_the_windowed_signal()
    {
        float[] signal = [.. Enumerable.Range(0, 8192).Select(i => 0.5f * MathF.Sin(2 * MathF.PI * 100.3f * i / 2048))];
        FrameMatrix power = new Stft(new StftSettings()).Power(signal);
        Assert.Equal(Math.Sqrt(0.125 * 0.375), RootMeanSquare.OfSpectrum(power[8]), 1e-4);
        Assert.Equal(Math.Sqrt(power[8].ToArray().Average()), RootMeanSquare.OfBins(power[8]), 1e-4);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(63), InlineData(64), InlineData(65), InlineData(1000)]
    public void Signs_are_counted_the_same_with_vectors_and_without(int length)
    {
        var random = new Random(length);
        float[] signal = [.. Enumerable.Range(0, length).Select(_ => (float)(random.Next(5) - 2) * (random.Next(2) == 0 ? 1e-11f : 1))];
        foreach (FrameSettings settings in (FrameSettings[])[new(), new() { Length = 64, Hop = 7 }, new() { Length = 33, Hop = 10, IsCentred = false }])
        {
            var rate = new ZeroCrossingRate(settings);
            float[] actual = rate.Compute(signal, true).Values;
            Assert.Equal(rate.Compute(signal, false).Values, actual);

            // The definition, over the signal with its edges repeated.
            int margin = settings.IsCentred ? settings.Length / 2 : 0;
            float[] padded = [.. Enumerable.Repeat(signal.FirstOrDefault(), margin), .. signal, .. Enumerable.Repeat(signal.LastOrDefault(), margin)];
            Assert.All(Enumerable.Range(0, actual.Length), t =>
            {
                float[] frame = padded[(t * settings.Hop)..(t * settings.Hop + settings.Length)];
                int crossings = frame.Zip(frame.Skip(1)).Count(pair => pair.First < -1e-10f != pair.Second < -1e-10f);
                Assert.Equal((float)crossings / settings.Length, actual[t]);
            });
        }
    }

    [Fact]
    public void Edges_are_mirrored_or_repeated()
    {
        float[] signal = [1, 2, 3, 4];
        Assert.Equal(Roots(9 + 4 + 1 + 4, 1 + 4 + 9 + 16, 9 + 16 + 9 + 4), Rms(FramePadding.Reflect));
        Assert.Equal(Roots(1 + 1 + 1 + 4, 1 + 4 + 9 + 16, 9 + 16 + 16 + 16), Rms(FramePadding.Edge));
        Assert.Equal(Roots(1 + 4, 1 + 4 + 9 + 16, 9 + 16), Rms(FramePadding.Zero));

        float[] Rms(FramePadding padding) => new RootMeanSquare(new FrameSettings { Length = 4, Hop = 2, Padding = padding }).Compute(signal).Values;
        static float[] Roots(params double[] sums) => [.. sums.Select(sum => (float)Math.Sqrt(sum / 4))];
    }

    // librosa: a spectrum of zeros has centroid, bandwidth and roll-off 0, flatness 1 and no contrast.
    [Fact]
    public void Silence_has_the_values_that_librosa_gives_it()
    {
        float[] silence = new float[1025];
        foreach (SpectralShape shape in (SpectralShape[])[new(), SpectralShape.Reference()])
        {
            Assert.Equal(0, shape.Centroid(silence));
            Assert.Equal(0, shape.Bandwidth(silence, 0));
            Assert.Equal(0, shape.RollOff(silence));
            Assert.Equal(1, shape.Flatness(silence), 1e-5);
        }

        foreach (int samples in (int[])[0, 1, 3000])
        {
            Assert.All(new SpectralContrast(new ContrastSettings()).Compute(new float[samples]).Values, value => Assert.Equal(0, value));
            Assert.All(new RootMeanSquare(new FrameSettings()).Compute(new float[samples]).Values, value => Assert.Equal(0, value));
            Assert.All(new ZeroCrossingRate(new FrameSettings()).Compute(new float[samples]).Values, value => Assert.Equal(0, value));
        }
    }

    private static FrameMatrix Each(float[] signal, Measure measure)
    {
        FrameMatrix power = new Stft(new StftSettings()).Power(signal);
        var result = new FrameMatrix(power.Frames, 1);
        float[] magnitude = new float[power.Width];
        for (int t = 0; t < power.Frames; t++)
        {
            SpectralShape.Magnitude(power[t], magnitude);
            result.Values[t] = (float)measure(power[t], magnitude);
        }

        return result;
    }
}
