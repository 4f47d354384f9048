using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Parquet;

namespace Pipeline.Stages.Inspection;

/// <summary>Values and documents as JSON. NaN and infinities, which JSON has no numbers for, come as text.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Compact with { Indented = true };

    /// <summary>A value on one line.</summary>
    public static string Of(object? value) => Write(Compact, json => Put(json, value));

    /// <summary>A document for people and programs alike.</summary>
    public static string Document(Action<Utf8JsonWriter> write) => Write(Indented, write);

    /// <summary>An object on one line.</summary>
    public static string Line(Action<Utf8JsonWriter> write) => Write(Compact, write);

    /// <summary>Puts an array of values under a name.</summary>
    public static void PutAll(Utf8JsonWriter json, string name, IEnumerable<object?> values)
    {
        json.WriteStartArray(name);
        foreach (object? value in values)
        {
            Put(json, value);
        }

        json.WriteEndArray();
    }

    /// <summary>Puts a value of any column.</summary>
    public static void Put(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string v: json.WriteStringValue(v); break;
            case bool v: json.WriteBooleanValue(v); break;
            case Half v when Half.IsFinite(v): json.WriteNumberValue((float)v); break;
            case float v when float.IsFinite(v): json.WriteNumberValue(v); break;
            case double v when double.IsFinite(v): json.WriteNumberValue(v); break;
            case float or double or Half: json.WriteStringValue(CellText.Full(value)); break;
            case sbyte or short or int or long: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case byte or ushort or uint or ulong: json.WriteNumberValue(Convert.ToUInt64(value, CultureInfo.InvariantCulture)); break;
            case object?[] list:
                json.WriteStartArray();
                foreach (object? element in list)
                {
                    Put(json, element);
                }

                json.WriteEndArray();
                break;
            case ParquetStruct s:
                json.WriteStartObject();
                for (int i = 0; i < s.Values.Count; i++)
                {
                    json.WritePropertyName(s.Name(i));
                    Put(json, s.Values[i]);
                }

                json.WriteEndObject();
                break;
            case ParquetMap map:
                // Keys may repeat and need not be text: pairs, not an object.
                json.WriteStartArray();
                foreach ((object? key, object? element) in map.Entries)
                {
                    json.WriteStartArray();
                    Put(json, key);
                    Put(json, element);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
                break;
            default: json.WriteStringValue(CellText.Full(value)); break;
        }
    }

    private static string Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            write(json);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
