using System.Text.Encodings.Web;
using System.Text.Json;
using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.JsonExport;

/// <summary>
/// Writes windows as one JSON object: <c>mapping</c>, <c>labels</c>, the values, <c>recordings</c> and <c>split</c>. What comes before the
/// values and after them is read anew for each member, so that memory does not depend on how many windows there are.
/// </summary>
/// <param name="features">The table.</param>
/// <param name="splits">The parts to write; all for none.</param>
/// <param name="cancel">Ends the work.</param>
internal sealed class WindowsJson(string features, IReadOnlyList<string> splits, CancellationToken cancel)
{
    /// <summary>The members that the file has beside the values.</summary>
    public static readonly string[] Members = ["mapping", "labels", "recordings", "split"];

    private const int MostPending = 1 << 16; // bytes

    // Not for a web page: names stay as they are spelt.
    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TableReader<WindowKeys> keys = TableReader<WindowKeys>.Open(features);
    private readonly FeatureTables windows = FeatureTables.Open([features]);
    private readonly SortedSet<string> genres = new(StringComparer.Ordinal);

    /// <summary>The genres of the whole table, also of parts that are not written: a genre has the same number in every file made of the table.</summary>
    public IReadOnlyCollection<string> Genres => genres;

    /// <summary>How many windows are written.</summary>
    public long Count { get; private set; }

    /// <summary>The first window of the table.</summary>
    public FeatureRow First { get; private set; } = null!;

    /// <summary>Finds out what there is.</summary>
    /// <exception cref="StageException">There is nothing of the parts.</exception>
    public void Prepare()
    {
        First = windows.Read(cancel).First()[0];
        var parts = new SortedSet<string>(StringComparer.Ordinal);
        foreach (WindowKeys window in keys.Read(cancel))
        {
            genres.Add(window.Genre);
            parts.Add(window.Split);
            Count += IsWanted(window.Split) ? 1 : 0;
        }

        if (Count == 0)
        {
            throw new StageException($"{features} has no windows of {string.Join(" or ", splits)}, only of {string.Join(" and ", parts)}");
        }
    }

    /// <summary>Writes the object.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="key">Name of the values.</param>
    /// <param name="channelsFirst">Whether a window is written as channels of frames, not as frames of channels.</param>
    /// <param name="progress">Is told of each window.</param>
    public void Write(Stream stream, string key, bool channelsFirst, Progress progress)
    {
        using var json = new Utf8JsonWriter(stream, Format);
        json.WriteStartObject();
        json.WriteStartArray("mapping");
        var labels = new Dictionary<string, int>();
        foreach (string genre in genres)
        {
            labels.Add(genre, labels.Count);
            json.WriteStringValue(genre);
        }

        json.WriteEndArray();
        WriteKeys(json, "labels", window => json.WriteNumberValue(labels[window.Genre]));
        json.WriteStartArray(key);
        foreach (FeatureRow window in windows.Read(cancel).Select(w => w[0]).Where(w => IsWanted(w.Split)))
        {
            if (window.FindFault() is { } fault)
            {
                throw new StageException($"{features}: the row of '{window.RowKey}': {fault}");
            }

            WriteValues(json, window, channelsFirst);
            progress.Advance();
        }

        json.WriteEndArray();
        WriteKeys(json, "recordings", window => json.WriteStringValue(window.RecordingId));
        WriteKeys(json, "split", window => json.WriteStringValue(window.Split));
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, FeatureRow window, bool channelsFirst)
    {
        (int channels, int frames) = (window.Channels, window.Frames);
        (int rows, int columns) = channelsFirst ? (channels, frames) : (frames, channels);
        (int rowStep, int columnStep) = channelsFirst ? (frames, 1) : (1, frames);
        json.WriteStartArray();
        for (int r = 0; r < rows; r++)
        {
            json.WriteStartArray();
            for (int c = 0; c < columns; c++)
            {
                json.WriteNumberValue(window.Values[r * rowStep + c * columnStep]);
            }

            json.WriteEndArray();
            FlushIfMuch(json);
        }

        json.WriteEndArray();
    }

    private static void FlushIfMuch(Utf8JsonWriter json)
    {
        if (json.BytesPending > MostPending)
        {
            json.Flush();
        }
    }

    private void WriteKeys(Utf8JsonWriter json, string member, Action<WindowKeys> write)
    {
        json.WriteStartArray(member);
        foreach (WindowKeys window in keys.Read(cancel).Where(w => IsWanted(w.Split)))
        {
            write(window);
            FlushIfMuch(json);
        }

        json.WriteEndArray();
    }

    private bool IsWanted(string split) => splits.Count == 0 || splits.Contains(split);
}
