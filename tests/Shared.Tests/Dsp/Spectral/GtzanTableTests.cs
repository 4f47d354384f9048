using System.Globalization;
using Pipeline.Audio;
using Pipeline.Dsp.Spectral;
using Xunit;

namespace Pipeline.Tests.Dsp.Spectral;

/// <summary>The published table of descriptors of GTZAN's clips, made with an older librosa that pads by reflection.</summary>
public sealed class GtzanTableTests
{
    [Theory]
    [InlineData("blues.00000")]
    [InlineData("classical.00000")]
    [InlineData("disco.00000")]
    [InlineData("hiphop.00002")]
    [InlineData("jazz.00000")]
    [InlineData("metal.00000")]
    [InlineData("pop.00002")]
    [InlineData("rock.00000")]
    public void Every_column_is_the_published_one_within_a_thousandth(string clip)
    {
        string? audio = Repository.Data("gtzan-mini");
        string? table = Repository.Data("gtzan-features", "features_30_sec.train-valid.csv");
        Assert.SkipWhen(audio is null || table is null, "'../shared/data/gtzan-mini' and 'gtzan-features' are not there: they are not part of the repository");
        string file = Path.Combine(audio, clip[..clip.IndexOf('.', StringComparison.Ordinal)], clip + ".flac");
        Assert.SkipUnless(File.Exists(file), $"'{clip}' is not among the clips");
        string[] names = File.ReadLines(table).First().Split(',');
        string[] row = File.ReadLines(table).First(l => l.StartsWith(clip + ".wav,", StringComparison.Ordinal)).Split(',');
        float[] found = new GtzanDescriptors(new GtzanSettings()).Compute(AudioFile.ReadMono(file).Samples);
        for (int i = 0; i < found.Length; i++)
        {
            string column = GtzanDescriptors.Columns[i];
            double published = double.Parse(row[Array.IndexOf(names, column)], CultureInfo.InvariantCulture);
            Assert.True(Math.Abs(found[i] - published) <= 0.001 * Math.Abs(published), $"{column} of {clip}: {found[i]}, published {published}");
        }
    }
}
