using System.Runtime.InteropServices;
using Xunit;

namespace Pipeline.Tests;

/// <summary>
/// The made-up corpus is neither impossible nor trivial: no single number tells its genres apart, many together do to a degree,
/// and a split that ignores artists flatters.
/// </summary>
public sealed class CorpusDifficultyTests : IClassFixture<CorpusDifficultyTests.Corpus>
{
    private const int Artists = 6;
    private const int Clips = 3;
    private const int Genres = 10;

    private readonly Clip[] clips;

    public CorpusDifficultyTests(Corpus corpus) => clips = corpus.All;

    [Fact]
    public void No_single_descriptor_tells_the_genres_apart()
    {
        Assert.Equal(Genres * Artists * Clips, clips.Length);
        for (int d = 0; d < ClipDescriptors.Names.Length; d++)
        {
            double neighbours = ByNeighbours([d], 9, (a, b) => a.Artist != b.Artist);
            double bins = ByBins(d, 15);
            Assert.True(neighbours < 0.5 && bins < 0.5, $"{ClipDescriptors.Names[d]}: {neighbours:p0} by nearest neighbours of other artists, {bins:p0} at best in 15 bins");
        }
    }

    [Fact]
    public void Many_descriptors_together_tell_most_of_the_genres_apart_and_not_all()
    {
        double accuracy = ByDiscriminant(clip => clip.Artist[^1] - '0');
        Assert.True(accuracy is > 0.4 and < 0.9, $"{accuracy:p0}");
    }

    [Fact]
    public void A_split_that_ignores_artists_flatters()
    {
        double honest = ByDiscriminant(clip => clip.Artist[^1] - '0');
        double flattering = ByDiscriminant(clip => Array.IndexOf(clips, clip) % Artists);
        Assert.True(flattering > honest + 0.08, $"{flattering:p0} against {honest:p0}");
    }

    // Each fold is judged by what was learnt from the others.
    private double ByDiscriminant(Func<Clip, int> fold) => Enumerable.Range(0, Artists).Sum(f =>
    {
        var learnt = new LinearDiscriminant([.. clips.Where(c => fold(c) != f).Select(c => (c.Genre, c.Values))], ridge: 0.3);
        return clips.Where(c => fold(c) == f).Count(c => learnt.Guess(c.Values) == c.Genre);
    }) / (double)clips.Length;

    private double ByNeighbours(int[] descriptors, int count, Func<Clip, Clip, bool> mayTeach) =>
        clips.Average(clip => clips
            .Where(other => mayTeach(clip, other))
            .OrderBy(other => descriptors.Sum(d => Math.Pow(clip.Values[d] - other.Values[d], 2)))
            .Take(count)
            .GroupBy(other => other.Genre)
            .OrderByDescending(group => group.Count())
            .First().Key == clip.Genre ? 1.0 : 0);

    // The best that could be done with bins of equal count, if one knew the answers.
    private double ByBins(int descriptor, int bins)
    {
        Clip[] order = [.. clips.OrderBy(c => c.Values[descriptor])];
        return Enumerable.Range(0, bins).Sum(b =>
            order[(b * order.Length / bins)..((b + 1) * order.Length / bins)].GroupBy(c => c.Genre).Max(group => group.Count())) / (double)order.Length;
    }

    /// <summary>A clip as its descriptors, each of mean 0 and deviation 1 over the corpus.</summary>
    public sealed record Clip(string Genre, string Artist, double[] Values);

    /// <summary>A corpus of modest size, made once.</summary>
    public sealed class Corpus
    {
        public Corpus()
        {
            using var folder = new TemporaryFolder();
            CommandResult result = Command.Stage(
                "make-corpus", "--out", folder["corpus"], "--artists", $"{Artists}", "--clips", $"{Clips}", "--seconds", "5", "--tracks", "0", "--no-faults", "--quiet");
            Assert.True(result.ExitCode == 0, result.Errors);
            string[] files = [.. Directory.GetFiles(folder["corpus"], "*.wav", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
            All = [.. files.AsParallel().AsOrdered().Select(Describe)];
            for (int d = 0; d < ClipDescriptors.Names.Length; d++)
            {
                double mean = All.Average(c => c.Values[d]);
                double deviation = Math.Sqrt(All.Average(c => Math.Pow(c.Values[d] - mean, 2)));
                foreach (Clip clip in All)
                {
                    clip.Values[d] = (clip.Values[d] - mean) / (deviation + 1e-12);
                }
            }
        }

        public Clip[] All { get; }

        private static Clip Describe(string path)
        {
            string[] name = Path.GetFileName(path).Split('.');
            short[] samples = MemoryMarshal.Cast<byte, short>(File.ReadAllBytes(path).AsSpan(44)).ToArray();
            int artist = int.Parse(name[1], System.Globalization.CultureInfo.InvariantCulture) / Clips;
            return new Clip(name[0], $"{name[0]}/{artist}", ClipDescriptors.Of([.. samples.Select(x => x / 32768f)]));
        }
    }
}
