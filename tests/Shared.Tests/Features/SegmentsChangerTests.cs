using Pipeline.Audio;
using Pipeline.Dsp.Segments;
using Pipeline.Features;
using Pipeline.Features.Changes;
using Pipeline.Tables;
using Pipeline.Tests.Audio;
using Xunit;

namespace Pipeline.Tests.Features;

/// <summary>Both ways to one more example agree: the analysis of changed sound, and the changed analysis of sound.</summary>
public sealed class SegmentsChangerTests
{
    private const int Clips = 5;

    private static readonly float[] Song = AudioFile.ReadMono(Repository.Find("tests", "golden", "librosa", "song.wav")).Samples;

    // Read and analysed once for all changes: the first clip of some genres.
    private static readonly Lazy<(float[] Sound, Segments Segments)[]> Heard = new(() => Hear(Repository.Data("gtzan-mini")));

    /// <summary>How much of what a change does to the mean timbre of music the changed segments may miss.</summary>
    [Theory]
    [InlineData(0, -9, null, 0.85)] // the levels of all bands fall alike: what is left are segments that begin elsewhere
    [InlineData(0, 0, 10f, 0.45)]
    [InlineData(0, 0, 20f, 0.55)]
    [InlineData(3, 0, null, 0.85)]
    [InlineData(-4, 0, null, 0.9)]
    public void Changed_segments_are_those_of_changed_sound(float semitones, float gainDb, float? snrDb, double missed)
    {
        Require.SndFile();
        Assert.SkipWhen(Heard.Value.Length == 0, "'../shared/data/gtzan-mini' is not there: it is not part of the repository");
        var change = new Change(semitones, 1, gainDb, snrDb, 1);
        double[] asked = new double[12], left = new double[12];
        foreach ((float[] sound, Segments original) in Heard.Value)
        {
            (Segments expected, Segments changed) = BothWays(sound, original, change);
            for (int k = 0; k < 12; k++)
            {
                asked[k] += Math.Abs(Mean(expected.Timbre, expected, 12, k) - Mean(original.Timbre, original, 12, k));
                left[k] += Math.Abs(Mean(expected.Timbre, expected, 12, k) - Mean(changed.Timbre, changed, 12, k));
            }

            Assert.Equal(Mean(expected.LoudnessMax, expected, 1, 0), Mean(changed.LoudnessMax, changed, 1, 0), 2.5);
            Assert.Equal(Mean(expected.Timbre, expected, 12, 0), Mean(changed.Timbre, changed, 12, 0), 2.5);
        }

        Assert.True(left.Sum() < missed * asked.Sum(), $"{left.Sum():0.0} of {asked.Sum():0.0} is missed");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-5)]
    [InlineData(1)]
    public void Pitches_move_with_the_sound(float semitones)
    {
        (Segments original, Segments expected, Segments changed) = BothWays(Song, new Change(semitones, 1, 0, null, 1));
        Assert.True(Likeness(expected, changed) > 0.8, $"{Likeness(expected, changed)}");
        Assert.True(Likeness(expected, original) < 0.5, $"{Likeness(expected, original)}");
        Assert.Equal(((original.Key + (int)semitones) % 12 + 12) % 12, changed.Key);

        static double Likeness(Segments a, Segments b)
        {
            double[] x = [.. Enumerable.Range(0, 12).Select(k => Mean(a.Pitches, a, 12, k))];
            double[] y = [.. Enumerable.Range(0, 12).Select(k => Mean(b.Pitches, b, 12, k))];
            double mx = x.Average(), my = y.Average();
            return x.Zip(y, (p, q) => (p - mx) * (q - my)).Sum() / Math.Sqrt(x.Sum(p => (p - mx) * (p - mx)) * y.Sum(q => (q - my) * (q - my)));
        }
    }

    [Theory]
    [InlineData(1.25)]
    [InlineData(0.8)]
    public void Segments_are_as_much_shorter_as_the_sound_is_faster(float stretch)
    {
        (Segments original, Segments expected, Segments changed) = BothWays(Song, new Change(0, stretch, 0, null, 1));
        Assert.Equal(expected.DurationS, changed.DurationS, 0.01);
        Assert.Equal(original.Start.Length, expected.Start.Length);
        for (int i = 0; i < expected.Start.Length; i++)
        {
            Assert.Equal(expected.Start[i], changed.Start[i], 0.08f);
        }

        Assert.Equal(original.Tempo * stretch, changed.Tempo, 1e-6);
    }

    [Fact]
    public void A_level_is_added_to_every_loudness_and_to_the_first_timbre_and_nothing_else_changes()
    {
        Segments original = SegmentRows.Of("a", new SongAnalyzer().Analyze(Song));
        Segments changed = new SegmentsChanger().Apply(original, new Change(0, 1, -6, null, 1));
        for (int i = 0; i < original.Start.Length; i++)
        {
            Assert.Equal(original.LoudnessMax[i] - 6, changed.LoudnessMax[i], 1e-3f);
            Assert.Equal(original.Timbre[12 * i] - 6, changed.Timbre[12 * i], 1e-3f);
            for (int k = 1; k < 12; k++)
            {
                Assert.Equal(original.Timbre[12 * i + k], changed.Timbre[12 * i + k], 0.02f);
            }
        }

        Assert.Equal(original.Pitches, changed.Pitches);
        Assert.Equal(original.Start, changed.Start);
    }

    [Fact]
    public void Without_a_change_the_segments_are_the_same() =>
        Assert.Same(SegmentRows.Of("a", new SongAnalyzer().Analyze(Song)) is var song ? song : null, new SegmentsChanger().Apply(song, Change.None));

    [Fact]
    public void Silence_can_be_changed_too()
    {
        Segments silence = SegmentRows.Of("a", new SongAnalyzer().Analyze(new float[22_050]));
        Segments changed = new SegmentsChanger().Apply(silence, new Change(2.5f, 1.1f, 6, 10, 1));
        Assert.Null(changed.FindFault());
    }

    private static (float[] Sound, Segments Segments)[] Hear(string? folder)
    {
        var analyzer = new SongAnalyzer();
        return [.. (folder is null ? [] : Directory.GetDirectories(folder)).Order(StringComparer.Ordinal).Take(Clips).Select(genre =>
        {
            float[] sound = AudioFile.ReadMono(Directory.GetFiles(genre).Order(StringComparer.Ordinal).First()).Samples;
            return (sound, SegmentRows.Of("a", analyzer.Analyze(sound)));
        })];
    }

    private static (Segments Original, Segments Expected, Segments Changed) BothWays(float[] sound, Change change)
    {
        Segments original = SegmentRows.Of("a", new SongAnalyzer().Analyze(sound));
        (Segments expected, Segments changed) = BothWays(sound, original, change);
        return (original, expected, changed);
    }

    private static (Segments Expected, Segments Changed) BothWays(float[] sound, Segments original, Change change) =>
        (SegmentRows.Of("a", new SongAnalyzer().Analyze(new AudioChanger().Apply(sound, change))), new SegmentsChanger().Apply(original, change));

    private static double Mean(float[] values, Segments song, int width, int k)
    {
        double sum = 0;
        for (int i = 0; i < song.Start.Length; i++)
        {
            sum += values[i * width + k] * (SegmentChannels.End(song, i) - song.Start[i]);
        }

        return sum / song.DurationS;
    }
}
