using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Xunit;

namespace Pipeline.Tests.Dsp.Spectral;

public sealed class MelTests
{
    public static TheoryData<string> Signals => ["song", "chirp"];

    // librosa.hz_to_mel's documented values, and the definitions at their breaks.
    [Theory]
    [InlineData(60, MelFormula.Slaney, 0.9)]
    [InlineData(1000, MelFormula.Slaney, 15)]
    [InlineData(6400, MelFormula.Slaney, 42)]
    [InlineData(0, MelFormula.Htk, 0)]
    [InlineData(6300, MelFormula.Htk, 2595)]
    public void Frequencies_have_the_mels_of_their_formula(double hertz, MelFormula formula, double mel)
    {
        Assert.Equal(mel, MelScale.FromHertz(hertz, formula), 1e-9);
        Assert.Equal(hertz, MelScale.ToHertz(mel, formula), 1e-9);
    }

    [Fact]
    public void The_filter_bank_is_librosas() =>
        LibrosaGolden.AssertSame(Transposed("mel_filterbank"), new MelFilterBank(new MelSettings()).ToMatrix(), 1e-6);

    [Theory, MemberData(nameof(Signals))]
    public void The_spectrogram_is_librosas(string signal)
    {
        var mel = new LogMel(new LogMelSettings());
        LibrosaGolden.AssertSame(signal, "melspectrogram", mel.ComputePower(LibrosaGolden.Signal(signal)));
        LibrosaGolden.AssertSame(signal, "melspectrogram_db", mel.Compute(LibrosaGolden.Signal(signal)));
    }

    [Theory, MemberData(nameof(Signals))]
    public void The_cepstrum_and_its_change_are_librosas(string signal)
    {
        var mfcc = new Mfcc(new MfccSettings());
        for (int run = 0; run < 2; run++) // the second with the buffers of the first
        {
            FrameMatrix coefficients = mfcc.Compute(LibrosaGolden.Signal(signal));
            LibrosaGolden.AssertSame(signal, "mfcc", coefficients);
            LibrosaGolden.AssertSame(signal, "mfcc_delta", new Delta().Compute(coefficients));
        }
    }

