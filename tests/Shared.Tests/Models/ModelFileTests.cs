using System.Security.Cryptography;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Files;
using Xunit;

namespace Pipeline.Tests.Models;

/// <summary>Folders of models that somebody else has made.</summary>
public sealed class ModelFileTests : IDisposable
{
    private const string Small = """{ "layers": [{ "layer": "conv", "filters": 4 }, { "layer": "global-pool" }] }""";

    private readonly TemporaryFolder folder = new();
    private readonly Team team = new(1);

    public void Dispose()
    {
        team.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_model_that_was_written_is_read_again()
    {
        Write(Small, _ => { });
        using Model model = Model.Open(folder.Path, team);
        float[] probabilities = new float[2];
        model.Predict(0, [[new float[3 * 8]]], probabilities, default);
        Assert.Equal([0.5f, 0.5f], probabilities);
    }

    [Theory]
    [InlineData("""{ "view": "vector", "layers": [{ "layer": "dense", "units": 65536 }, { "layer": "dense", "units": 8000 }, { "layer": "dense", "units": 65000 }] }""")]
    [InlineData("""{ "layers": [{ "layer": "gru", "units": 40000 }] }""")]
    [InlineData("""{ "layers": [{ "layer": "conv", "filters": 20000 }, { "layer": "attention-pool", "units": 60000 }] }""")]
    public void A_description_of_more_weights_than_the_file_has_takes_no_memory(string network)
    {
        Write(Small, _ => { }, network);
        long before = Environment.WorkingSet;
        Assert.ThrowsAny<IOException>(() => Model.Open(folder.Path, team));
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200_000_000);
    }

    [Theory, InlineData("layers.0.weight", float.NaN), InlineData("output.bias", float.NegativeInfinity), InlineData("layers.0.variance", -1)]
    public void Weights_that_no_verdict_can_come_of_are_refused(string name, float value)
    {
        Write(Small, network => network.Parameters.Single(p => p.Name == name).Parameter.Values[1] = value);
        string message = Assert.Throws<ModelException>(() => Model.Open(folder.Path, team)).Message;
        Assert.Contains($"0.{name} has ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Very_many_genres_are_no_more_than_many()
    {
        Write(Small, _ => { }, genres: 300_000);
        using Model model = Model.Open(folder.Path, team, capacity: 1);
        float[] probabilities = new float[300_000];
        model.Predict(0, [[new float[3 * 8]]], probabilities, default);
        Assert.All(probabilities.Take(3), p => Assert.Equal(1 / 300_000f, p, 1e-9f));
    }

    // The description may tell of another network than the one whose weights are written.
    private void Write(string written, Action<Network> spoil, string? told = null, int genres = 2)
    {
        var description = new ModelDescription
        {
            Genres = [.. Enumerable.Range(0, genres).Select(g => $"genre {g}")],
            ClassWeights = [.. Enumerable.Repeat(1f, genres)],
            Inputs = [new ModelInput("", "logmel", 3, 8, null, Normalisation.None(3))],
            Network = NetworkPlan.Parse(written, "network"),
            Members = [new ModelMember(1, 1, 0, 0, 0)],
            Recipe = "test",
            Training = "{}",
            Weights = 0,
            Warnings = [],
            Provenance = "[]",
            WeightsSha256 = "",
        };
        var weights = new SafetensorsWriter();
        using (Network network = description.NewNetwork(1, team))
        {
            spoil(network);
            foreach ((string name, Parameter parameter) in network.Parameters)
            {
                weights.Add(Model.MemberName(0, name), parameter);
            }
        }

        using var file = new MemoryStream();
        weights.Write(file);
        File.WriteAllBytes(folder[Model.WeightsFile], file.ToArray());
        description = description with { Network = NetworkPlan.Parse(told ?? written, "network"), WeightsSha256 = Convert.ToHexStringLower(SHA256.HashData(file.ToArray())) };
        File.WriteAllText(folder[Model.DescriptionFile], description.ToJson());
    }
}
