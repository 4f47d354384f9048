using System.Text.Json.Nodes;
using Pipeline.Models;
using Xunit;

namespace Pipeline.Tests.Models;

public class ModelDescriptionTests
{
    private static readonly string[] Jsons = [.. ModelFiles.Networks[3..].Select(n => ModelFiles.Describe(n, 2, (3, 8), (2, 5), (4, 1)).ToJson())];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Everything_is_read_back(int network)
    {
        string json = ModelFiles.Describe(ModelFiles.Networks[network], network + 1, (3, 8), (2, 5), (4, 1)).ToJson();
        ModelDescription read = ModelDescription.Parse(json, "model.json");
        Assert.Equal(json, read.ToJson());
        Assert.Equal(["blues", "hip-hop", "Ça"], read.Genres);
        Assert.Equal(ulong.MaxValue, read.Members[0].Seed);
        Assert.Equal(1.0 / 3, read.Members[0].ValidMacroF1);
        Assert.Equal(network == 0 ? null : 2, read.Fold);
        Assert.Equal("""{"representation":"logmel"}""", JsonNode.Parse(read.Inputs[0].Features!)!.ToJsonString());
        Assert.EndsWith("}\n", json, StringComparison.Ordinal);
        Assert.Contains("Ça", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_version_is_refused() =>
        Assert.Equal(
            "model.json is of version 3 of the format, and this program knows 1 to 2: use a newer one, or train anew",
            Refusal(Jsons[0].Replace("\"version\": 1", "\"version\": 3", StringComparison.Ordinal)));

    [Fact]
    public void Only_what_looks_at_some_of_the_channels_is_of_version_2()
    {
        Assert.Contains("\"version\": 1,", Jsons[0], StringComparison.Ordinal);
        Assert.DoesNotContain("channels\": ", Jsons[0].Replace("\"channels\": ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("\"version\": 2,", Jsons[1], StringComparison.Ordinal);
        Assert.Equal([(1, 2, 3), (1, 1, 2), (1, 2, 4)], ModelDescription.Parse(Jsons[1], "model.json").Inputs.Select(i => (i.FirstChannel, i.Channels, i.WindowChannels)));
        Assert.Contains("looks at some of the channels, which version 1 of the format does not know", Refusal(Jsons[1].Replace("\"version\": 2", "\"version\": 1", StringComparison.Ordinal)));
        Assert.Contains("of windows of 3 channels an input cannot look at 2 from 0", Refusal(Jsons[1].Replace("\"first_channel\": 1", "\"first_channel\": 0", StringComparison.Ordinal)));
        Assert.Contains("of windows of 2 channels an input cannot look at 2 from 1", Refusal(Jsons[1].Replace("\"window_channels\": 4", "\"window_channels\": 2", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{ "format": "pipeline.table" }""")]
    public void Other_files_are_told_apart(string text) => Assert.Equal("model.json does not describe a model: train writes those", Refusal(text));

    [Theory]
    [InlineData("")]
    [InlineData("{ \"format\": ")]
    [InlineData("{ \"format\": \"\\ud800\" }")]
    public void What_is_no_JSON_is_told_of(string text) => Assert.Equal("model.json is not JSON: it is damaged, or no description of a model", Refusal(text));

    // Each member in turn is left out, and replaced by values of every other kind.
    [Theory, InlineData(0), InlineData(1)]
    public void A_description_that_is_not_whole_is_refused_by_a_sentence_that_names_the_place(int which)
    {
        int refused = 0;
        foreach (string path in Paths(JsonNode.Parse(Jsons[which])!, ""))
        {
            string name = path.Split('/')[^1];
            bool isOurs = path.Split('/')[1] is not ("network" or "training" or "provenance") && !path.Contains("/features/", StringComparison.Ordinal);
            foreach (string? value in (string?[])[null, "null", "-1", "0", "1e300", "99999999999999999999", "\"\"", "\"x\"", "[]", "{}", "true", "[null]", "\"\\ud800\""])
            {
                JsonNode root = JsonNode.Parse(Jsons[which])!;
                JsonNode parent = path.Split('/')[1..^1].Aggregate(root, (at, step) => at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!);
                string text;
                if (parent is JsonArray array)
                {
                    int i = int.Parse(name, System.Globalization.CultureInfo.InvariantCulture);
                    if (value is null)
                    {
                        array.RemoveAt(i);
                    }
                    else
                    {
                        array[i] = "MARK";
                    }
                }
                else if (value is null)
                {
                    parent.AsObject().Remove(name);
                }
                else
                {
                    parent[name] = "MARK";
                }

                text = root.ToJsonString().Replace("\"MARK\"", value, StringComparison.Ordinal);
                try
                {
                    ModelDescription.Parse(text, "model.json");
                }
                catch (ModelException e)
                {
                    refused++;
                    Assert.StartsWith("model.json", e.Message, StringComparison.Ordinal);
                    Assert.DoesNotContain('\n', e.Message);
                    Assert.InRange(e.Message.Length, 10, 400);
                    continue;
                }
                catch (Exception e)
                {
                    Assert.Fail($"{path} as {value ?? "nothing"}: {e}");
                }

                Assert.False(value is null && isOurs && parent is JsonObject && name != "fold", $"{path} may be left out");
            }
        }

        Assert.True(refused > 500, $"{refused}");
    }

    [Fact]
    public void Damaged_bytes_are_read_or_refused_by_a_sentence()
    {
        byte[] whole = System.Text.Encoding.UTF8.GetBytes(Jsons[1]);
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            byte[] damaged = [.. whole];
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                damaged[random.Next(damaged.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : whole[random.Next(whole.Length)]);
            }

            try
            {
                ModelDescription.Parse(System.Text.Encoding.UTF8.GetString(damaged), "model.json");
            }
            catch (ModelException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
    }

    private static string Refusal(string text) => Assert.Throws<ModelException>(() => ModelDescription.Parse(text, "model.json")).Message;

    private static IEnumerable<string> Paths(JsonNode node, string at) => node switch
    {
        JsonObject members => members.SelectMany(m => (IEnumerable<string>)[$"{at}/{m.Key}", .. m.Value is null ? [] : Paths(m.Value, $"{at}/{m.Key}")]),
        JsonArray items => items.SelectMany((item, i) => (IEnumerable<string>)[$"{at}/{i}", .. item is null ? [] : Paths(item, $"{at}/{i}")]),
        _ => [],
    };
}
