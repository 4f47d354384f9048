using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Parquet;

namespace Pipeline.Tables;

/// <summary>One stage in a table's history.</summary>
/// <param name="Stage">The stage's name.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Settings">Its settings by option name, whether given or default.</param>
/// <param name="Inputs">What it read.</param>
public sealed record ProvenanceEntry(
    string Stage,
    string Version,
    IReadOnlyList<KeyValuePair<string, string>> Settings,
    IReadOnlyList<TableInput> Inputs);

/// <summary>
/// How a table came to be: the stages behind it, first to last. It holds no times, machines or paths, so that the same
/// inputs and settings give the same bytes.
/// </summary>
public sealed class Provenance
{
    /// <summary>The setting by which a stage notes what everybody has to be told who looks at figures made of its output.</summary>
    public const string Warning = "warning";

    // The text is for people too: quotes and arrows stay readable.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<string> json; // each entry's text: two entries are the same where it is the same

    private Provenance(List<string> json, List<ProvenanceEntry> entries)
    {
        this.json = json;
        Entries = entries;
    }

    /// <summary>No history.</summary>
    public static Provenance Empty { get; } = new([], []);

    /// <summary>The stages, first to last.</summary>
    public IReadOnlyList<ProvenanceEntry> Entries { get; }

    /// <summary>What the stages warn of, in their order; to be repeated with every figure that is made of the table.</summary>
    public IEnumerable<string> Warnings => Entries.SelectMany(e => e.Settings).Where(s => s.Key == Warning).Select(s => s.Value).Distinct();

    /// <summary>The history that a stage's output has: that of all its inputs, and the stage itself.</summary>
    public static Provenance After(
        string stage,
        string version,
        IEnumerable<KeyValuePair<string, string>> settings,
        params IReadOnlyList<TableInput> inputs)
    {
        var entry = new ProvenanceEntry(stage, version, [.. settings], inputs);
        Provenance before = Combine(inputs.Select(i => i.Chain));
        return new Provenance([.. before.json, ToJson(entry)], [.. before.Entries, entry]);
    }

    /// <summary>The same history, with another last stage.</summary>
    public Provenance EndingWith(ProvenanceEntry last) => new([.. json[..^1], ToJson(last)], [.. Entries.SkipLast(1), last]);

    /// <summary>Several histories as one; what they share stands once.</summary>
    public static Provenance Combine(IEnumerable<Provenance> chains)
    {
        var json = new List<string>();
        var entries = new List<ProvenanceEntry>();
        var seen = new HashSet<string>();
        foreach (Provenance chain in chains)
        {
            for (int i = 0; i < chain.json.Count; i++)
            {
                if (seen.Add(chain.json[i]))
                {
                    json.Add(chain.json[i]);
                    entries.Add(chain.Entries[i]);
                }
            }
        }

        return new Provenance(json, entries);
    }

    /// <summary>The history in a file's footer; empty for a file that has none.</summary>
    /// <exception cref="TableException">The footer's text is not what the pipeline writes.</exception>
    public static Provenance Of(ParquetFile file)
    {
        try
        {
            return file.Metadata[TableKeys.Provenance] is { } text ? Parse(text) : Empty;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new TableException($"{file.Path}: its {TableKeys.Provenance} is not a provenance: {e.Message}", e);
        }
    }

    /// <summary>The form that stands in a footer.</summary>
    public string ToJson() => $"[{string.Join(',', json)}]";

    /// <summary>Reads what <see cref="ToJson()"/> gave.</summary>
    /// <exception cref="TableException">It is something else.</exception>
    public static Provenance Parse(string text, string place)
    {
        try
        {
            return Parse(text);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new TableException($"{place}: its provenance is not one: {e.Message}", e);
        }
    }

    private static Provenance Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        var entries = new List<ProvenanceEntry>();
        foreach (JsonElement element in document.RootElement.EnumerateArray())
        {
            entries.Add(new ProvenanceEntry(
                Text(element.GetProperty("stage")),
                Text(element.GetProperty("version")),
                [.. element.GetProperty("settings").EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Text(p.Value)))],
                [.. element.GetProperty("inputs").EnumerateArray().Select(i => new TableInput(Text(i.GetProperty("name")), Text(i.GetProperty("sha256"))))]));
        }

        return new Provenance([.. entries.Select(ToJson)], entries);
    }

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText();

    private static string ToJson(ProvenanceEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteString("stage", entry.Stage);
            json.WriteString("version", entry.Version);
            json.WriteStartObject("settings");
            foreach ((string name, string value) in entry.Settings)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteStartArray("inputs");
            foreach (TableInput input in entry.Inputs)
            {
                json.WriteStartObject();
                json.WriteString("name", input.Name);
                json.WriteString("sha256", input.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
