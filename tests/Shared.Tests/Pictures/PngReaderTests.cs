using System.Text.RegularExpressions;
using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests.Pictures;

/// <summary>Pictures by encoders of others (tests/golden/pictures/make.py), whose samples are known by formula.</summary>
public sealed partial class PngReaderTests
{
    public static TheoryData<string> Files => [.. PngFile.Golden];

    [Theory, MemberData(nameof(Files))]
    public void Samples_are_those_that_were_stored(string name)
    {
        Match parts = Name().Match(name);
        string kind = parts.Groups[1].Value;
        int full = (1 << int.Parse(parts.Groups[2].Value)) - 1;
        bool hasClear = parts.Groups[4].Success;
        (int width, int height) = parts.Groups[3].Value switch { "_1x1" => (1, 1), "_3x2" => (3, 2), _ => (21, 13) };
        int stored = kind switch { "rgb" => 3, "greyalpha" => 2, "rgba" => 4, _ => 1 };

        Picture picture = PngReader.Read(PngFile.GoldenPath(name));
        Assert.Equal((width, height), (picture.Width, picture.Height));
        Assert.Equal((kind == "palette" ? 3 : stored) + (hasClear ? 1 : 0), picture.Channels);
        int clearOnes = 0;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float[] pixel = [.. Enumerable.Range(0, stored).Select(c => (float)Value(x, y, c, kind == "palette" && hasClear ? 127 : full) / full)];
                if (kind == "palette")
                {
                    int i = Value(x, y, 0, hasClear ? 127 : full);
                    byte alpha = i < 100 ? (byte)(11 * i) : (byte)255;
                    pixel = [(byte)(7 * i) / 255f, (byte)(255 - 3 * i) / 255f, (byte)(5 * i + 1) / 255f, .. hasClear ? [alpha / 255f] : (float[])[]];
                }
                else if (hasClear)
                {
                    bool isClear = Enumerable.Range(0, stored).All(c => Value(x, y, c, full) == Value(2, 3, c, full));
                    clearOnes += isClear ? 1 : 0;
                    pixel = [.. pixel, isClear ? 0 : 1];
                }

                Assert.Equal(pixel, Enumerable.Range(0, picture.Channels).Select(c => picture[x, y, c]));
            }
        }

        Assert.True(!hasClear || kind == "palette" || clearOnes > 0);
    }

    [Fact]
    public void All_kinds_are_among_the_files() => Assert.Equal(44, PngFile.Golden.Length);

    [Fact]
    public void Rows_longer_than_a_band_and_many_bands_are_read()
    {
        foreach ((int width, int height) in ((int, int)[])[(200_000, 3), (7, 30_000)])
        {
            byte[] rows = [.. Enumerable.Range(0, height).SelectMany(y => Enumerable.Range(0, width).Select(x => (byte)(x == 0 ? 3 * y : 5)).Prepend((byte)(y % 2)))];
            Picture picture = PngReader.Decode(PngFile.Join(PngFile.Header((uint)width, (uint)height), PngFile.Data(rows), PngFile.End()), "made");
            foreach ((int x, int y) in ((int, int)[])[(0, 0), (width - 1, 1), (width - 1, height - 1), (3, height - 2)])
            {
                int expected = y % 2 == 0 ? (x == 0 ? 3 * y : 5) : 3 * y + 5 * x;
                Assert.Equal((byte)expected / 255f, picture[x, y, 0]);
            }
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_passed_over()
    {
        byte[] file = [.. File.ReadAllBytes(PngFile.GoldenPath("hand_grey8")), 1, 2, 3];
        Assert.Equal(21, PngReader.Decode(file, "longer").Width);
    }

    // As in make.py.
    private static int Value(int x, int y, int c, int full) => ((x * 2741 + y * 5171 + c * 9973) ^ (x * y * 37)) & full;

    [GeneratedRegex("^[a-z]+_(grey|rgb|greyalpha|rgba|palette)([0-9]+)(_[0-9]x[0-9])?(_clear)?(_interlaced)?$")]
    private static partial Regex Name();
}
