using System.Runtime.InteropServices;
using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests.Pictures;

public sealed class ResizerTests
{
    public static TheoryData<ResizeFilter, int, int> Sizes =>
        [.. from filter in Enum.GetValues<ResizeFilter>() from size in ((int, int)[])[(8, 5), (40, 31), (21, 4), (34, 6)] select (filter, size.Item1, size.Item2)];

    public static TheoryData<ResizeFilter> Filters => [.. Enum.GetValues<ResizeFilter>()];

    [Theory, MemberData(nameof(Sizes))]
    public void It_is_what_Pillow_makes(ResizeFilter filter, int width, int height)
    {
        string golden = Repository.Find("tests", "golden", "pictures", "figures", $"resize_{filter.ToString().ToLowerInvariant()}_{width}x{height}.f32");
        float[] expected = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(golden)).ToArray();
        Picture source = PngReader.Read(PngFile.GoldenPath("hand_grey8"));
        var resizer = new Resizer(21, 13, width, height, filter);
        Compare(expected, resizer.Resize(source));
        Compare(expected, resizer.ResizeReference(source));

        void Compare(float[] expected, Picture resized)
        {
            Assert.Equal((width, height, 1), (resized.Width, resized.Height, resized.Channels));
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], resized.Samples[i], 2e-6f);
            }
        }
    }

    [Theory, MemberData(nameof(Filters))]
    public void Vectors_and_reference_give_the_same_and_channels_stay_apart(ResizeFilter filter)
    {
        var random = new Random(1);
        var colours = new Picture(97, 61, 3, [.. Enumerable.Range(0, 97 * 61 * 3).Select(_ => random.NextSingle())]);
        var resizer = new Resizer(97, 61, 45, 70, filter);
        Picture resized = resizer.Resize(colours);
        Assert.Equal(resizer.ResizeReference(colours).Samples, resized.Samples);
        for (int c = 0; c < 3; c++)
        {
            var one = new Picture(97, 61, 1, [.. Enumerable.Range(0, 97 * 61).Select(i => colours.Samples[3 * i + c])]);
            Assert.Equal(resizer.Resize(one).Samples, Enumerable.Range(0, 45 * 70).Select(i => resized.Samples[3 * i + c]));
        }
    }

    [Theory, MemberData(nameof(Filters))]
    public void One_value_stays_and_the_same_size_changes_nothing(ResizeFilter filter)
    {
        var even = new Picture(31, 9, 1);
        even.Samples.AsSpan().Fill(0.625f);
        Assert.All(new Resizer(31, 9, 12, 40, filter).Resize(even).Samples, s => Assert.Equal(0.625f, s, 1e-6f));
        Picture source = PngReader.Read(PngFile.GoldenPath("hand_rgb8"));
        Picture same = new Resizer(21, 13, 21, 13, filter).Resize(source);
        Assert.All(source.Samples.Zip(same.Samples), p => Assert.Equal(p.First, p.Second, 1e-6f));
        Assert.Equal(1, new Resizer(31, 9, 1, 1, filter).Resize(even).Height);
    }

    [Fact]
    public void Alpha_and_other_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new Resizer(3, 3, 2, 2).Resize(new Picture(3, 3, 4)));
        Assert.Throws<ArgumentException>(() => new Resizer(3, 3, 2, 2).Resize(new Picture(3, 2, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Resizer(3, 3, 0, 2));
    }
}
