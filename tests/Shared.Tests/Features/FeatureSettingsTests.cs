using Pipeline.Features;
using Pipeline.Recipes;
using Xunit;

namespace Pipeline.Tests.Features;

/// <summary>What no example could have is refused when the recipe is read, not when the first one comes.</summary>
public sealed class FeatureSettingsTests
{
    [Theory]
    [InlineData("""{ "representation": "chroma", "transform": "cqt", "sample_rate": 8000 }""", "'transform' is not possible at 8000 samples a second")]
    [InlineData("""{ "representation": "chroma", "transform": "cens", "sample_rate": 8350 }""", "'transform' is not possible at 8350")] // of music tuned high
    [InlineData("""{ "representation": "chroma", "transform": "cqt", "sample_rate": 8450, "tuning": 0.5 }""", "'transform' is not possible at 8450")]
    [InlineData("""{ "representation": "stats", "sample_rate": 8000 }""", "'set' is not possible at 8000")]
    [InlineData("""{ "representation": "stats", "sample_rate": 768000 }""", "'set' is not possible at 768000")]
    [InlineData("""{ "representation": "logmel", "window": { "length_s": 86400, "shortest_s": 0 }, "sample_rate": 44100 }""", "'window.length_s' is too much")]
    [InlineData("""{ "representation": "logmel", "window": { "length_frames": 16777216 } }""", "'window.length_frames' is too much")]
    public void What_cannot_be_computed_of_anything_is_refused(string settings, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<RecipeException>(() => FeatureSettings.Parse(settings, "r.json")).Message);

    [Theory]
    [InlineData("""{ "representation": "chroma", "transform": "cqt", "sample_rate": 8450 }""")]
    [InlineData("""{ "representation": "stats", "set": "gtzan", "sample_rate": 8000 }""")]
    [InlineData("""{ "representation": "segments", "window": { "length_frames": 16777216 } }""")]
    public void What_can_be_computed_is_not_refused(string settings) => Assert.NotNull(FeatureSettings.Parse(settings, "r.json"));
}
