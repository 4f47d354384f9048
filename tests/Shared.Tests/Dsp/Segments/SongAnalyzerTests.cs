using Pipeline.Dsp.Segments;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

public sealed class SongAnalyzerTests
{
    private static readonly SongAnalyzer Analyzer = new();

    [Theory, InlineData(0), InlineData(1), InlineData(100), InlineData(22_050)]
    public void Silence_is_one_segment_of_least_loudness(int samples)
    {
        SongAnalysis analysis = Analyzer.Analyze(new float[samples]);
        Assert.Equal([0f], analysis.Start);
        Assert.Equal([-60f], analysis.LoudnessStart);
        Assert.Equal([-60f], analysis.LoudnessMax);
        Assert.Equal([0f], analysis.LoudnessMaxTime);
        Assert.Equal([0f], analysis.Confidence);
        Assert.Equal(-60, analysis.LoudnessDb, 1e-6);
        Assert.Equal(171.13f, analysis.Timbre[1], 0.01f);
        Assert.Equal(samples / 22_050.0, analysis.DurationS);
        Assert.Equal((0, analysis.DurationS), (analysis.FadeInEndS, analysis.FadeOutStartS));
    }

    [Theory, InlineData(1), InlineData(700), InlineData(3000), InlineData(30_001)]
    public void What_it_finds_is_finite_and_within_bounds(int samples)
    {
        var random = new Random(5);
        SongAnalysis analysis = Analyzer.Analyze([.. Enumerable.Range(0, samples).Select(_ => (float)(2 * random.NextDouble() - 1))]);
        int n = analysis.Start.Length;
        Assert.Equal((n, n, n, n), (analysis.Confidence.Length, analysis.LoudnessStart.Length, analysis.LoudnessMax.Length, analysis.LoudnessMaxTime.Length));
        Assert.Equal((12 * n, 12 * n), (analysis.Timbre.Length, analysis.Pitches.Length));
        Assert.All(analysis.Timbre, v => Assert.True(float.IsFinite(v)));
        Assert.All(analysis.Confidence, v => Assert.InRange(v, 0, 1));
        Assert.All(analysis.LoudnessMax.Zip(analysis.LoudnessStart), v => Assert.True(v.First >= v.Second && v.Second >= -60));
        Assert.InRange(analysis.LoudnessDb, -60, 12);
    }

    [Fact]
    public void Strokes_are_found_within_15_milliseconds()
    {
        double[] at = [0.5, 0.75, 1.1, 1.62, 2];
        SongAnalysis analysis = Analyzer.Analyze(Strokes(at, 1));
        Assert.Equal(at.Length + 1, analysis.Start.Length);
        for (int i = 0; i < at.Length; i++)
        {
            Assert.Equal(at[i], analysis.Start[i + 1], 0.015);
            Assert.InRange(analysis.LoudnessMaxTime[i + 1], 0.005, 0.06);
            Assert.True(analysis.Confidence[i + 1] > 0.9);
        }
    }

    [Fact]
    public void Half_the_amplitude_is_6_decibels_less_and_else_the_same()
    {
        double[] at = [0.5, 0.75, 1.1, 1.62, 2];
        SongAnalysis loud = Analyzer.Analyze(Strokes(at, 1)), soft = Analyzer.Analyze(Strokes(at, 0.5f));
        Assert.Equal(loud.Start, soft.Start);
        Assert.Equal(6.02, loud.LoudnessDb - soft.LoudnessDb, 0.02);
        for (int i = 0; i < loud.Start.Length; i++)
        {
            Assert.Equal(6.02, loud.LoudnessMax[i] - soft.LoudnessMax[i], 0.01);
            Assert.Equal(6.02, loud.Timbre[12 * i] - soft.Timbre[12 * i], 0.01);
            for (int c = 1; c < 12; c++)
            {
                Assert.Equal(loud.Timbre[12 * i + c], soft.Timbre[12 * i + c], 0.1);
            }
        }
    }

    [Fact]
    public void Later_by_whole_frames_it_is_the_same()
    {
        double[] at = [0.5, 0.75, 1.1, 1.62, 2];
        float[] sound = Strokes(at, 1);
        SongAnalysis first = Analyzer.Analyze(sound), later = Analyzer.Analyze([.. sound.AsSpan(0, 1280), .. sound]);
        Assert.Equal(first.Start.Length, later.Start.Length);
        for (int i = 1; i < first.Start.Length; i++)
        {
            Assert.Equal(first.Start[i] + 1280 / 22_050.0, later.Start[i], 1e-5);
        }

        for (int i = 12; i < first.Timbre.Length - 12; i++)
        {
            Assert.Equal(first.Timbre[i], later.Timbre[i], 0.05);
        }
    }

    // Bursts of noise that die away, over a floor of noise.
    private static float[] Strokes(double[] at, float amplitude)
    {
        var random = new Random(11);
        float[] sound = new float[(int)(2.5 * 22_050)];
        for (int i = 0; i < sound.Length; i++)
        {
            double t = i / 22_050.0;
            double level = 0.02 + at.Where(a => t >= a).Sum(a => 0.3 * Math.Exp(-(t - a) / 0.08));
            sound[i] = (float)(amplitude * level * (2 * random.NextDouble() - 1));
        }

        return sound;
    }
}
