using Pipeline.Dsp;
using Pipeline.Dsp.Spectral;
using Xunit;

namespace Pipeline.Tests.Dsp.Spectral;

public sealed class DescriptorStatisticsTests
{
    // scipy.stats.kurtosis, np.max, np.mean, np.median, np.min, scipy.stats.skew, np.std (SciPy 1.10.1, NumPy 1.24.2)
    public static TheoryData<float[], double[]> Vectors => new()
    {
        { [1, 2, 3, 4, 10], [-0.212, 10, 4, 3, 1, 1.138419958, 3.16227766] },
        { [0.5f, -1.25f, 3, 3, 8, -2, 0.125f, 7], [-1.141959883, 8, 2.296875, 1.75, -2, 0.4616187599, 3.439168629] },
        { [2, 9], [-2, 9, 5.5, 5.5, 2, 0, 3.5] },
        {
            [.. Enumerable.Range(0, 101).Select(i => (float)(Math.Sin(0.37 * i * i) * Math.Exp(i / 60.0)))],
            [-0.1886840886, 4.306050053, 0.2869060575, 0.1547925045, -4.761743156, -0.2398707407, 1.928107438]
        },
        { [4], [-3, 4, 4, 4, 4, 0, 0] },
        { [2.7f, 2.7f, 2.7f, 2.7f, 2.7f, 2.7f, 2.7f, 2.7f, 2.7f], [-3, 2.7, 2.7, 2.7, 2.7, 0, 0] },
    };

    [Theory, MemberData(nameof(Vectors))]
    public void Statistics_are_those_of_SciPy(float[] values, double[] expected)
    {
        var s = DescriptorStatistics.Of([.. values]);
        double[] actual = [s.Kurtosis, s.Max, s.Mean, s.Median, s.Min, s.Skew, s.StandardDeviation];
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(expected[i], actual[i], 1e-6));
        (double mean, double second, double third, double fourth) = Moments.Of(values, false);
        (double Mean, double Second, double Third, double Fourth) vector = Moments.Of(values, true);
        Assert.Equal(
            [mean, second, third, fourth], [vector.Mean, vector.Second, vector.Third, vector.Fourth], (a, b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a)));
    }

    [Fact]
    public void Nothing_has_no_statistics() => Assert.Throws<ArgumentException>(() => DescriptorStatistics.Of([]));

    [Theory, InlineData(1), InlineData(2), InlineData(10), InlineData(1001)]
    public void A_value_is_found_by_its_place(int length)
    {
        var random = new Random(length);
        for (int run = 0; run < 30; run++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => run % 2 == 0 ? MathF.Pow(random.NextSingle() - 0.5f, 5) : random.Next(3) - 1)];
            float[] sorted = [.. values.Order()];
            int k = random.Next(length);
            Assert.Equal(sorted[k], Selection.Select([.. values], k));
            Assert.Equal(sorted[k], Selection.SelectVector(values, k));
            double median = ((double)sorted[(length - 1) / 2] + sorted[length / 2]) / 2;
            Assert.Equal(median, Selection.Median([.. values], true));
            Assert.Equal(median, Selection.Median([.. values], false));
        }
    }

    [Fact]
    public void The_columns_are_those_of_the_published_tables()
    {
        Assert.Equal(57, GtzanDescriptors.Columns.Count);
        Assert.Equal(["chroma_stft_mean", "chroma_stft_var", "rms_mean"], GtzanDescriptors.Columns.Take(3));
        Assert.Equal(["perceptr_var", "tempo", "mfcc1_mean"], GtzanDescriptors.Columns.Skip(15).Take(3));
        Assert.Equal("mfcc20_var", GtzanDescriptors.Columns[^1]);
        Assert.Equal(518, FmaDescriptors.Columns.Count);
        Assert.Equal(FmaDescriptors.Columns.Order(StringComparer.Ordinal), FmaDescriptors.Columns);
        Assert.Equal("chroma_cens_kurtosis_01", FmaDescriptors.Columns[0]);
        Assert.Equal("zcr_std_01", FmaDescriptors.Columns[^1]);
        Assert.Equal(518, FmaDescriptors.Columns.Distinct().Count());
    }

    [Fact]
    public void A_row_of_FMA_holds_what_its_columns_say()
    {
        float[] signal = LibrosaGolden.Signal("song");
        FrameMatrix chroma = Matrix("chroma_cqt");
        float[] row = new FmaDescriptors(new FmaSettings { Stft = new() }).Compute(signal, chroma, chroma);
        AssertColumn("mfcc_mean_01", Values("mfcc", 0).Average());
        AssertColumn("mfcc_max_20", Values("mfcc", 19).Max());
        AssertColumn("chroma_stft_min_12", Values("chroma_stft_tuned", 11).Min());
        AssertColumn("chroma_cqt_median_03", Values("chroma_cqt", 2).Order().ElementAt(86));
        AssertColumn("spectral_centroid_std_01", Deviation(Values("spectral_centroid", 0)));
        AssertColumn("spectral_bandwidth_std_01", Deviation(Values("spectral_bandwidth", 0)));
        AssertColumn("spectral_contrast_mean_07", Values("spectral_contrast", 6).Average());
        AssertColumn("spectral_rolloff_mean_01", Values("spectral_rolloff", 0).Average());
        AssertColumn("zcr_max_01", Values("zero_crossing_rate", 0).Max());
        float[] magnitudes = LibrosaGolden.Feature("song", "stft_magnitude").Values;
        AssertColumn("rmse_max_01", magnitudes.Chunk(1025).Max(frame => Math.Sqrt(frame.Average(m => (double)m * m))));
        AssertColumn("tonnetz_mean_04", Enumerable.Range(0, chroma.Frames).Average(t => (double)Tonnetz.FromChroma(chroma)[t][3]));

        void AssertColumn(string name, double expected) =>
            Assert.Equal(expected, row[FmaDescriptors.Columns.ToList().IndexOf(name)], 1e-3 * Math.Abs(expected) + 1e-6);

        static double Deviation(IEnumerable<double> values) => Math.Sqrt(values.Average(v => v * v) - Math.Pow(values.Average(), 2));

        static FrameMatrix Matrix(string feature)
        {
            (float[] values, int width) = LibrosaGolden.Feature("song", feature);
            var matrix = new FrameMatrix(values.Length / width, width);
            values.CopyTo(matrix.Values, 0);
            return matrix;
        }

        static double[] Values(string feature, int n)
        {
            (float[] values, int width) = LibrosaGolden.Feature("song", feature);
            return [.. values.Where((_, i) => i % width == n).Select(v => (double)v)];
        }
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2000)]
    public void Silence_and_shreds_have_finite_rows(int samples)
    {
        FrameMatrix chroma = new(1, 12);
        float[] silence = new float[samples], click = new float[samples];
        click.AsSpan(0, Math.Min(1, samples)).Fill(1);
        foreach (float[] signal in (float[][])[silence, click])
        {
            Assert.All(new FmaDescriptors(new FmaSettings()).Compute(signal, chroma, chroma), value => Assert.True(float.IsFinite(value)));
            Assert.All(new GtzanDescriptors(new GtzanSettings()).Compute(signal, signal, signal, 0), value => Assert.True(float.IsFinite(value)));
        }
    }

}
