using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pipeline.Cli;

/// <summary>
/// What a stage found out, for people and for programs: facts, each a figure and the sentence that tells it, and tables of
/// figures. What is printed on stderr is the gist; a file has the details too, as JSON where its name ends in .json.
/// </summary>
public sealed class Report
{
    private static readonly JsonWriterOptions Format = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<IPart> parts = [];

    private interface IPart
    {
        bool IsDetail { get; }

        bool IsEmpty { get; }

        void Print(TextWriter output);

        void Write(Utf8JsonWriter json);
    }

    /// <summary>Adds a fact.</summary>
    /// <param name="key">Its name for programs, in small letters with underscores.</param>
    /// <param name="value">A text, a flag or a number.</param>
    /// <param name="sentence">What people are told.</param>
    public void Fact(string key, object value, string sentence) => parts.Add(new FactPart(key, value, sentence));

    /// <summary>Adds a table; one without rows is left out for people.</summary>
    /// <param name="key">Its name for programs, in small letters with underscores.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="headings">Names of the columns.</param>
    /// <param name="rows">Cells: texts, whole numbers, doubles (shown to three places), decimals (to one place) or null for nothing.</param>
    public void Table(string key, string title, IReadOnlyList<string> headings, IEnumerable<object?[]> rows) =>
        parts.Add(new TablePart(key, title, headings, [.. rows], IsDetail: false));

    /// <summary>Adds a table that stands in the file only.</summary>
    /// <param name="key">Its name for programs, in small letters with underscores.</param>
    /// <param name="title">What stands above it.</param>
    /// <param name="headings">Names of the columns.</param>
    /// <param name="rows">Cells, as of <see cref="Table"/>.</param>
    public void Detail(string key, string title, IReadOnlyList<string> headings, IEnumerable<object?[]> rows) =>
        parts.Add(new TablePart(key, title, headings, [.. rows], IsDetail: true));

    /// <summary>Prints the gist of the report on stderr.</summary>
    public void Print()
    {
        using var text = new StringWriter { NewLine = "\n" };
        Print(text, withDetails: false);
        Terminal.Block(text.ToString());
    }

    /// <summary>Writes the report to a file, which appears whole or not at all.</summary>
    public void Write(string path) => WholeFile.Write(path, output =>
    {
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            output.Write(ToJson() + "\n");
        }
        else
        {
            Print(output, withDetails: true);
        }
    });

    /// <summary>The report as a JSON object: a member for each fact and table, a table being an array of objects.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteString("stage", Stage.Name);
            foreach (IPart part in parts)
            {
                part.Write(json);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // A table has an empty line on either side.
    private void Print(TextWriter output, bool withDetails)
    {
        IPart? before = null;
        foreach (IPart part in parts.Where(p => !p.IsEmpty && (withDetails || !p.IsDetail)))
        {
            if (before is TablePart || (before is not null && part is TablePart))
            {
                output.WriteLine();
            }

            part.Print(output);
            before = part;
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(Math.Round(number, 6)); break;
            case double: json.WriteNullValue(); break;
            case decimal number: json.WriteNumberValue(Math.Round(number, 6)); break;
            default: throw new ArgumentException($"a report holds no {value.GetType()}", nameof(value));
        }
    }

    private static string Shown(object? value) => value switch
    {
        null => "",
        double number => double.IsFinite(number) ? number.ToString("0.000", CultureInfo.InvariantCulture) : "",
        decimal number => number.ToString("0.0", CultureInfo.InvariantCulture),
        int or long => string.Create(CultureInfo.InvariantCulture, $"{value:N0}"),
        _ => value.ToString()!,
    };

    private sealed record FactPart(string Key, object Value, string Sentence) : IPart
    {
        public bool IsDetail => false;

        public bool IsEmpty => false;

        public void Print(TextWriter output) => output.WriteLine($"{Stage.Name}: {Failure.OneLine(Sentence)}");

        public void Write(Utf8JsonWriter json)
        {
            json.WritePropertyName(Key);
            WriteValue(json, Value);
        }
    }

    private sealed record TablePart(string Key, string Title, IReadOnlyList<string> Headings, IReadOnlyList<object?[]> Rows, bool IsDetail) : IPart
    {
        public bool IsEmpty => Rows.Count == 0;

        public void Print(TextWriter output)
        {
            output.WriteLine(Title);
            var table = new TextTable([.. Headings]);
            for (int i = 0; i < Headings.Count; i++)
            {
                table.Whole.Add(i); // half of a genre's name says nothing
                if (Rows.All(r => r[i] is null or int or long or double or decimal))
                {
                    table.FlushRight.Add(i);
                }
            }

            foreach (object?[] row in Rows)
            {
                table.Add([.. row.Select(Shown)]);
            }

            table.Write(output);
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartArray(Key);
            foreach (object?[] row in Rows)
            {
                json.WriteStartObject();
                for (int i = 0; i < Headings.Count; i++)
                {
                    json.WritePropertyName(Headings[i]);
                    WriteValue(json, row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
