using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Xunit;

namespace Pipeline.Tests.Dsp.Spectral;

public sealed class ChromaTests
{
    public static TheoryData<string> Signals => ["song", "chirp"];

    [Fact]
    public void The_filter_bank_is_librosas()
    {
        (float[] values, int width) = LibrosaGolden.Feature("song", "chroma_filterbank");
        float[] matrix = new ChromaFilterBank(new ChromaSettings(), 0).ToMatrix();
        int bins = values.Length / width;
        LibrosaGolden.AssertSame([.. Enumerable.Range(0, values.Length).Select(i => values[i % bins * width + i / bins])], matrix, 1e-6);
    }

    [Theory, MemberData(nameof(Signals))]
    public void Pitch_classes_are_librosas(string signal) =>
        LibrosaGolden.AssertSame(signal, "chroma_stft", new ChromaStft(new ChromaSettings { Tuning = 0 }).Compute(LibrosaGolden.Signal(signal)));

    // Of magnitudes: librosa.estimate_tuning(y).
    [Theory, MemberData(nameof(Signals))]
    public void The_tuning_is_librosas(string signal) =>
        Assert.Equal(LibrosaGolden.EstimatedTuning(signal), new Tuning().Estimate(LibrosaGolden.Feature(signal, "stft_magnitude").Values));

    // Of powers, which may be another: librosa.feature.chroma_stft(y) with tuning=None.
    [Theory, MemberData(nameof(Signals))]
    public void With_the_tuning_estimated_pitch_classes_are_librosas(string signal)
    {
        var chroma = new ChromaStft(new ChromaSettings());
        for (int run = 0; run < 2; run++) // the second with the buffers of the first
        {
            LibrosaGolden.AssertSame(signal, "chroma_stft_tuned", chroma.Compute(LibrosaGolden.Signal(signal)));
        }
    }

    [Fact]
    public void Long_signals_are_transformed_twice_with_the_same_result()
    {
        StftSettings small = new() { FftSize = 64, Hop = 4 };
        float[] signal = LibrosaGolden.Signal("song");
        var chroma = new ChromaStft(new ChromaSettings { Stft = small });
        FrameMatrix whole = chroma.Compute(signal), given = new ChromaStft(new ChromaSettings { Stft = small, Tuning = chroma.EstimateTuning(signal) }).Compute(signal);
        Assert.True(whole.Frames > 8192);
        Assert.Equal(given.Values, whole.Values);
    }

    [Theory, MemberData(nameof(Signals))]
    public void The_tonal_centroid_is_librosas(string signal) =>
        LibrosaGolden.AssertSame(signal, "tonnetz_from_chroma_stft", Tonnetz.FromChroma(new ChromaStft(new ChromaSettings { Tuning = 0 }).Compute(LibrosaGolden.Signal(signal))));

    [Theory]
    [InlineData(12, 2048)]
    [InlineData(24, 1024)]
    [InlineData(5, 128)]
    public void With_vectors_classes_are_the_sums_of_the_weights(int classes, int size)
    {
        var settings = new ChromaSettings { Classes = classes, Stft = new() { FftSize = size } };
        var random = new Random(1);
        foreach (int frames in (int[])[0, 1, 2, 5])
        {
            float[] power = [.. Enumerable.Range(0, frames * (size / 2 + 1)).Select(_ => random.NextSingle())];
            float[] expected = new float[frames * classes], actual = new float[frames * classes];
            ChromaFilterBank.Reference(settings, 0.1).Apply(power, expected);
            new ChromaFilterBank(settings, 0.1).Apply(power, actual);
            Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(1, expected[i])));
        }
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(-0.4)]
    [InlineData(0)]
    public void A_scale_out_of_tune_is_told_by_how_much(double tuning)
    {
        float[] signal = new float[44_100];
        for (int i = 0; i < signal.Length; i++)
        {
            double frequency = 880 * Math.Pow(2, (i / 3675 + tuning) / 12); // twelve tones, one after the other
            signal[i] = (float)Math.Sin(2 * Math.PI * frequency * i / 22_050);
        }

        Assert.Equal(tuning, new ChromaStft(new ChromaSettings()).EstimateTuning(signal), 0.03);
    }

    [Theory]
    [InlineData(2048)]
    [InlineData(512)]
    [InlineData(16)]
    public void With_vectors_the_same_peaks_are_found(int size)
    {
        var random = new Random(size);
        float[] spectra = [.. Enumerable.Range(0, 9 * (size / 2 + 1)).Select(_ => random.Next(6) / 5f)]; // with many equal neighbours
        Tuning vector = new(22_050, size), reference = Tuning.Reference(22_050, size);
        Assert.Equal(reference.Estimate(spectra), vector.Estimate(spectra));
        Assert.Equal(reference.Peaks, vector.Peaks);
        Assert.InRange(vector.Peaks, size > 16 ? 20 : 0, spectra.Length / 2);
    }

    [Fact]
    public void Classes_can_begin_with_A_count_all_octaves_alike_and_stay_as_they_are()
    {
        float[] c = new ChromaFilterBank(new ChromaSettings(), 0).ToMatrix(), a = new ChromaFilterBank(new ChromaSettings { BeginsWithC = false }, 0).ToMatrix();
        Assert.Equal(c.AsSpan(9 * 1025, 1025), a.AsSpan(0, 1025));

        float[] alike = new ChromaFilterBank(new ChromaSettings { OctaveWidth = null }, 0).ToMatrix();
        Assert.All(Enumerable.Range(0, 1025), bin => Assert.Equal(1, Enumerable.Range(0, 12).Sum(i => (double)alike[i * 1025 + bin] * alike[i * 1025 + bin]), 1e-5));

        float[] signal = LibrosaGolden.Signal("chirp");
        FrameMatrix plain = new ChromaStft(new ChromaSettings { Tuning = 0, Norm = ChromaNorm.None }).Compute(signal);
        FrameMatrix scaled = new ChromaStft(new ChromaSettings { Tuning = 0 }).Compute(signal);
        float most = plain[40].ToArray().Max();
        Assert.NotEqual(1, most, 0.1);
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(scaled[40][i], plain[40][i] / most, 1e-6));
    }

    [Theory, InlineData(0), InlineData(1), InlineData(5000)]
    public void Silence_has_no_pitch(int samples)
    {
        var chroma = new ChromaStft(new ChromaSettings());
        FrameMatrix classes = chroma.Compute(new float[samples]);
        Assert.Equal(1 + samples / 512, classes.Frames);
        Assert.All(classes.Values, value => Assert.Equal(0, value));
        Assert.All(Tonnetz.FromChroma(classes).Values, value => Assert.Equal(0, value));
        Assert.Equal(0, chroma.EstimateTuning(new float[samples]));
    }
}
