using Pipeline.Recipes;
using Xunit;

namespace Pipeline.Tests.Recipes;

public sealed class RecipeSectionTests
{
    private enum Shape
    {
        Round,
        VeryFlat,
    }

    [Fact]
    public void What_the_recipe_does_not_give_has_its_default()
    {
        RecipeSection section = Parse("{}");
        Assert.Equal(512, section.Int("hop", 512));
        Assert.Equal(0.5, section.Number("overlap", 0.5));
        Assert.Equal(80, section.NumberOrNone("range_db", 80));
        Assert.Null(section.NumberOrNone("top_hz", null));
        Assert.Equal(3, section.IntOrNone("most", 3));
        Assert.Null(section.IntOrNone("cap", null));
        Assert.True(section.Flag("centred", true));
        Assert.Equal("x", section.Text("name", "x"));
        Assert.Equal(Shape.VeryFlat, section.Choice("shape", Shape.VeryFlat));
        Assert.Equal(7, section.Section("inner").Int("depth", 7));
        section.Finish();
        Assert.Equal(
            """{"hop":512,"overlap":0.5,"range_db":80,"top_hz":null,"most":3,"cap":null,"centred":true,"name":"x","shape":"very-flat","inner":{"depth":7}}""",
            section.Complete);
    }

    [Fact]
    public void What_the_recipe_gives_counts()
    {
        RecipeSection section = Parse("""
            {
              // longer steps
              "hop": 1024, "range_db": null, "top_hz": 8000, "most": null, "cap": 50, "shape": "round", "centred": false, "inner": { "depth": 9 },
            }
            """);
        Assert.Equal(1024, section.Int("hop", 512));
        Assert.Null(section.NumberOrNone("range_db", 80));
        Assert.Equal(8000, section.NumberOrNone("top_hz", null));
        Assert.Null(section.IntOrNone("most", 3));
        Assert.Equal(50, section.IntOrNone("cap", null, 1));
        Assert.Equal(Shape.Round, section.Choice("shape", Shape.VeryFlat));
        Assert.False(section.Flag("centred", true));
        Assert.Equal(9, section.Section("inner").Int("depth", 7));
        section.Finish();
    }

    [Fact]
    public void The_complete_settings_read_again_are_the_same()
    {
        RecipeSection first = Parse("""{ "overlap": 0.25, "shape": "round" }""");
        string complete = Ask(first);
        Assert.Equal(complete, Ask(Parse(complete)));

        static string Ask(RecipeSection section)
        {
            section.Number("overlap", 0.5);
            section.Choice("shape", Shape.VeryFlat);
            section.NumberOrNone("range_db", 80);
            section.Finish();
            return section.Complete;
        }
    }

    [Theory]
    [InlineData("""{ "hopp": 3 }""", "r.json: there is no setting 'hopp' (did you mean 'hop'?)")]
    [InlineData("""{ "zebra": 3 }""", "r.json: there is no setting 'zebra' (there are hop, shape)")]
    [InlineData("""{ "hop": 0 }""", "r.json: 'hop' must be a whole number from 1 to 4096, not 0")]
    [InlineData("""{ "hop": 1.5 }""", "r.json: 'hop' must be a whole number from 1 to 4096, not 1.5")]
    [InlineData("""{ "hop": "512" }""", "r.json: 'hop' must be a whole number from 1 to 4096, not \"512\"")]
    [InlineData("""{ "shape": "very-fla" }""", "r.json: 'shape' must be one of round, very-flat (did you mean 'very-flat'?), not \"very-fla\"")]
    [InlineData("[1]", "r.json: a recipe must be an object {...}, not [1]")]
    public void A_wrong_setting_is_named_with_what_was_expected(string json, string message)
    {
        RecipeException refused = Assert.Throws<RecipeException>(() =>
        {
            RecipeSection section = Parse(json);
            section.Int("hop", 512, 1, 4096);
            section.Choice("shape", Shape.Round);
            section.Finish();
        });
        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public void A_setting_within_a_section_is_named_with_its_place()
    {
        RecipeSection inner = Parse("""{ "window": { "overlap": 2 } }""").Section("window");
        Assert.StartsWith("r.json: 'window.overlap' must be a number from 0 to 1", Assert.Throws<RecipeException>(() => inner.Number("overlap", 0, 0, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"hop\": 1, \"hop\": 2 }")]
    [InlineData("{ \"hop\": ")]
    [InlineData("")]
    public void What_is_not_JSON_is_refused_with_its_line(string json) =>
        Assert.StartsWith("r.json: ", Assert.Throws<RecipeException>(() => Parse(json)).Message, StringComparison.Ordinal);

    private static RecipeSection Parse(string json) => RecipeSection.Parse(json, "r.json");

    [Theory]
    [InlineData("""{ "a": "\ud800" }""")]
    [InlineData("""{ "\ud800": 1 }""")]
    [InlineData("""{ "a": [ { "b": "\udc00" } ] }""")]
    public void Half_a_character_is_refused(string json) =>
        Assert.Contains("that is no character", Assert.Throws<RecipeException>(() => RecipeSection.Parse(json, "r.json")).Message, StringComparison.Ordinal);
}
