using System.Text.Json;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Recipes;
using Xunit;

namespace Pipeline.Tests.Models;

public class NetworkPlanTests
{
    public static TheoryData<string> All => [.. ModelFiles.Networks];

    [Theory]
    [MemberData(nameof(All), DisableDiscoveryEnumeration = true)]
    public void Everything_that_a_plan_says_is_read_back(string network)
    {
        NetworkPlan plan = NetworkPlan.Parse(network, "recipe.json"), again = NetworkPlan.Parse(plan.Json, "model.json");
        Assert.Equal(plan.Json, again.Json);
        Assert.Equal(plan.Views, again.Views);
        Assert.Equal(plan.Layers, again.Layers);
        Assert.Equal(plan.Inputs.Select(i => (i.Name, i.View, i.Normalise, i.Frames)), again.Inputs.Select(i => (i.Name, i.View, i.Normalise, i.Frames)));
        Assert.All(plan.Inputs.Zip(again.Inputs), pair => Assert.Equal(pair.First.Layers, pair.Second.Layers));
    }

    [Fact]
    public void What_a_recipe_does_not_say_stands_in_the_plan()
    {
        JsonElement layer = JsonDocument.Parse(NetworkPlan.Parse(ModelFiles.Networks[0], "recipe.json").Json).RootElement;
        Assert.Equal("sequence channel null 5", $"{layer.GetProperty("view")} {layer.GetProperty("normalise")} {layer.GetProperty("frames").GetRawText()} {layer.GetProperty("views")}");
        JsonElement conv = layer.GetProperty("layers")[0];
        Assert.Equal(
            ["layer", "filters", "kernel", "norm", "activation", "pool", "stride", "dropout", "l2"], conv.EnumerateObject().Select(p => p.Name));
        Assert.Equal("conv 8 3 before-activation relu 1 1 0 0", string.Join(' ', conv.EnumerateObject().Select(p => p.Value.ToString())));
    }

    [Theory]
    [InlineData("""{ "layer": "conv", "filters": 5, "pool": 2 }""", 1, "12 x 5")]
    [InlineData("""{ "layer": "conv", "filters": 5, "pool": 3 }""", 2, "8 x 5")]
    [InlineData("""{ "layer": "conv", "filters": 5, "stride": 5 }""", 2, "5 x 5")]
    [InlineData("""{ "layer": "conv", "filters": 5, "activation": "gelu", "dropout": 0.5 }""", 3, "25 x 5")]
    [InlineData("""{ "layer": "pool", "size": 4 }""", 1, "6 x 3")]
    [InlineData("""{ "layer": "pool", "size": 4, "kind": "first" }""", 1, "7 x 3")]
    [InlineData("""{ "layer": "flatten" }""", 1, "75")]
    [InlineData("""{ "layer": "global-pool", "kind": "mean-and-max" }""", 1, "6")]
    [InlineData("""{ "layer": "attention-pool" }""", 1, "3")]
    [InlineData("""{ "layer": "gru", "units": 4, "bidirectional": true }""", 1, "8")]
    [InlineData("""{ "layer": "gru", "units": 4, "keeps_steps": true, "dropout": 0.5 }""", 2, "25 x 4")]
    [InlineData("""{ "layer": "layer-norm" }""", 1, "25 x 3")]
    public void A_layer_becomes_as_few_as_can_be_of_the_shape_that_it_says(string layer, int layers, string shape)
    {
        NetworkPlan plan = NetworkPlan.Parse($$"""{ "layers": [{{layer}}] }""", "recipe.json");
        Assert.Equal(layers, plan.Inputs[0].Layers.Count);
        using var team = new Team(1);
        var made = new List<IDisposable>();
        var at = new Tensor(plan.Inputs[0].LookedAt(3, 25), plan.Inputs[0].Layers[0].InputHalo, 2, isData: true);
        made.Add(at);
        foreach (LayerPlan one in plan.Inputs[0].Layers)
        {
            ILayer built = one.Build(at, Halo.None, team);
            made.Add(built);
            at = built.Output;
        }

        Assert.Equal(shape, at.Shape.ToString());
        made.ForEach(m => m.Dispose());
    }

    [Fact]
    public void An_input_looks_at_its_frames_of_a_window()
    {
        InputPlan Input(string network) => NetworkPlan.Parse(network, "recipe.json").Inputs[0];
        Assert.Equal(new Shape(1, 9, 4), Input("""{ "frames": 9 }""").LookedAt(4, 30));
        Assert.Equal(new Shape(4, 9, 1), Input("""{ "view": "picture", "frames": 9 }""").LookedAt(4, 30));
        Assert.Equal(new Shape(4, 30, 1), Input("""{ "view": "picture" }""").LookedAt(4, 30));
        Assert.Equal(Shape.Vector(120), Input("""{ "view": "vector" }""").LookedAt(4, 30));
    }

    [Theory]
    [InlineData("'inputs[0].name'", """{ "inputs": [{ "view": "vector" }, { "name": "b" }] }""")]
    [InlineData("'inputs[0].name'", """{ "inputs": [{ "name": "a=b" }, { "name": "b" }] }""")]
    [InlineData("'inputs'", """{ "inputs": [] }""")]
    [InlineData("there is no setting 'view'", """{ "view": "picture", "inputs": [{ "name": "a" }, { "name": "b" }] }""")]
    [InlineData("'layers[0].layer' wants places", """{ "inputs": [{ "name": "a" }, { "name": "b" }], "layers": [{ "layer": "conv", "filters": 3 }] }""")]
    public void What_cannot_be_is_refused_with_its_place(string place, string network)
    {
        var e = Assert.Throws<RecipeException>(() => NetworkPlan.Parse(network, "recipe.json"));
        Assert.StartsWith($"recipe.json: {place}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inputs_that_end_with_sequences_cannot_be_put_beside_each_other()
    {
        NetworkPlan plan = NetworkPlan.Parse("""{ "inputs": [{ "name": "a", "view": "vector" }, { "name": "b" }] }""", "recipe.json");
        using var team = new Team(1);
        var e = Assert.Throws<ModelException>(() => new Network(plan, [Shape.Vector(3), new Shape(1, 4, 2)], 2, 1, team));
        Assert.Equal("the layers of the input b end with samples of 4 x 2, not with a vector: put flatten, global-pool or attention-pool behind them", e.Message);
    }
}