    [Theory]
    [InlineData(128, 2048, 0.0, null, MelFormula.Slaney, MelNorm.Slaney)]
    [InlineData(40, 1024, 300.0, 8000.0, MelFormula.Htk, MelNorm.None)]
    [InlineData(13, 64, 0.0, null, MelFormula.Slaney, MelNorm.None)]
    public void With_vectors_bands_are_the_sums_of_the_triangles(int bands, int size, double min, double? max, MelFormula formula, MelNorm norm)
    {
        var settings = new MelSettings { Bands = bands, Stft = new() { FftSize = size }, MinFrequency = min, MaxFrequency = max, Formula = formula, Norm = norm };
        var random = new Random(1);
        foreach (int frames in (int[])[0, 1, 7, 8, 19])
        {
            float[] power = [.. Enumerable.Range(0, frames * (size / 2 + 1)).Select(_ => random.NextSingle())];
            float[] expected = new float[frames * bands], actual = new float[frames * bands];
            MelFilterBank.Reference(settings).Apply(power, expected);
            new MelFilterBank(settings).Apply(power, actual);
            Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], actual[i], 1e-5 * Math.Max(1, expected[i])));
        }
    }

    [Fact]
    public void Triangles_without_norm_reach_one_half_way_up_the_htk_scale()
    {
        var settings = new MelSettings { Bands = 20, Stft = new() { FftSize = 4096 }, Formula = MelFormula.Htk, Norm = MelNorm.None };
        float[] weights = new MelFilterBank(settings).ToMatrix();
        double top = MelScale.Frequencies(22, 0, 11_025, MelFormula.Htk)[10];
        int bin = (int)Math.Round(top * 4096 / 22_050);
        Assert.InRange(weights[9 * 2049 + bin], 0.95, 1);
        Assert.All(weights, w => Assert.InRange(w, 0, 1));
    }

    [Theory]
    [InlineData(20, 128)]
    [InlineData(13, 40)]
    [InlineData(8, 8)]
    [InlineData(1, 3)]
    public void The_cosine_transform_is_the_sum_of_its_definition(int outputs, int inputs)
    {
        var random = new Random(outputs);
        float[] frames = [.. Enumerable.Range(0, 11 * inputs).Select(_ => random.NextSingle() - 0.5f)];
        foreach (Dct dct in (Dct[])[new(inputs, outputs), Dct.Reference(inputs, outputs)])
        {
            float[] actual = new float[11 * outputs];
            dct.Apply(frames, actual);
            for (int i = 0; i < actual.Length; i++)
            {
                (int t, int k) = (i / outputs, i % outputs);
                double sum = Enumerable.Range(0, inputs).Sum(n => frames[t * inputs + n] * Math.Cos(Math.PI * k * (2 * n + 1) / (2 * inputs)));
                Assert.Equal(sum * Math.Sqrt((k == 0 ? 1.0 : 2.0) / inputs), actual[i], 1e-5);
            }
        }
    }

    [Fact]
    public void The_lifter_raises_the_middle_coefficients()
    {
        float[] signal = LibrosaGolden.Signal("chirp");
        FrameMatrix plain = new Mfcc(new MfccSettings()).Compute(signal), raised = new Mfcc(new MfccSettings { Lifter = 22 }).Compute(signal);
        for (int n = 0; n < 20; n++)
        {
            Assert.Equal(plain[50][n] * (1 + 11 * Math.Sin(Math.PI * (n + 1) / 22)), raised[50][n], 1e-2);
        }
    }

    // scipy.signal.savgol_filter(values, 9, deriv=2, polyorder=2, mode='interp') and its first derivative with 5 points
    [Fact]
    public void Derivatives_are_those_of_the_fitted_polynomial()
    {
        float[] values = [1, 4, 2, 8, 5, 7, 1, 3, 9, 6, 2, 2];
        var matrix = new FrameMatrix(values.Length, 1);
        values.CopyTo(matrix.Values, 0);
        AssertClose(
            [-0.108225108, -0.108225108, -0.108225108, -0.108225108, -0.108225108, 0.0584415584, -0.199134199, -0.0108225108,
             -0.0108225108, -0.0108225108, -0.0108225108, -0.0108225108],
            new Delta(9, 2).Compute(matrix).Values);
        AssertClose(
            [1.2, 1.2, 1.2, 0.9, -0.3, -1.4, 0.4, 0.6, 0.5, -0.9, -0.9, -0.9],
            new Delta(5, 1).Compute(matrix).Values);
    }

    [Fact]
    public void Too_few_frames_for_a_derivative_are_refused() =>
        Assert.Throws<ArgumentException>(() => new Delta().Compute(new FrameMatrix(8, 3)));

    [Theory, InlineData(0), InlineData(1), InlineData(700), InlineData(22_051)]
    public void Silence_is_the_least_power_everywhere(int samples)
    {
        FrameMatrix mel = new LogMel(new LogMelSettings()).Compute(new float[samples]);
        Assert.Equal(1 + samples / 512, mel.Frames);
        Assert.All(mel.Values, value => Assert.Equal(-100, value, 1e-4));
        FrameMatrix mfcc = new Mfcc(new MfccSettings()).Compute(new float[samples]);
        Assert.All(Enumerable.Range(0, mfcc.Frames), t => Assert.Equal(-100 * Math.Sqrt(128), mfcc[t][0], 0.01));
        Assert.All(mfcc.Values.Where((_, i) => i % 20 > 0), value => Assert.Equal(0, value, 1e-3));
    }

    private static float[] Transposed(string bank)
    {
        (float[] values, int width) = LibrosaGolden.Feature("song", bank);
        float[] rows = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            rows[i % width * (values.Length / width) + i / width] = values[i];
        }

        return rows;
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], actual[i], 1e-5));
    }
}
