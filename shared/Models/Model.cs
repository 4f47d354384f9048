using System.Security.Cryptography;
using Pipeline.Nn;
using Pipeline.Nn.Files;
using Pipeline.Nn.Files.Onnx;
using Pipeline.Nn.Training;

namespace Pipeline.Models;

/// <summary>A trained model, ready for verdicts: a folder with <c>model.json</c> and <c>model.safetensors</c>.</summary>
/// <example>
/// <code>
/// using var team = new Team(2);
/// using var model = Model.Open("model", team);
/// float[] probabilities = new float[model.Genres.Count];
/// model.Predict(0, [[values]], probabilities, default);
/// </code>
/// </example>
public sealed class Model : IDisposable
{
    /// <summary>The description's name in the folder.</summary>
    public const string DescriptionFile = "model.json";

    /// <summary>The weights' name in the folder.</summary>
    public const string WeightsFile = "model.safetensors";

    private readonly Network[] networks; // of each member
    private readonly Shape[] shapes; // of a window's channels that are looked at, for each input
    private readonly Shape[] lookedAt;
    private readonly CrossEntropy softmax;
    private readonly int capacity;
    private readonly float[][] windows; // of each input, one normalised
    private readonly float[] view;

    private Model(ModelDescription description, Network[] networks, int capacity)
    {
        (Description, this.networks, this.capacity) = (description, networks, capacity);
        shapes = [.. description.Network.Inputs.Select((p, i) => p.ShapeOf(description.Inputs[i].Channels, description.Inputs[i].Frames))];
        lookedAt = [.. networks[0].Inputs.Select(t => t.Shape)];
        softmax = new CrossEntropy(description.Genres.Count);
        windows = [.. shapes.Select(s => new float[s.Count])];
        view = new float[lookedAt.Max(s => s.Count)];
    }

    /// <summary>All that is known of it.</summary>
    public ModelDescription Description { get; }

    /// <summary>The genres, in the order of the verdicts.</summary>
    public IReadOnlyList<string> Genres => Description.Genres;

    /// <summary>Its networks, at least one.</summary>
    public IReadOnlyList<ModelMember> Members => Description.Members;

    /// <summary>What has to be said beside every figure of it.</summary>
    public IReadOnlyList<string> Warnings => Description.Warnings;

    /// <summary>Shape of what its networks look at of a window, for each input.</summary>
    public IReadOnlyList<Shape> LookedAt => lookedAt;

    /// <summary>Numbers that a network makes of a window before it names genres.</summary>
    public int FeatureCount => networks[0].Features.Shape.Count;

    /// <summary>Opens a model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="team">Who computes.</param>
    /// <param name="capacity">Windows that go through a network at once.</param>
    /// <exception cref="ModelException">It is no model, or damaged, or of a newer version.</exception>
    public static Model Open(string folder, Team team, int capacity = 32)
    {
        ArgumentNullException.ThrowIfNull(team);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        if (!Directory.Exists(folder))
        {
            throw new ModelException(File.Exists(folder) ? $"'{folder}' is a file: name the folder that train made" : $"there is no folder '{folder}': a model is the folder that train made");
        }

        string json = Path.Combine(folder, DescriptionFile);
        string weights = Path.Combine(folder, WeightsFile);
        foreach (string file in (string[])[json, weights])
        {
            if (!File.Exists(file))
            {
                string hint = Directory.Exists(Path.Combine(folder, "checkpoints")) ? "its training has not ended: go on with train --resume" : "a model is the folder that train made";
                throw new ModelException($"'{folder}' has no {Path.GetFileName(file)}: {hint}");
            }
        }

        ModelDescription description = ModelDescription.Parse(File.ReadAllText(json), json);
        CheckWeights(weights, description);
        var networks = new List<Network>();
        try
        {
            using SafetensorsReader tensors = SafetensorsReader.Open(weights);
            for (int member = 0; member < description.Members.Count; member++)
            {
                Network network = description.NewNetwork(capacity, team);
                networks.Add(network);
                foreach ((string name, Parameter parameter) in network.Parameters)
                {
                    tensors.Read(MemberName(member, name), parameter);
                    CheckNumbers(weights, MemberName(member, name), parameter);
                }
            }

            return new Model(description, [.. networks], capacity);
        }
        catch
        {
            networks.ForEach(n => n.Dispose());
            throw;
        }
    }

    /// <summary>What a parameter of a member is called in the weights' file.</summary>
    public static string MemberName(int member, string name) => $"{member}.{name}";

