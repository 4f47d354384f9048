using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Listening;

namespace Pipeline.Stages.Prediction;

/// <summary>A line of JSON for each piece.</summary>
/// <param name="genres">The model's genres.</param>
/// <param name="top">How many genres the list <c>top</c> has.</param>
/// <param name="showsWindows">Whether each window's verdict is written too.</param>
internal sealed class JsonOutput(IReadOnlyList<string> genres, int top, bool showsWindows) : VerdictOutput
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write(HeardPiece heard, PieceVerdict verdict) => Line(heard.Piece, json =>
    {
        json.WriteStartArray("top");
        foreach (int g in Ranking.Of(verdict.Probabilities).Take(top))
        {
            json.WriteStartObject();
            json.WriteString("genre", genres[g]);
            json.WriteNumber("probability", verdict.Probabilities[g]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Probabilities(json, verdict.Probabilities);
        if (showsWindows)
        {
            json.WriteStartArray("windows");
            foreach (WindowVerdict window in verdict.Windows)
            {
                json.WriteStartObject();
                json.WriteNumber("start_s", window.StartS);
                json.WriteNumber("length_s", window.LengthS);
                Probabilities(json, window.Probabilities);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("remarks");
        foreach (string remark in heard.Remarks)
        {
            json.WriteStringValue(remark);
        }

        json.WriteEndArray();
    });

    public override void Fail(Piece piece, string fault) => Line(piece, json => json.WriteString("fault", fault));

    private static void Line(Piece piece, Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("piece", piece.Name);
            write(json);
            json.WriteEndObject();
        }

        Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private void Probabilities(Utf8JsonWriter json, float[] probabilities)
    {
        json.WriteStartObject("probabilities");
        for (int g = 0; g < probabilities.Length; g++)
        {
            json.WriteNumber(genres[g], probabilities[g]);
        }

        json.WriteEndObject();
    }
}
