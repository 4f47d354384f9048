using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Recipes;

namespace Pipeline.Models;

/// <summary>All that is known of a model but its weights: the file <c>model.json</c>.</summary>
public sealed record ModelDescription
{
    /// <summary>The newest version of the format; a program reads its own and those before.</summary>
    public const int CurrentVersion = 2;

    private const string FormatName = "pipeline.model";

    private static readonly JsonWriterOptions Writing = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The genres, in the order of the verdicts.</summary>
    public required IReadOnlyList<string> Genres { get; init; }

    /// <summary>What an error in each genre counted in training.</summary>
    public required IReadOnlyList<float> ClassWeights { get; init; }

    /// <summary>The inputs.</summary>
    public required IReadOnlyList<ModelInput> Inputs { get; init; }

    /// <summary>The layers.</summary>
    public required NetworkPlan Network { get; init; }

    /// <summary>The networks, at least one; verdicts are their mean.</summary>
    public required IReadOnlyList<ModelMember> Members { get; init; }

    /// <summary>Name of the recipe.</summary>
    public required string Recipe { get; init; }

    /// <summary>Settings of the training as JSON, complete.</summary>
    public required string Training { get; init; }

    /// <summary>The fold of the test part; null where the parts are those of the features.</summary>
    public int? Fold { get; init; }

    /// <summary>Learnt numbers of a network.</summary>
    public required long Weights { get; init; }

    /// <summary>What has to be said beside every figure of the model.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>How the model came to be, as in the footers of tables (JSON).</summary>
    public required string Provenance { get; init; }

    /// <summary>SHA-256 of the weights' file: the two belong together.</summary>
    public required string WeightsSha256 { get; init; }

    /// <summary>The version of the format that says it all: 2 where an input looks at some of the channels, otherwise 1.</summary>
    public int Version => Network.Inputs.Any(i => i.Channels is not null) ? 2 : 1;

    /// <summary>A network for it, with all weights zero.</summary>
    /// <param name="capacity">Samples of the greatest batch.</param>
    /// <param name="team">Who computes.</param>
    public Network NewNetwork(int capacity, Pipeline.Nn.Team team) =>
        new(Network, [.. Network.Inputs.Select((p, i) => p.LookedAt(Inputs[i].Channels, Inputs[i].Frames))], Genres.Count, capacity, team);

    /// <summary>The text of the file.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("format", FormatName);
            json.WriteNumber("version", Version);
            json.WriteString("recipe", Recipe);
            WriteTexts(json, "genres", Genres);
            WriteTexts(json, "warnings", Warnings);
            json.WriteStartArray("members");
            foreach (ModelMember member in Members)
            {
                json.WriteStartObject();
                json.WriteNumber("seed", member.Seed);
                json.WriteNumber("epoch", member.Epoch);
                json.WriteNumber("valid_loss", member.ValidLoss);
                json.WriteNumber("valid_accuracy", member.ValidAccuracy);
                json.WriteNumber("valid_macro_f1", member.ValidMacroF1);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("weights", Weights);
            json.WriteString("weights_sha256", WeightsSha256);
            if (Fold is { } fold)
            {
                json.WriteNumber("fold", fold);
            }

            WriteNumbers(json, "class_weights", ClassWeights);
            json.WriteStartArray("inputs");
            foreach (ModelInput input in Inputs)
            {
                json.WriteStartObject();
                json.WriteString("name", input.Name);
                json.WriteString("representation", input.Representation);
                json.WriteNumber("channels", input.Channels);
                json.WriteNumber("frames", input.Frames);
                if (Version > 1)
                {
                    json.WriteNumber("first_channel", input.FirstChannel);
                    json.WriteNumber("window_channels", input.WindowChannels);
                }

                WriteNode(json, "features", input.Features);
                WriteNumbers(json, "mean", input.Normalisation.Means);
                WriteNumbers(json, "deviation", input.Normalisation.Deviations);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteNode(json, "network", Network.Json);
            WriteNode(json, "training", Training);
            WriteNode(json, "provenance", Provenance);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    /// <summary>Reads the text of the file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What errors name as its place.</param>
    /// <exception cref="ModelException">It is no description of a model that this program can read.</exception>
    public static ModelDescription Parse(string text, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format) || format.ToString() != FormatName)
            {
                throw new ModelException($"{file} does not describe a model: train writes those");
            }

            int version = Get(root, "version", v => v.GetInt32());
            if (version is < 1 or > CurrentVersion)
            {
                throw new ModelException($"{file} is of version {version} of the format, and this program knows 1 to {CurrentVersion}: use a newer one, or train anew");
            }

            ModelDescription description = Read(root, file, version);
            return description.FindFault(version) is { } fault ? throw new FormatException(fault) : description;
        }
        catch (FormatException e)
        {
            throw new ModelException($"{file} is damaged: {e.Message}");
        }
        catch (RecipeException e)
        {
            throw new ModelException(e.Message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter is what text with half a character in it gives.
            throw new ModelException($"{file} is not JSON: it is damaged, or no description of a model", e);
        }
    }

