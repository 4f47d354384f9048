using Pipeline.Audio;
using Pipeline.Dsp.Segments;
using Pipeline.Msd;
using Pipeline.Tests.Audio;
using Xunit;

namespace Pipeline.Tests.Dsp.Segments;

/// <summary>Against what the Million Song Dataset publishes, and on real clips.</summary>
public sealed class PublishedSongsTests
{
    // Read once for all tests.
    private static readonly Lazy<MsdSong[]> Published = new(() =>
        [.. Directory.GetFiles(Repository.Data("msd-h5")!, "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Read).OfType<MsdSong>().Where(s => s.SegmentsStart!.Length > 20)]);

    [Fact]
    public void Keys_of_published_pitches_are_the_published_ones_more_often_than_not()
    {
        MsdSong[] songs = Songs();
        double agree = songs.Average(s => KeyEstimate.Of(s.SegmentsPitches, Lengths(s)).Key == s.Key ? 1.0 : 0);
        Assert.InRange(agree, 0.55, 1); // 0.08 by chance
    }

    [Fact]
    public void Sections_of_published_segments_are_the_published_ones_more_often_than_not()
    {
        double sum = 0;
        MsdSong[] songs = [.. Songs().Where(s => s.SectionsStart!.Length > 2)];
        foreach (MsdSong song in songs)
        {
            float[] found = Sections.Find(song.SegmentsStart, song.SegmentsTimbre, song.SegmentsPitches, song.BeatsStart, song.DurationS).Start[1..];
            float[] published = song.SectionsStart![1..];
            double hits = found.Count(f => published.Any(p => Math.Abs(f - p) <= 3)) + published.Count(p => found.Any(f => Math.Abs(f - p) <= 3));
            sum += hits / Math.Max(1, found.Length + published.Length);
        }

        Assert.InRange(sum / songs.Length, 0.5, 1); // 0.25 of as many drawn evenly
    }

    [Fact]
    public void Pitches_of_clips_are_as_sharp_as_published_ones()
    {
        string? root = Repository.Data("gtzan-mini");
        Assert.SkipWhen(root is null, "'../shared/data/gtzan-mini' is not there: it is not part of the repository");
        Require.SndFile();
        double[] clips = new double[12];
        var pitches = new SegmentPitches(Tones.Rate);
        string[] files = [.. Directory.GetFiles(root, "*.flac", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 6 == 0)];
        Assert.SkipWhen(files.Length == 0, "'../shared/data/gtzan-mini' has no clips");
        float[] starts = [.. Enumerable.Range(0, 118).Select(i => i * 0.25f)];
        foreach (string file in files)
        {
            Add(clips, pitches.Compute(AudioFile.ReadMono(file).Samples, starts, 29.5), _ => true);
        }

        double[] songs = new double[12];
        foreach (MsdSong song in Songs())
        {
            float[] lengths = Lengths(song);
            Add(songs, song.SegmentsPitches!, i => lengths[i] is > 0.2f and < 0.3f);
        }

        for (int k = 1; k < 12; k++)
        {
            Assert.Equal(songs[k] / songs[0], clips[k] / clips[0], 0.08);
        }
    }

    // The k-th strongest class's strength.
    private static void Add(double[] sums, float[] pitches, Func<int, bool> isWanted)
    {
        for (int i = 0; i < pitches.Length / 12; i++)
        {
            if (isWanted(i))
            {
                float[] sorted = [.. pitches[(i * 12)..(i * 12 + 12)].OrderDescending()];
                for (int k = 0; k < 12; k++)
                {
                    sums[k] += sorted[k];
                }
            }
        }
    }

    private static float[] Lengths(MsdSong song) => [.. song.SegmentsStart!.Zip([.. song.SegmentsStart![1..], (float)song.DurationS], (a, b) => b - a)];

    private static MsdSong[] Songs()
    {
        Assert.SkipWhen(Repository.Data("msd-h5") is null, "'../shared/data/msd-h5' is not there: it is not part of the repository");
        return Published.Value;
    }

    private static MsdSong? Read(string path)
    {
        using MsdFile file = MsdFile.Open(path);
        return file.SongCount == 1 ? file.Read(0) : null;
    }
}
