using Pipeline.Pictures;
using Xunit;

namespace Pipeline.Tests.Pictures;

public sealed class ColourMapTests
{
    public static TheoryData<string> Names => [.. ColourMap.All.Select(m => m.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Colours_are_those_of_matplotlib(string name)
    {
        Picture ramp = PngReader.Read(Repository.Find("tests", "golden", "pictures", "figures", $"ramp_{name}.png"));
        var values = new Picture(300, 1, 1, [.. Enumerable.Range(0, 300).Select(x => x / 299f)]);
        float tolerance = name == "grey" ? 1.01f / 255 : 0; // where 33 / 255 * 255 is less than 33, matplotlib makes 32 of it
        Assert.All(ramp.Flatten().Samples.Zip(ColourMap.Find(name)!.Apply(values).Samples), p => Assert.Equal(p.First, p.Second, tolerance));
    }

    [Theory, MemberData(nameof(Names))]
    public void Values_are_found_again_by_their_colours(string name)
    {
        ColourMap map = ColourMap.Find(name)!;
        Picture ramp = PngReader.Read(Repository.Find("tests", "golden", "pictures", "figures", $"ramp_{name}.png"));
        (Picture values, float distance) = map.Invert(ramp);
        Assert.Equal(0, distance, 1e-6f);
        for (int x = 0; x < 300; x++)
        {
            Assert.Equal(x / 299f, values.Samples[x], 2f / 255); // neighbours may have one colour
        }

        (float value, float off) = map.Invert(0, 1, 1);
        Assert.InRange(value, 0, 1);
        Assert.InRange(off, 0.2f, 1.5f);
    }

    [Theory, MemberData(nameof(Names))]
    public void Between_two_colours_lies_the_value_between(string name)
    {
        ColourMap map = ColourMap.Find(name)!;
        foreach (int i in (int[])[0, 17, 128, 254])
        {
            (float r0, float g0, float b0) = map.Colour(i / 255f);
            (float r1, float g1, float b1) = map.Colour((i + 1) / 255f);
            (float value, float distance) = map.Invert(r0 + 0.3f * (r1 - r0), g0 + 0.3f * (g1 - g0), b0 + 0.3f * (b1 - b0));
            Assert.Equal((i + 0.3f) / 255, value, 2e-4f);
            Assert.Equal(0, distance, 1e-4f);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Vectors_find_what_the_reference_finds(string name)
    {
        ColourMap map = ColourMap.Find(name)!;
        var random = new Random(1);
        for (int n = 0; n < 2000; n++)
        {
            float r = random.Next(256) / 255f, g = random.Next(256) / 255f, b = random.Next(256) / 255f;
            Assert.Equal(map.Nearest(r, g, b), ColourMap.IsVectorSupported ? map.NearestVector(r, g, b) : map.Nearest(r, g, b));
        }
    }

    [Fact]
    public void Grey_pictures_are_inverted_too_and_alpha_is_put_on_white()
    {
        (Picture values, float distance) = ColourMap.Grey.Invert(new Picture(3, 1, 2, [0, 1, 0.2f, 1, 0, 0]));
        Assert.Equal([0, 0.2f, 1], values.Samples.Select(s => MathF.Round(s, 5)));
        Assert.Equal(0, distance, 1e-6f);
    }

    [Fact]
    public void The_mean_distance_tells_whose_colours_they_are()
    {
        var values = new Picture(256, 1, 1, [.. Enumerable.Range(0, 256).Select(i => i / 255f)]);
        foreach (ColourMap map in ColourMap.All)
        {
            Picture coloured = map.Apply(values);
            Assert.Equal(map, ColourMap.All.MinBy(m => m.Invert(coloured).MeanDistance));
        }

        Assert.Null(ColourMap.Find("jet"));
        Assert.Equal(ColourMap.Magma.Colour(0), ColourMap.Magma.Colour(float.NaN));
        Assert.Equal(ColourMap.Magma.Colour(1), ColourMap.Magma.Colour(7));
    }
}