    private static ModelDescription Read(JsonElement root, string file, int version) => new()
    {
        Recipe = Get(root, "recipe", Text),
        Genres = Get(root, "genres", Texts),
        Warnings = Get(root, "warnings", Texts),
        Members = Get(root, "members", all => all.EnumerateArray().Select(m => new ModelMember(
            Get(m, "seed", v => v.GetUInt64()), Get(m, "epoch", v => v.GetInt32()), Get(m, "valid_loss", v => v.GetDouble()),
            Get(m, "valid_accuracy", v => v.GetDouble()), Get(m, "valid_macro_f1", v => v.GetDouble()))).ToArray()),
        Weights = Get(root, "weights", v => v.GetInt64()),
        WeightsSha256 = Get(root, "weights_sha256", Text),
        Fold = root.TryGetProperty("fold", out _) ? Get(root, "fold", v => v.GetInt32()) : null,
        ClassWeights = Get(root, "class_weights", Numbers),
        Inputs = Get(root, "inputs", all => all.EnumerateArray().Select(i => new ModelInput(
            Get(i, "name", Text), Get(i, "representation", Text), Get(i, "channels", v => v.GetInt32()), Get(i, "frames", v => v.GetInt32()),
            Get(i, "features", v => v.ValueKind == JsonValueKind.Null ? null : Section(v)),
            new Normalisation(Get(i, "mean", Numbers), Get(i, "deviation", Numbers)))
        {
            FirstChannel = version > 1 ? Get(i, "first_channel", v => v.GetInt32()) : 0,
            WindowChannels = Get(i, version > 1 ? "window_channels" : "channels", v => v.GetInt32()),
        }).ToArray()),
        Network = NetworkPlan.Parse(Get(root, "network", Section), $"{file}: network"),
        Training = Get(root, "training", Section),
        Provenance = Get(root, "provenance", v => v.ValueKind == JsonValueKind.Array ? v.GetRawText() : throw new FormatException()),
    };

    // A member of an object; what goes wrong below names the innermost one.
    private static T Get<T>(JsonElement from, string name, Func<JsonElement, T> read)
    {
        if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out JsonElement value))
        {
            throw new MemberException($"it has no '{name}' where there must be one");
        }

        try
        {
            return read(value);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException and not MemberException)
        {
            string text = string.Join(' ', value.GetRawText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            throw new MemberException($"'{name}' cannot be {(text.Length <= 40 ? text : text[..40] + "...")}");
        }
    }

    private string? FindFault(int version)
    {
        if (Version > version)
        {
            return $"an input of its network looks at some of the channels, which version {version} of the format does not know";
        }

        if (Genres.Count < 2 || Genres.Distinct(StringComparer.Ordinal).Count() != Genres.Count)
        {
            return "it has fewer than two genres, or one of them twice";
        }

        if (ClassWeights.Count != Genres.Count || !ClassWeights.All(w => float.IsFinite(w) && w > 0))
        {
            return "its class weights are not as many numbers above 0 as it has genres";
        }

        if (Members.Count == 0 || Members.Any(m => m.Epoch < 1 || !double.IsFinite(m.ValidLoss + m.ValidAccuracy + m.ValidMacroF1)))
        {
            return "it has no members, or one without an epoch and figures";
        }

        if (!Inputs.Select(i => i.Name).SequenceEqual(Network.Inputs.Select(i => i.Name)))
        {
            return "its inputs are not those of its network";
        }

        foreach ((ModelInput input, InputPlan plan) in Inputs.Zip(Network.Inputs))
        {
            if (input.WindowChannels < 1 || input.Frames < 1 || (long)input.WindowChannels * input.Frames > Array.MaxLength)
            {
                return $"a window cannot have {input.WindowChannels} x {input.Frames} values";
            }

            (int first, int count) = plan.Range ?? (plan.Channels is null ? (0, input.WindowChannels) : (input.FirstChannel, input.Channels));
            if ((input.FirstChannel, input.Channels) != (first, count) || first < 0 || count < 1 || first > input.WindowChannels - count)
            {
                return $"of windows of {input.WindowChannels} channels an input cannot look at {input.Channels} from {input.FirstChannel}, or its network does not";
            }

            (float[] means, float[] deviations) = input.Normalisation;
            if (means.Length != input.Channels || deviations.Length != input.Channels || !means.All(float.IsFinite) || !deviations.All(d => float.IsFinite(d) && d > 0))
            {
                return "its means and deviations are not as many numbers as it has channels, or a deviation is not above 0";
            }
        }

        return null;
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<float> numbers)
    {
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(", ", numbers.Select(n => n.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}]");
    }

    private static void WriteNode(Utf8JsonWriter json, string name, string? text)
    {
        json.WritePropertyName(name);
        if (text is null)
        {
            json.WriteNullValue();
        }
        else
        {
            JsonNode.Parse(text)!.WriteTo(json);
        }
    }

    private static string Text(JsonElement text) => text.GetString() ?? throw new FormatException();

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(Text)];

    private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetSingle())];

    private static string Section(JsonElement section) => section.ValueKind == JsonValueKind.Object ? section.GetRawText() : throw new FormatException();

    // A fault that names its place already.
    private sealed class MemberException(string message) : FormatException(message);
}
