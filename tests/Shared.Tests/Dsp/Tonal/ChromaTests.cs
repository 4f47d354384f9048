using Pipeline.Dsp;
using Pipeline.Dsp.Tonal;
using Xunit;

namespace Pipeline.Tests.Dsp.Tonal;

public sealed class ChromaTests
{
    [Theory, InlineData("song"), InlineData("chirp")]
    public void It_is_librosas(string name)
    {
        float[] expected = LibrosaGolden.Rows(name, "chroma_cqt");
        FrameMatrix chroma = new ChromaCqt(new ChromaCqtSettings()).Compute(LibrosaGolden.Signal(name));
        float[] actual = chroma.ToChannelMajor();
        Assert.InRange(LibrosaGolden.Correlation(expected, actual), 0.999, 1);

        // Librosa's values were made with a resampler that takes the signal for a period: its ends are hardly comparable.
        float[] Inner(float[] values) => [.. values.Where((_, i) => i % chroma.Frames is var t && t >= 25 && t < chroma.Frames - 25)];
        Assert.InRange(LibrosaGolden.Correlation(Inner(expected), Inner(actual)), 0.9998, 1);
    }

    // Found with NumPy 1.24.2, by the definitions of librosa's piptrack and pitch_tuning.
    [Theory, InlineData("song", 0.04), InlineData("chirp", -0.39)]
    public void The_tuning_is_estimated_in_bins(string name, double expected)
    {
        var chroma = new ChromaCqt(new ChromaCqtSettings());
        Assert.Equal(expected, chroma.EstimateTuning(LibrosaGolden.Signal(name)), 1e-9);
        Assert.Equal(0, chroma.EstimateTuning([]));
        Assert.Equal(0, chroma.EstimateTuning(new float[9999]));
    }

    [Fact]
    public void Its_energy_is_quantized_and_smoothed_as_librosas()
    {
        float[] chroma = LibrosaGolden.Rows("song", "chroma_cqt");
        var frames = new FrameMatrix(chroma.Length / 12, 12);
        for (int i = 0; i < chroma.Length; i++)
        {
            frames[i % frames.Frames][i / frames.Frames] = chroma[i];
        }

        // Computed with SciPy 1.10.1 (ndimage.convolve with a symmetric Hann window) by the definition of librosa's chroma_cens.
        double[][] expected =
        [
            [0.09056, 0.47209, 0.23604, 0.23604, 0.49035, 0.23604, 0.23604, 0.17167, 0.18095, 0.47149, 0.06730, 0.12875],
            [0.13810, 0.24471, 0.42769, 0.26338, 0.45120, 0.24471, 0.42769, 0.20087, 0.18108, 0.33384, 0.09519, 0.16949],
            [0.44325, 0.08938, 0.04920, 0.22162, 0.59552, 0.22162, 0.14434, 0.22162, 0.02614, 0.51795, 0.02071, 0.02994],
        ];
        foreach (ChromaCens cens in (ChromaCens[])[new(), ChromaCens.Reference()])
        {
            FrameMatrix actual = cens.Compute(frames);
            Assert.All(expected.Zip([0, 80, 172]), e => Assert.All(e.First.Zip(actual[e.Second].ToArray()), v => Assert.Equal(v.First, v.Second, 6e-6)));
        }
    }

    [Fact]
    public void A_tone_is_its_class_in_any_octave_and_tuning()
    {
        foreach ((double lowest, double tuning) in ((double, double)[])[(ConstantQSettings.C1, 0), (ConstantQSettings.C1, 1.2), (55, 0)])
        {
            var chroma = new ChromaCqt(new ChromaCqtSettings { LowestFrequency = lowest, Octaves = 6 });
            for (int note = 40; note < 90; note += 7)
            {
                double frequency = 440 * Math.Pow(2, (note - 69 + tuning / 3) / 12);
                float[] tone = [.. Enumerable.Range(0, 22_050).Select(n => (float)Math.Sin(2 * Math.PI * frequency * n / 22_050))];
                float[] frame = chroma.Compute(tone, tuning)[20].ToArray();
                Assert.Equal(1, frame[note % 12]);
                Assert.All(frame.Where((_, i) => i != note % 12), v => Assert.InRange(v, 0, 0.5));
            }
        }
    }

    [Fact]
    public void A_transform_that_is_there_is_not_made_again()
    {
        float[] signal = LibrosaGolden.Signal("chirp");
        FrameMatrix magnitudes = new ConstantQ(new ConstantQSettings()).Magnitude(signal, 0.2);
        var chroma = new ChromaCqt(new ChromaCqtSettings { BinsPerOctave = 12 });
        Assert.Equal(chroma.Compute(signal, 0.2).Values, chroma.Compute(magnitudes).Values);
        float[] frame = magnitudes[60].ToArray();
        Assert.All(Enumerable.Range(0, 12), c => Assert.Equal(Enumerable.Range(0, 7).Sum(octave => frame[12 * octave + c]), chroma.Sum(magnitudes)[60][c], 1e-5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChromaCqt(new ChromaCqtSettings()).Sum(magnitudes));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(700), InlineData(40_001)]
    public void Silence_has_no_class(int samples)
    {
        FrameMatrix chroma = new ChromaCqt(new ChromaCqtSettings()).Compute(new float[samples]);
        Assert.Equal(1 + samples / 512, chroma.Frames);
        Assert.All(chroma.Values, v => Assert.Equal(0, v));
        Assert.All(new ChromaCens().Compute(chroma).Values, v => Assert.Equal(0, v));
        Assert.Empty(new ChromaCens().Compute(new FrameMatrix(0, 12)).Values);
    }
}
