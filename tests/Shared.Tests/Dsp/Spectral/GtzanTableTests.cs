using System.Globalization;
using Pipeline.Audio;
using Pipeline.Dsp.Spectral;
using Pipeline.Tests.Audio;
using Xunit;

namespace Pipeline.Tests.Dsp.Spectral;

/// <summary>The published table of descriptors of GTZAN's clips, made with an older librosa that pads by reflection.</summary>
public sealed class GtzanTableTests
{
    // harmony_mean, the mean of a waveform that swings about 0, is up to 0.11 % off; all else is far nearer.
    private const double Tolerance = 0.002;

    [Fact]
    public void Every_column_is_the_published_one()
    {
        string? audio = Repository.Data("gtzan-mini");
        string? table = Repository.Data("gtzan-features", "features_30_sec.train-valid.csv");
        Assert.SkipWhen(audio is null || table is null, "'../shared/data/gtzan-mini' and 'gtzan-features' are not there: they are not part of the repository");
        Require.SndFile();
        string[][] lines = [.. File.ReadLines(table).Select(line => line.Split(','))];
        Dictionary<string, string[]> rows = lines.Skip(1).ToDictionary(line => Path.GetFileNameWithoutExtension(line[0]));
        string[] clips = [.. Directory.GetFiles(audio, "*.flac", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Where((_, i) => i % 5 == 3)];
        Assert.NotEmpty(clips);
        var descriptors = new GtzanDescriptors(new GtzanSettings());
        foreach (string clip in clips)
        {
            float[] found = descriptors.Compute(AudioFile.ReadMono(clip).Samples);
            string[] row = rows[Path.GetFileNameWithoutExtension(clip)];
            foreach ((int i, string column) in GtzanDescriptors.Columns.Index())
            {
                double published = double.Parse(row[Array.IndexOf(lines[0], column)], CultureInfo.InvariantCulture);
                Assert.True(Math.Abs(found[i] - published) <= Tolerance * Math.Abs(published), $"{column} of {clip}: {found[i]}, published {published}");
            }
        }
    }
}
