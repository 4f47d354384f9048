using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipeline.Cli;

namespace Pipeline.Recipes;

/// <summary>
/// The settings of a part of a recipe. Each is asked for once, with the value it has where the recipe is silent; what has
/// been asked for makes up <see cref="Complete"/>, and <see cref="Finish"/> refuses what nobody asked for.
/// </summary>
public sealed class RecipeSection
{
    private static readonly JsonDocumentOptions Reading = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string file;
    private readonly string place; // of the section within the file: "", "features" or "features.window"
    private readonly JsonElement? given; // null where the recipe has no such section
    private readonly JsonObject complete = [];

    private RecipeSection(string file, string place, JsonElement? given)
    {
        (this.file, this.place, this.given) = (file, place, given);
        if (given is { ValueKind: not JsonValueKind.Object } other)
        {
            throw new RecipeException($"{file}: {(place.Length == 0 ? "a recipe" : $"'{place}'")} must be an object {{...}}, not {Shown(other)}");
        }
    }

    /// <summary>Every setting asked for with the value it has, given or not, as JSON in the order of asking.</summary>
    public string Complete => complete.ToJsonString(Writing);

    /// <summary>Reads the text of a JSON object.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">What errors name as its place.</param>
    /// <exception cref="RecipeException">It is none.</exception>
    public static RecipeSection Parse(string json, string file)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Reading);
            ReadTexts(document.RootElement);
            return new RecipeSection(file, "", document.RootElement.Clone());
        }
        catch (JsonException e)
        {
            string where = e.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $"line {line + 1}: ") : "";
            throw new RecipeException($"{file}: {where}it is not JSON: {FirstSentence(e.Message)}");
        }
        catch (InvalidOperationException e)
        {
            throw new RecipeException($"{file}: it holds an escape like \\ud800 that is no character: {FirstSentence(e.Message)}");
        }
    }

    /// <summary>Whether the recipe says anything of this name.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A section within this one; one without settings where there is none.</summary>
    public RecipeSection Section(string name)
    {
        var section = new RecipeSection(file, Place(name), Find(name));
        complete[name] = section.complete;
        return section;
    }

    /// <summary>Sections in an order, such as the layers of a network; none where the recipe has no such list.</summary>
    public IReadOnlyList<RecipeSection> List(string name)
    {
        var sections = new List<RecipeSection>();
        var whole = new JsonArray();
        if (Find(name) is { } element)
        {
            if (element.ValueKind != JsonValueKind.Array)
            {
                throw Wrong(name, element, "a list [...]");
            }

            foreach (JsonElement item in element.EnumerateArray())
            {
                var section = new RecipeSection(file, $"{Place(name)}[{sections.Count}]", item);
                sections.Add(section);
                whole.Add((JsonNode)section.complete);
            }
        }

        complete[name] = whole;
        return sections;
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Int(string name, int value, int least = int.MinValue, int most = int.MaxValue)
    {
        if (Find(name) is { } element)
        {
            if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out value) || value < least || value > most)
            {
                throw Wrong(name, element, $"a whole number{Range(least, most, int.MinValue, int.MaxValue)}");
            }
        }

        complete[name] = value;
        return value;
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public double Number(string name, double value, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        if (Find(name) is { } element)
        {
            if (element.ValueKind != JsonValueKind.Number || !double.IsFinite(value = element.GetDouble()) || value < least || value > most)
            {
                throw Wrong(name, element, $"a number{Range(least, most, double.NegativeInfinity, double.PositiveInfinity)}");
            }
        }

        complete[name] = value;
        return value;
    }

    /// <summary>A number, or <c>null</c> where the thing is not wanted.</summary>
    public double? NumberOrNone(string name, double? value, double least = double.NegativeInfinity, double most = double.PositiveInfinity)
    {
        bool isNone = Find(name) is { } element ? element.ValueKind == JsonValueKind.Null : value is null;
        if (isNone)
        {
            complete[name] = null;
            return null;
        }

        return Number(name, value ?? 0, least, most);
    }

    /// <summary>A whole number, or <c>null</c> where the thing is not wanted.</summary>
    public int? IntOrNone(string name, int? value, int least = int.MinValue, int most = int.MaxValue)
    {
        bool isNone = Find(name) is { } element ? element.ValueKind == JsonValueKind.Null : value is null;
        if (isNone)
        {
            complete[name] = null;
            return null;
        }

        return Int(name, value ?? 0, least, most);
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool Flag(string name, bool value)
    {
        if (Find(name) is { } element)
        {
            value = element.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => throw Wrong(name, element, "true or false"),
            };
        }

        complete[name] = value;
        return value;
    }

    /// <summary>A text.</summary>
    public string Text(string name, string value)
    {
        if (Find(name) is { } element)
        {
            value = element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Wrong(name, element, "a text");
        }

        complete[name] = value;
        return value;
    }

    /// <summary>One of an enumeration's names, in small letters with dashes: <c>TooShort</c> is <c>too-short</c>.</summary>
    public T Choice<T>(string name, T value) where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(Dashed)];
        if (Find(name) is { } element)
        {
            string? text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
            int at = Array.IndexOf(names, text);
            if (at < 0)
            {
                string hint = text is not null && NearestName.Of(text, names) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
                throw Wrong(name, element, $"one of {string.Join(", ", names)}{hint}");
            }

            value = Enum.Parse<T>(Enum.GetNames<T>()[at]);
        }

        complete[name] = Dashed(value.ToString());
        return value;
    }

    /// <summary>Refuses what nobody has asked for.</summary>
    /// <param name="others">What others are going to ask for.</param>
    /// <exception cref="RecipeException">There is such a setting.</exception>
    public void Finish(params IReadOnlyCollection<string> others)
    {
        if (given is not { } section)
        {
            return;
        }

        foreach (JsonProperty property in section.EnumerateObject())
        {
            if (!complete.ContainsKey(property.Name) && !others.Contains(property.Name))
            {
                string[] known = [.. complete.Select(p => p.Key), .. others];
                string hint = NearestName.Of(property.Name, known) is { } nearest ? $"did you mean '{nearest}'?" : $"there are {string.Join(", ", known)}";
                throw new RecipeException($"{file}: there is no setting '{Place(property.Name)}' ({hint})");
            }
        }
    }

    /// <summary>A setting whose value is possible, but not together with others.</summary>
    public RecipeException Refuse(string name, string reason) => new($"{file}: '{Place(name)}' {reason}");

    private static string Dashed(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Range<T>(T least, T most, T lowest, T highest) where T : IComparable<T>, IFormattable
    {
        bool hasLeast = least.CompareTo(lowest) > 0;
        bool hasMost = most.CompareTo(highest) < 0;
        string from = least.ToString(null, CultureInfo.InvariantCulture);
        string to = most.ToString(null, CultureInfo.InvariantCulture);
        return hasLeast && hasMost ? $" from {from} to {to}" : hasLeast ? $" of at least {from}" : hasMost ? $" of at most {to}" : "";
    }

    // Half a character is noticed only when it is read.
    private static void ReadTexts(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    _ = property.Name;
                    ReadTexts(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    ReadTexts(item);
                }

                break;
            case JsonValueKind.String:
                _ = element.GetString();
                break;
        }
    }

    private static string Shown(JsonElement element)
    {
        string text = element.GetRawText();
        return text.Length <= 40 ? text : text[..40] + "...";
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private JsonElement? Find(string name) => given is { } section && section.TryGetProperty(name, out JsonElement value) ? value : null;

    private string Place(string name) => place.Length == 0 ? name : $"{place}.{name}";

    private RecipeException Wrong(string name, JsonElement element, string expected) =>
        new($"{file}: '{Place(name)}' must be {expected}, not {Shown(element)}");
}
