using Pipeline.Audio;
using Pipeline.Dsp.Segments;
using Pipeline.Features;
using Pipeline.Features.Changes;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests.Features;

/// <summary>Both ways to one more example agree: the analysis of changed sound, and the changed analysis of sound.</summary>
public sealed class SegmentsChangerTests
{
    [Theory]
    [InlineData(0, 1, -9, null)]
    [InlineData(3, 1, 0, null)]
    [InlineData(-4, 1, 0, null)]
    [InlineData(0, 1.25, 0, null)]
    [InlineData(0, 0.8, 0, null)]
    [InlineData(0, 1, 0, 10f)]
    [InlineData(0, 1, 0, 20f)]
    [InlineData(2, 1.1, -3, 15f)]
    public void Changed_segments_are_those_of_changed_sound(float semitones, float stretch, float gainDb, float? snrDb)
    {
        var change = new Change(semitones, stretch, gainDb, snrDb, 1);
        double[] asked = new double[13], done = new double[13];
        foreach (string genre in Directory.GetDirectories(Repository.Data("gtzan-mini")!).Order())
        {
            float[] sound = AudioFile.ReadMono(Directory.GetFiles(genre).Order().First()).Samples;
            var analyzer = new SongAnalyzer();
            Segments original = SegmentRows.Of("a", analyzer.Analyze(sound));
            Segments expected = SegmentRows.Of("a", analyzer.Analyze(new AudioChanger().Apply(sound, change)));
            Segments changed = new SegmentsChanger().Apply(original, change);
            for (int k = 0; k < 13; k++)
            {
                Func<Segments, float[]> of = k < 12 ? s => s.Timbre : s => s.LoudnessMax;
                (int w, int i) = k < 12 ? (12, k) : (1, 0);
                asked[k] += Math.Abs(Mean(expected, of, w, i) - Mean(original, of, w, i)) / 10;
                done[k] += Math.Abs(Mean(expected, of, w, i) - Mean(changed, of, w, i)) / 10;
            }
        }

        Console.Error.WriteLine($"{change}\n{string.Join(" ", asked.Select(v => $"{v,6:0.0}"))}\n{string.Join(" ", done.Select(v => $"{v,6:0.0}"))}");
    }

    private static double Mean(Segments song, Func<Segments, float[]> values, int width, int k)
    {
        double sum = 0;
        for (int i = 0; i < song.Start.Length; i++)
        {
            sum += values(song)[i * width + k] * (SegmentChannels.End(song, i) - song.Start[i]);
        }

        return sum / song.DurationS;
    }
}
