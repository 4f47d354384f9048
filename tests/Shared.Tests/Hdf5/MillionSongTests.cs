using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pipeline.Hdf5;
using Xunit;

namespace Pipeline.Tests.Hdf5;

/// <summary>Real files of the Million Song Dataset, against hashes of what libhdf5 reads from them (tests/golden/hdf5/msd.json).</summary>
public class MillionSongTests
{
    [Fact]
    public void Every_dataset_of_every_file_has_the_bytes_that_libhdf5_reads()
    {
        string? folder = Repository.Data("msd-h5");
        Assert.SkipWhen(folder is null, "there are no files of the Million Song Dataset beside the checkout (../shared/data/msd-h5)");
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(GoldenFileTests.Golden("msd.json")));
        string[] files = Directory.GetFiles(folder!, "*.h5", SearchOption.AllDirectories);
        Assert.Equal(golden.RootElement.EnumerateObject().Select(f => f.Name).Order(), files.Select(f => Path.GetFileName(f)).Order());
        foreach (string path in files)
        {
            using Hdf5File file = Hdf5File.Open(path);
            var lines = new StringBuilder();
            int count = 0;
            foreach (Hdf5Dataset dataset in file.Objects().OfType<Hdf5Dataset>().OrderBy(d => d.Path, StringComparer.Ordinal))
            {
                lines.Append($"{dataset.Path} {Convert.ToHexStringLower(SHA256.HashData(dataset.ReadBytes()))}\n");
                count++;
            }

            JsonElement expected = golden.RootElement.GetProperty(Path.GetFileName(path));
            Assert.Equal(expected.GetProperty("datasets").GetInt32(), count);
            Assert.Equal(expected.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()))));
        }
    }

    [Fact]
    public void The_tables_and_arrays_of_a_song_are_read_by_name()
    {
        string? folder = Repository.Data("msd-h5");
        Assert.SkipWhen(folder is null, "there are no files of the Million Song Dataset beside the checkout (../shared/data/msd-h5)");
        foreach (string path in Directory.GetFiles(folder!, "*.h5", SearchOption.AllDirectories))
        {
            using Hdf5File file = Hdf5File.Open(path);
            Hdf5Rows analysis = file.Dataset("/analysis/songs").ReadTable(), metadata = file.Dataset("/metadata/songs").ReadTable(), brainz = file.Dataset("/musicbrainz/songs").ReadTable();
            Assert.Equal(Path.GetFileNameWithoutExtension(path), analysis.Text(0, analysis.Field("track_id")));
            Assert.InRange(analysis.Double(0, analysis.Field("duration")), 1, 3600);
            Assert.StartsWith("SO", metadata.Text(0, metadata.Field("song_id")), StringComparison.Ordinal);
            Assert.InRange(brainz.Int32(0, brainz.Field("year")), 0, 2012);
            double[] start = file.Dataset("/analysis/segments_start").ReadDoubles();
            float[] timbre = file.Dataset("/analysis/segments_timbre").ReadFloats();
            Assert.Equal(12 * start.Length, timbre.Length);
            Assert.Equal(start.Order(), start);
        }
    }
}
