using Pipeline.Parquet;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>
/// A committed table: what the README looks into, and the proof that the same rows give the same bytes tomorrow. It is
/// compressed with Snappy, which is our own; zstd's bytes differ between versions of that library.
/// </summary>
public sealed class GoldenTableTests
{
    private static readonly string Golden = Repository.Find("tests", "golden", "features.parquet");

    [Fact]
    public void The_same_rows_give_the_bytes_they_always_gave()
    {
        using var folder = new TemporaryFolder();
        Write(folder["features.parquet"]);
        if (Environment.GetEnvironmentVariable("PIPELINE_UPDATE") == "1")
        {
            File.Copy(folder["features.parquet"], Golden, overwrite: true);
        }

        Assert.Equal(File.ReadAllBytes(Golden), File.ReadAllBytes(folder["features.parquet"]));
    }

    private static void Write(string path)
    {
        Provenance features = Provenance.After(
            "extract-features",
            "0.1.0",
            [new("representation", "logmel"), new("seed", "0")],
            new TableInput("examples", "7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730"));
        string[] genres = ["blues", "jazz", "rock", "jazz", "rock", "rock", "jazz", "rock"];
        using TableWriter<FeatureRow> writer = TableWriter<FeatureRow>.Create(path, features, new ParquetWriterOptions { Codec = CompressionCodec.Snappy });
        for (int i = 0; i < genres.Length; i++)
        {
            // A made-up spectrogram: a rise, a fall, and a ripple that differs from row to row.
            int channels = 4, frames = 30 + i;
            var values = new float[channels * frames];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = -80 + 2.5f * (k % frames % 16) + 0.25f * (k * (i + 3) % 7) - k / frames;
            }

            string split = i < 5 ? "train" : i < 6 ? "valid" : "test";
            writer.Write(new FeatureRow($"toy/{genres[i]}.{i:00000}#0", $"toy/{genres[i]}.{i:00000}", "toy", split, genres[i], "logmel", 0, 0, 30, channels, frames, values));
        }

        writer.Commit();
    }
}
