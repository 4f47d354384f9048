using System.Globalization;
using Pipeline.Audio;
using Pipeline.Dsp;
using Pipeline.Dsp.Rhythm;
using Pipeline.Tests.Audio;
using Xunit;

namespace Pipeline.Tests.Dsp.Rhythm;

public sealed class BeatTests
{
    private static readonly OnsetSettings Median = new() { Aggregate = OnsetAggregate.Median };

    [Theory, InlineData("song"), InlineData("chirp")]
    public void Tempo_and_beats_are_librosas(string name)
    {
        Beats beats = new BeatTracking(new BeatSettings()).Track(new OnsetStrength(Median).Compute(LibrosaGolden.Signal(name)));
        Assert.Equal(LibrosaGolden.Rows(name, "tempo")[0], (float)beats.Tempo);
        Assert.Equal(LibrosaGolden.Rows(name, "beat_frames"), beats.Frames.Select(t => (float)t));
        Assert.All(beats.Frames.Zip(beats.Seconds), b => Assert.Equal(b.First * 512 / 22_050.0, b.Second, 1e-12));
    }

    [Fact]
    public void A_window_is_like_itself_as_its_autocorrelation()
    {
        var random = new Random(3);
        float[] envelope = [.. Enumerable.Range(0, 50).Select(_ => random.NextSingle())];
        var settings = new TempoSettings { SampleRate = 41, Hop = 1, WindowS = 1 };

        // librosa's tempogram by its definition, with ramps of 20 frames at both ends
        float[] padded = [.. Enumerable.Range(0, 20).Select(i => envelope[0] * i / 20), .. envelope, .. Enumerable.Range(0, 20).Select(i => envelope[^1] * (19 - i) / 20)];
        double[] expected = new double[41];
        for (int t = 0; t < 50; t++)
        {
            double[] frame = [.. Enumerable.Range(0, 41).Select(i => padded[t + i] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * i / 41)))];
            double energy = frame.Sum(v => v * v);
            for (int lag = 0; lag < 41; lag++)
            {
                expected[lag] += Enumerable.Range(0, 41 - lag).Sum(i => frame[i] * frame[i + lag]) / energy / 50;
            }
        }

        foreach (Tempo tempo in (Tempo[])[new Tempo(settings), Tempo.Reference(settings)])
        {
            Assert.All(expected.Zip(tempo.SelfLikeness(envelope)), v => Assert.Equal(v.First, v.Second, 1e-6));
        }
    }

    [Theory, InlineData(30), InlineData(17)]
    public void Regular_onsets_are_found_as_beats(int period)
    {
        float[] envelope = new float[900];
        for (int t = 11; t < envelope.Length; t += period)
        {
            envelope[t] = 1;
        }

        Beats beats = new BeatTracking(new BeatSettings { IsLastLeftOut = false }).Track(envelope);
        Assert.Equal(60 * 22_050.0 / 512 / period, beats.Tempo, 1e-9);

        // The last one may stand too near to the end to be told from what could follow.
        Assert.Equal(Enumerable.Range(0, beats.Frames.Length).Select(i => 11 + i * period), beats.Frames);
        Assert.InRange(beats.Frames.Length, 889 / period, 889 / period + 1);
        Assert.Equal(beats.Frames[..^1], new BeatTracking(new BeatSettings()).Track(envelope).Frames);

        // Every second one is as regular.
        Assert.Equal(beats.Tempo / 2, new Tempo(new TempoSettings { StartTempo = beats.Tempo / 2, TempoDeviation = 0.1 }).Estimate(envelope), 1e-9);
        Assert.Equal(beats.Tempo / 2, new Tempo(new TempoSettings { MaxTempo = beats.Tempo }).Estimate(envelope), 1e-9);
    }

    [Fact]
    public void A_given_tempo_is_kept_as_tightly_as_asked()
    {
        var random = new Random(5);
        float[] envelope = [.. Enumerable.Range(0, 900).Select(_ => random.NextSingle())];
        int[] Distances(double tightness)
        {
            int[] frames = new BeatTracking(new BeatSettings { Tightness = tightness }).Track(envelope, 60 * 22_050.0 / 512 / 15).Frames;
            return [.. frames.Zip(frames.Skip(1), (a, b) => b - a)];
        }

        Assert.All(Distances(1_000_000), d => Assert.Equal(15, d));
        Assert.All(Distances(1), d => Assert.InRange(d, 8, 30));
        Assert.Contains(Distances(1), d => d is < 12 or > 18);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(40)]
    public void Silence_and_flat_envelopes_have_no_beats(int frames)
    {
        var tracking = new BeatTracking(new BeatSettings());
        Assert.Equal(0, tracking.Track(new float[frames]).Tempo);
        Assert.Empty(tracking.Track(new float[frames]).Frames);
        float[] flat = [.. Enumerable.Repeat(0.5f, frames)];
        Assert.True(double.IsFinite(tracking.Track(flat).Tempo));
        Assert.Equal(22, Math.Round(60 * 22_050.0 / 512 / new Tempo(new TempoSettings()).Estimate(new float[frames]))); // nearest to 120
    }

    [Fact]
    public void A_published_table_of_older_librosa_has_the_same_tempos()
    {
        string? root = Repository.Data("gtzan-mini");
        string? table = Repository.Data("gtzan-features", "features_30_sec.train-valid.csv");
        Require.SndFile();
        Assert.SkipWhen(root is null || table is null, "'../shared/data/gtzan-mini' is not there: it is not part of the repository");
        Dictionary<string, double> published = File.ReadLines(table).Skip(1).Select(line => line.Split(','))
            .ToDictionary(cells => Path.GetFileNameWithoutExtension(cells[0]), cells => double.Parse(cells[18], CultureInfo.InvariantCulture));
        var reflecting = new OnsetStrength(Median with { LogMel = new() { Mel = new() { Stft = new() { Padding = FramePadding.Reflect } } } });
        var tracking = new BeatTracking(new BeatSettings());
        string[] clips = [.. Directory.GetFiles(root, "*.flac", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 9 == 0)];
        Assert.Equal(10, clips.Length);
        Assert.All(clips, clip =>
        {
            double tempo = tracking.Track(reflecting.Compute(AudioFile.ReadMono(clip).Samples)).Tempo;
            Assert.Equal(published[Path.GetFileNameWithoutExtension(clip)], tempo, 1e-9);
        });
    }
}
