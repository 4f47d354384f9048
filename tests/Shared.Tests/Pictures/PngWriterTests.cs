using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests.Pictures;

public sealed class PngWriterTests
{
    [Fact]
    public void Every_kind_is_read_again_as_it_was()
    {
        var random = new Random(1);
        foreach (int depth in (int[])[8, 16])
        {
            for (int channels = 1; channels <= 4; channels++)
            {
                int full = (1 << depth) - 1;
                var picture = new Picture(61, 17, channels, [.. Enumerable.Range(0, 61 * 17 * channels).Select(i => (float)((i / 3 + random.Next(9)) & full) / full)]);
                byte[] file = PngWriter.Encode(picture, depth);
                Assert.Equal((depth, channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 }), (file[24], file[25]));
                Assert.Equal(picture.Samples, PngReader.Decode(file, "").Samples);
                Assert.Equal(file, PngWriter.Encode(picture, depth));
            }
        }
    }

    [Fact]
    public void Bytes_are_written_as_they_are()
    {
        byte[] samples = [.. Enumerable.Range(0, 5 * 4 * 3).Select(i => (byte)(i * 11))];
        Assert.Equal(samples.Select(s => s / 255f), PngReader.Decode(PngWriter.Encode(5, 4, 3, samples), "").Samples);
        Assert.Throws<ArgumentException>(() => PngWriter.Encode(5, 4, 4, samples));
    }

    [Fact]
    public void What_is_out_of_range_goes_to_its_ends()
    {
        var picture = new Picture(6, 1, 1, [-1, 2, float.NaN, float.PositiveInfinity, 0.5f, 0.001f]);
        Assert.Equal([0, 1, 0, 1, 128 / 255f, 0], PngReader.Decode(PngWriter.Encode(picture), "").Samples);
    }

    [Fact]
    public void A_ramp_takes_little_room()
    {
        var picture = new Picture(300, 200, 1, [.. Enumerable.Range(0, 300 * 200).Select(i => (byte)(i % 300 + i / 300) / 255f)]);
        Assert.InRange(PngWriter.Encode(picture).Length, 57, 600);
    }

    [Fact]
    public void Others_read_it()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(2);
        byte[] samples = new byte[64 * 40 * 3];
        random.NextBytes(samples);
        string path = folder["a.png"];
        PngWriter.Write(path, new Picture(64, 40, 3, [.. samples.Select(s => s / 255f)]));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        CommandResult result = Run("ffmpeg", "-v", "error", "-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", folder["raw"]);
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(samples, File.ReadAllBytes(folder["raw"]));
    }

    private static CommandResult Run(string program, params string[] arguments)
    {
        try
        {
            return Command.Run(program, arguments);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed");
            throw;
        }
    }
}
