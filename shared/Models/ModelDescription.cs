using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Models;

/// <summary>All that is known of a model but its weights: the file <c>model.json</c>.</summary>
public sealed record ModelDescription
{
    /// <summary>The version of the format; a program reads its own and those before.</summary>
    public const int CurrentVersion = 1;

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
            json.WriteNumber("version", CurrentVersion);
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

            int version = root.GetProperty("version").GetInt32();
            if (version is < 1 or > CurrentVersion)
            {
                throw new ModelException($"{file} is of version {version} of the format, and this program knows 1 to {CurrentVersion}: use a newer one, or train anew");
            }

            return Read(root, file);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ModelException($"{file} does not describe a model whole: {e.Message}", e);
        }
    }

    private static ModelDescription Read(JsonElement root, string file)
    {
        var description = new ModelDescription
        {
            Recipe = root.GetProperty("recipe").GetString()!,
            Genres = Texts(root.GetProperty("genres")),
            Warnings = Texts(root.GetProperty("warnings")),
            Members = [.. root.GetProperty("members").EnumerateArray().Select(m => new ModelMember(
                m.GetProperty("seed").GetUInt64(), m.GetProperty("epoch").GetInt32(), m.GetProperty("valid_loss").GetDouble(),
                m.GetProperty("valid_accuracy").GetDouble(), m.GetProperty("valid_macro_f1").GetDouble()))],
            Weights = root.GetProperty("weights").GetInt64(),
            WeightsSha256 = root.GetProperty("weights_sha256").GetString()!,
            Fold = root.TryGetProperty("fold", out JsonElement fold) ? fold.GetInt32() : null,
            ClassWeights = Numbers(root.GetProperty("class_weights")),
            Inputs = [.. root.GetProperty("inputs").EnumerateArray().Select(i => new ModelInput(
                i.GetProperty("name").GetString()!, i.GetProperty("representation").GetString()!, i.GetProperty("channels").GetInt32(), i.GetProperty("frames").GetInt32(),
                i.GetProperty("features") is { ValueKind: JsonValueKind.Object } features ? features.GetRawText() : null,
                new Normalisation(Numbers(i.GetProperty("mean")), Numbers(i.GetProperty("deviation")))))],
            Network = NetworkPlan.Parse(root.GetProperty("network").GetRawText(), $"{file}: network"),
            Training = root.GetProperty("training").GetRawText(),
            Provenance = root.GetProperty("provenance").GetRawText(),
        };
        string? fault = description.Genres.Count < 2 ? "it has fewer than two genres"
            : description.Genres.Distinct().Count() != description.Genres.Count ? "a genre stands in it twice"
            : description.Members.Count == 0 ? "it has no member"
            : description.ClassWeights.Count != description.Genres.Count ? "its class weights are not as many as its genres"
            : description.Inputs.Count != description.Network.Inputs.Count ? "its inputs are not as many as its network's"
            : description.Inputs.Any(i => i.Channels < 1 || i.Frames < 1 || i.Normalisation.Means.Length != i.Channels || i.Normalisation.Deviations.Length != i.Channels)
                ? "its means and deviations are not as many as its channels"
            : description.Inputs.Any(i => i.Normalisation.Deviations.Any(d => !(d > 0))) ? "a deviation is not above 0"
            : null;
        return fault is null ? description : throw new ModelException($"{file} is damaged: {fault}");
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

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(t => t.GetString() ?? throw new FormatException("a text is null"))];

    private static float[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(n => n.GetSingle())];
}
