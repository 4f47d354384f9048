using System.Globalization;
using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>The tables of the report as comma-separated values. What is not defined is an empty field.</summary>
internal static class CsvFiles
{
    /// <summary>Names of the files.</summary>
    public static IReadOnlyList<string> Names { get; } = ["per-genre.csv", "confusion.csv", "calibration.csv", "mistakes.csv", "top-k.csv", "sources.csv"];

    /// <summary>Writes them into a folder.</summary>
    public static void Write(OutputFolder folder, Findings findings)
    {
        IReadOnlyList<Evaluation> parts = findings.Parts;
        Write(folder["per-genre.csv"], ["split", "level", "genre", "support", "verdicts", "precision", "recall", "f1"],
            from p in parts from l in p.All.Both from g in Enumerable.Range(0, p.Genres.Count)
            select (object?[])[p.Split, l.Name, p.Genres[g], l.Scores.Support(g), l.Scores.Named(g), l.Scores.Precision(g), l.Scores.Recall(g), l.Scores.F1(g)]);
        Write(folder["confusion.csv"], ["split", "level", "truth", "verdict", "count"],
            from p in parts from l in p.All.Both from t in Enumerable.Range(0, p.Genres.Count) from v in Enumerable.Range(0, p.Verdicts.ModelGenres)
            select (object?[])[p.Split, l.Name, p.Genres[t], p.Genres[v], l.Scores[t, v]]);
        Write(folder["calibration.csv"], ["split", "level", "from", "to", "count", "confidence", "accuracy"],
            from p in parts from l in p.All.Both from b in Enumerable.Range(0, Scores.Bins)
            let bin = l.Scores.Bin(b)
            select (object?[])[p.Split, l.Name, (double)b / Scores.Bins, (b + 1.0) / Scores.Bins, bin.Count, bin.Confidence, bin.Accuracy]);
        Write(folder["mistakes.csv"], ["split", "recording_id", "title", "artist", "source", "truth", "verdict", "probability", "truth_probability"],
            from p in parts from m in p.Mistakes
            select (object?[])[p.Split, m.RecordingId, m.Name.Title, m.Name.Artist, m.Source, m.Truth, m.Verdict, m.Probability, m.TruthProbability]);
        Write(folder["top-k.csv"], ["split", "level", "k", "accuracy"],
            from p in parts from l in p.All.Both from k in Enumerable.Range(1, p.Verdicts.ModelGenres)
            select (object?[])[p.Split, l.Name, k, l.Scores.TopK(k)]);
        Write(folder["sources.csv"], ["split", "level", "source", "count", .. Evaluation.Headline.Select(h => h.Key)],
            from p in parts from s in p.BySource from l in s.Scores.Both
            select (object?[])[p.Split, l.Name, s.Source, l.Scores.Count, .. Evaluation.Headline.Select(h => (object?)h.Of(l.Scores))]);
    }

    private static void Write(string path, IReadOnlyList<string> headings, IEnumerable<object?[]> rows)
    {
        using var file = new StreamWriter(path) { NewLine = "\n" };
        file.WriteLine(CsvLine.Of(headings));
        foreach (object?[] row in rows)
        {
            file.WriteLine(CsvLine.Of(row.Select(Field)));
        }
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        double number => Math.Round(number, 9).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