    /// <summary>The verdicts of a member on windows.</summary>
    /// <param name="member">Which, from 0.</param>
    /// <param name="batch">
    /// The windows: of each, for each input, all channels x frames values as its table has them, channel after channel. Inputs of the same
    /// table are given the same values, of which each looks at its channels.
    /// </param>
    /// <param name="probabilities">Windows x genres, 1 together for each window.</param>
    /// <param name="features">Windows x <see cref="FeatureCount"/>; empty where they are not wanted.</param>
    public void Predict(int member, IReadOnlyList<float[][]> batch, Span<float> probabilities, Span<float> features)
    {
        ArgumentNullException.ThrowIfNull(batch);
        probabilities.Clear();
        features.Clear();
        Network network = networks[member];
        int views = Views.Count(shapes, lookedAt, Description.Network.Views);
        int waiting = 0;
        int done = 0; // pairs of window and view
        for (int w = 0; w < batch.Count; w++)
        {
            for (int i = 0; i < shapes.Length; i++)
            {
                ModelInput input = Description.Inputs[i];
                if (batch[w][i].Length != input.WindowChannels * input.Frames)
                {
                    throw new ArgumentException($"{batch[w][i].Length} values for a window of {input.WindowChannels} x {input.Frames}", nameof(batch));
                }

                input.Normalisation.Apply(input.Of(batch[w][i]), Description.Network.Inputs[i].View, windows[i]);
            }

            for (int v = 0; v < views; v++)
            {
                for (int i = 0; i < shapes.Length; i++)
                {
                    Span<float> to = view.AsSpan(0, lookedAt[i].Count);
                    Views.Cut(windows[i], shapes[i], lookedAt[i], Views.Start(shapes[i], lookedAt[i], v, views), to);
                    network.Inputs[i].Write(waiting, to);
                }

                if (++waiting == capacity || (w == batch.Count - 1 && v == views - 1))
                {
                    Run(network, waiting, done, views, probabilities, features);
                    done += waiting;
                    waiting = 0;
                }
            }
        }
    }

    /// <summary>
    /// Adds the whole model to one of another format: from the features of a view as tables have them, but for channels that an input does
    /// not look at, through the normalisation and all members, to the mean of their probabilities.
    /// </summary>
    /// <param name="network">The model.</param>
    public void Export(OnnxNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var normalised = new List<OnnxValue>();
        var channels = new List<string>();
        for (int i = 0; i < lookedAt.Length; i++)
        {
            ModelInput input = Description.Inputs[i];
            View seenAs = Description.Network.Inputs[i].View;
            string name = input.Name.Length == 0 ? "features" : input.Name;
            channels.Add($"{name}: {input.FirstChannel} to {input.FirstChannel + input.Channels - 1} of {input.WindowChannels}");
            OnnxValue x = network.Input(name, lookedAt[i], seenAs switch { View.Picture => 2, View.Sequence => 1, _ => 0 });
            (float[] means, float[] deviations) = input.Normalisation;
            Shape per = new(1, 1, input.Channels);
            if (seenAs == View.Picture)
            {
                per = new Shape(input.Channels, 1, 1);
            }
            else if (seenAs == View.Vector)
            {
                means = [.. means.SelectMany(m => Enumerable.Repeat(m, input.Frames))];
                deviations = [.. deviations.SelectMany(d => Enumerable.Repeat(d, input.Frames))];
                per = lookedAt[i];
            }

            normalised.Add(network.Normalise(x, per, means, deviations));
        }

        if (Description.Version > 1)
        {
            network.Describe("channels", string.Join('\n', channels));
        }

        network.Output("probabilities", network.Mean([.. networks.Select(n => network.Softmax(n.Export(network, normalised)))]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Network network in networks)
        {
            network.Dispose();
        }
    }

    private void Run(Network network, int count, int first, int views, Span<float> probabilities, Span<float> features)
    {
        int genres = Genres.Count;
        network.Forward(count, Pass.Inference);
        softmax.Softmax(network.Logits, count);
        float[] own = features.IsEmpty ? [] : new float[FeatureCount];
        for (int k = 0; k < count; k++)
        {
            int window = (first + k) / views;
            Add(softmax.Probabilities.Slice(k * genres, genres), probabilities.Slice(window * genres, genres), views);
            if (own.Length > 0)
            {
                network.Features.Read(k, own);
                Add(own, features.Slice(window * own.Length, own.Length), views);
            }
        }
    }

    private static void Add(ReadOnlySpan<float> from, Span<float> to, int views)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] += from[i] / views;
        }
    }

    private static void CheckNumbers(string path, string name, Parameter parameter)
    {
        foreach (float value in parameter.Values)
        {
            if (!float.IsFinite(value) || (value < 0 && parameter.Name == "variance"))
            {
                throw new ModelException(FormattableString.Invariant($"{path}: {name} has {value} among its numbers, with which no verdict can be found: train anew"));
            }
        }
    }

    private static void CheckWeights(string path, ModelDescription description)
    {
        using FileStream stream = File.OpenRead(path);
        if (!Convert.ToHexStringLower(SHA256.HashData(stream)).Equals(description.WeightsSha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new ModelException($"{path} is damaged, or of another training than {DescriptionFile} beside it: copy the whole folder again, or train anew");
        }
    }
}
