using System.Globalization;
using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests.Pictures;

public sealed class MarginCropTests
{
    private static readonly string Folder = Repository.Find("tests", "golden", "pictures", "figures");

    public static TheoryData<string> Figures => [.. File.ReadLines(Path.Combine(Folder, "figures.csv")).Where(l => l[0] != '#')];

    [Theory, MemberData(nameof(Figures))]
    public void Pictures_are_where_matplotlib_put_them(string line)
    {
        string[] fields = line.Split(',');
        double[] place = [.. fields[1..].Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
        Picture figure = PngReader.Read(Path.Combine(Folder, $"figure_{fields[0]}.png"));
        Assert.Equal((place[0], place[1]), (figure.Width, figure.Height));
        PictureArea area = new MarginCrop().Find(figure);
        // The frame's line lies half within the picture.
        Assert.Equal(place[2], area.X, 1.6);
        Assert.Equal(place[3], area.Y, 1.6);
        Assert.Equal(place[2] + place[4], area.X + area.Width, 1.6);
        Assert.Equal(place[3] + place[5], area.Y + area.Height, 1.6);
        if (fields[0] != "light")
        {
            // No line of the frame and of the margin is left.
            Picture inside = figure.Crop(area).Flatten();
            Assert.All(Enumerable.Range(0, inside.Width), x => Assert.True(inside[x, 0, 0] < 0.99f || inside[x, 0, 2] < 0.99f));
            Assert.All(Enumerable.Range(0, inside.Width), x => Assert.True(inside[x, inside.Height - 1, 0] > 0.3f));
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public void Drawn_figures_lose_all_but_the_picture(int channels, bool isFramed)
    {
        var random = new Random(channels);
        for (int n = 0; n < 20; n++)
        {
            var area = new PictureArea(random.Next(30, 60), random.Next(10, 30), random.Next(100, 200), random.Next(80, 120));
            Picture figure = Draw(random, area, channels, isFramed, random.Next(10, 40), random.Next(20, 40));
            Assert.Equal(area, new MarginCrop().Find(figure));
        }
    }

    [Fact]
    public void What_has_no_margin_stays_whole()
    {
        var random = new Random(1);
        var noise = new Picture(90, 60, 1, [.. Enumerable.Range(0, 90 * 60).Select(_ => random.NextSingle())]);
        Assert.Equal(new PictureArea(0, 0, 90, 60), new MarginCrop().Find(noise));

        // Silence that is white, as in a reversed grey map, is on one side.
        noise.Samples.AsSpan(0, 90 * 20).Fill(1);
        Assert.Equal(new PictureArea(0, 0, 90, 60), new MarginCrop().Find(noise));

        var white = new Picture(90, 60, 3);
        white.Samples.AsSpan().Fill(1);
        Assert.Equal(new PictureArea(0, 0, 90, 60), new MarginCrop().Find(white));
        Assert.Equal(new PictureArea(0, 0, 90, 60), new MarginCrop().Find(new Picture(90, 60, 3)));
        Assert.Equal(new PictureArea(0, 0, 1, 1), new MarginCrop().Find(new Picture(1, 1, 1)));
        Assert.Equal(new PictureArea(0, 0, 90, 60), new MarginCrop().Find(Text(90, 60)));
    }

    // Letters alone.
    private static Picture Text(int width, int height)
    {
        var random = new Random(3);
        var page = new Picture(width, height, 1);
        page.Samples.AsSpan().Fill(1);
        for (int n = 0; n < 100; n++)
        {
            page[random.Next(width), random.Next(height), 0] = 0;
        }

        return page;
    }

    private static Picture Draw(Random random, PictureArea area, int channels, bool isFramed, int right, int below)
    {
        var figure = new Picture(area.X + area.Width + right + 40, area.Y + area.Height + below, channels);
        figure.Samples.AsSpan().Fill(1);
        for (int y = 0; y < area.Height; y++)
        {
            for (int x = 0; x < area.Width; x++)
            {
                // Not white, but for a few spots.
                float level = random.Next(1000) == 0 ? 1 : 0.8f * y / area.Height + 0.05f * random.NextSingle();
                for (int c = 0; c < channels; c++)
                {
                    figure[area.X + x, area.Y + y, c] = c == 0 ? level : level * 0.4f;
                }
            }
        }

        if (isFramed)
        {
            Fill(figure, area.X - 1, area.Y - 1, area.Width + 2, 1);
            Fill(figure, area.X - 1, area.Y + area.Height, area.Width + 2, 1);
            Fill(figure, area.X - 1, area.Y - 1, 1, area.Height + 2);
            Fill(figure, area.X + area.Width, area.Y - 1, 1, area.Height + 2);
        }

        int edge = isFramed ? 1 : 0;
        for (int x = area.X + 5; x < area.X + area.Width - 8; x += 30)
        {
            Fill(figure, x, area.Y + area.Height + edge, 1, 4); // ticks
            Letters(figure, random, x - 4, area.Y + area.Height + 7, 9, 6);
        }

        for (int y = area.Y; y < area.Y + area.Height; y += 15)
        {
            Fill(figure, area.X - 4 - edge, y, 4, 1);
            Letters(figure, random, area.X - 20, y - 3, 12, 6);
        }

        Letters(figure, random, 2, area.Y + 20, 6, area.Height - 40);
        Letters(figure, random, area.X + 20, 1, area.Width - 40, 7);

        // A colour bar.
        Fill(figure, area.X + area.Width + right, area.Y, 12, area.Height);
        return figure;
    }

    private static void Fill(Picture figure, int left, int top, int width, int height)
    {
        for (int y = top; y < top + height; y++)
        {
            figure.Row(y).Slice(left * figure.Channels, width * figure.Channels).Clear();
        }
    }

    private static void Letters(Picture figure, Random random, int left, int top, int width, int height)
    {
        for (int n = width * height / 3; n > 0; n--)
        {
            Fill(figure, left + random.Next(width), Math.Max(0, top + random.Next(height)), 1, 1);
        }
    }
}
