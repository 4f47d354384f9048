using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests.Pictures;

public sealed class PictureTests
{
    [Fact]
    public void Samples_lie_row_by_row()
    {
        var picture = new Picture(2, 2, 3, [.. Enumerable.Range(0, 12).Select(i => (float)i)]);
        Assert.Equal(11, picture[1, 1, 2]);
        Assert.Equal([6, 7, 8, 9, 10, 11], picture.Row(1).ToArray());
        Assert.Equal([9, 10, 11], picture.Crop(new PictureArea(1, 1, 1, 1)).Samples);
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.Crop(new PictureArea(1, 1, 2, 1)));
        Assert.Throws<ArgumentException>(() => new Picture(2, 2, 3, new float[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(2, 2, 5));
    }

    [Fact]
    public void What_is_clear_shows_the_background()
    {
        var picture = new Picture(3, 1, 2, [0.5f, 1, 0.5f, 0, 0, 0.25f]);
        Assert.Equal([0.5f, 1, 0.75f], picture.Flatten().Samples);
        Assert.Equal([0.5f, 0, 0], picture.Flatten(0).Samples);
    }

    [Fact]
    public void Grey_is_brightness()
    {
        var picture = new Picture(4, 1, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5f, 0.5f, 0.5f]);
        Assert.Equal([0.299f, 0.587f, 0.114f, 0.5f], picture.ToGrey().Samples.Select(s => MathF.Round(s, 5)));
        var grey = new Picture(2, 1, 1);
        Assert.Same(grey, grey.ToGrey());
    }
}
