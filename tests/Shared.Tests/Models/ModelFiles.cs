using System.Security.Cryptography;
using Pipeline.Models;
using Pipeline.Nn;
using Pipeline.Nn.Files;

namespace Pipeline.Tests.Models;

/// <summary>Writes the files of models whose weights are random.</summary>
internal static class ModelFiles
{
    /// <summary>Networks that have every kind of layer and every setting.</summary>
    public static readonly string[] Networks =
    [
        """{ "layers": [{ "layer": "conv", "filters": 8 }, { "layer": "flatten" }] }""",
        """{ "view": "vector", "normalise": "none", "layers": [{ "layer": "layer-norm" }, { "layer": "dense", "units": 5 }] }""",
        """
        {
          "view": "picture", "normalise": "whole", "frames": 24, "views": 3,
          "layers": [
            { "layer": "conv", "filters": 3, "kernel": 5, "kernel_height": 3, "norm": "after-activation", "pool": 2, "dropout": 0.1, "l2": 0.01 },
            { "layer": "conv", "filters": 4, "norm": "none", "activation": "gelu", "stride_width": 2, "dropout": 0.2 },
            { "layer": "conv", "filters": 4, "activation": "none", "pool_width": 3 },
            { "layer": "activation" }, { "layer": "pool", "size_height": 1, "size_width": 2 }, { "layer": "global-pool", "kind": "statistics" }, { "layer": "dropout" }
          ]
        }
        """,
        """
        {
          "inputs": [
            { "name": "a", "layers": [{ "layer": "gru", "units": 3, "bidirectional": true, "keeps_steps": true, "dropout": 0.3 }, { "layer": "attention-pool" }] },
            { "name": "b", "layers": [{ "layer": "gru", "units": 2 }] },
            { "name": "c", "view": "vector" }
          ],
          "layers": [{ "layer": "dense", "units": 7, "norm": "before-activation", "activation": "gelu", "dropout": 0.4 }, { "layer": "activation", "kind": "gelu" }]
        }
        """,
        """
        {
          "inputs": [
            { "name": "a", "channels": "1-2", "layers": [{ "layer": "gru", "units": 3 }] },
            { "name": "b", "channels": "1-1", "view": "picture", "layers": [{ "layer": "flatten" }] },
            { "name": "c", "channels": "mel", "view": "vector", "normalise": "whole" }
          ]
        }
        """,
    ];

    /// <summary>A description of a model.</summary>
    /// <param name="network">A recipe's section.</param>
    /// <param name="members">How many networks.</param>
    /// <param name="sizes">Channels and frames of each input's window. What a network calls by name is channels 1 and 2.</param>
    public static ModelDescription Describe(string network, int members, params (int Channels, int Frames)[] sizes)
    {
        var random = new Random(network.Length);
        NetworkPlan plan = NetworkPlan.Parse(network, "recipe.json");
        return new ModelDescription
        {
            Genres = ["blues", "hip-hop", "Ça"],
            ClassWeights = [0.5f, 1, 2.25f],
            Inputs = [.. plan.Inputs.Select(Input)],
            Network = plan,
            Members = [.. Enumerable.Range(0, members).Select(m => new ModelMember(ulong.MaxValue - (ulong)m, m + 3, 0.1 + m, 0.75, 1.0 / 3))],
            Recipe = "toy",
            Training = """{"epochs":7}""",
            Fold = members > 1 ? 2 : null,
            Weights = 12,
            Warnings = ["a \"warning\""],
            Provenance = """[{"stage":"train"}]""",
            WeightsSha256 = new string('0', 64),
        };

        ModelInput Input(InputPlan input, int i)
        {
            (int first, int count) = input.Range ?? (input.Channels is null ? (0, sizes[i].Channels) : (1, 2));
            var normalisation = new Normalisation(
                [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)], [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() + 0.5f)]);
            return new ModelInput(input.Name, $"kind{i}", count, sizes[i].Frames, i == 0 ? """{"representation":"logmel"}""" : null, normalisation)
            {
                FirstChannel = first,
                WindowChannels = sizes[i].Channels,
            };
        }
    }

    /// <summary>Writes a model, and gives its description.</summary>
    public static ModelDescription Write(string folder, ModelDescription description)
    {
        Directory.CreateDirectory(folder);
        var random = new Random(folder.Length == 0 ? 0 : 5);
        var writer = new SafetensorsWriter();
        using var team = new Team(1);
        for (int member = 0; member < description.Members.Count; member++)
        {
            using Network network = description.NewNetwork(1, team);
            foreach ((string name, Parameter parameter) in network.Parameters)
            {
                Fill(parameter, random);
                writer.Add(Model.MemberName(member, name), parameter);
            }
        }

        string weights = Path.Combine(folder, Model.WeightsFile);
        using (FileStream stream = File.Create(weights))
        {
            writer.Write(stream);
        }

        description = description with { WeightsSha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(weights))) };
        File.WriteAllText(Path.Combine(folder, Model.DescriptionFile), description.ToJson());
        return description;
    }

    /// <summary>Random windows for a model: of each, for each input, its values.</summary>
    public static float[][][] Windows(ModelDescription description, int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => description.Inputs.Select(i =>
            Enumerable.Range(0, i.WindowChannels * i.Frames).Select(_ => 4 * random.NextSingle() - 2).ToArray()).ToArray())];
    }

    // So large that neither sums nor gates all look alike; variances are above zero.
    private static void Fill(Parameter parameter, Random random)
    {
        float most = parameter.Decays ? 2 / MathF.Sqrt(parameter.Length / (float)parameter.Shape[^1]) : 1;
        foreach (ref float value in parameter.Values)
        {
            value = parameter.Name == "variance" ? 0.5f + random.NextSingle() : (2 * random.NextSingle() - 1) * most;
        }
    }
}
