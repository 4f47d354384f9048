using Pipeline.Features;
using Pipeline.Models;
using Pipeline.Recipes;
using Xunit;

namespace Pipeline.Tests.Models;

/// <summary>The recipes that come along.</summary>
public sealed class RecipeFilesTests
{
    private static readonly string[] Shapes = ["", "gtzan-msd", "gtzan", "parts", "game-music", "regions", "pictures"];

    private static readonly Recipe[] Recipes =
        [.. Directory.GetFiles(Repository.Find("manifests", "recipes"), "*.json").Order(StringComparer.Ordinal).Select(Recipe.Load)];

    [Fact]
    public void Their_features_and_networks_are_understood() => Assert.All(Recipes, recipe =>
    {
        FeatureSettings features = FeatureSettings.Read(recipe.Section("features"));
        if (recipe.Has("network"))
        {
            var network = NetworkPlan.Read(recipe.Section("network"));
            Assert.All(network.Inputs.Where(_ => features.Stack.Count > 1 && network.Inputs.Count > 1), input => Assert.Contains(features.Stack, m => m.Name == input.Name));
        }
    });

    [Fact]
    public void Each_names_a_built_in_corpus_of_what_its_features_are_computed_of() => Assert.All(Recipes, recipe =>
    {
        Assert.Contains(recipe.Corpus, Shapes);
        bool isOfPictures = FeatureSettings.Read(recipe.Section("features")).Representation == Representation.Picture;
        Assert.Equal(isOfPictures, recipe.Corpus == "pictures");
    });

    [Fact]
    public void The_table_of_recipes_has_all_of_them()
    {
        string table = File.ReadAllText(Repository.Find("manifests", "recipes", "README.md"));
        Assert.All(Recipes, recipe => Assert.Contains($"\n| `{recipe.Name}` |", table, StringComparison.Ordinal));
    }
}
