using System.Globalization;
using System.Text;
using Pipeline.Cli;
using Pipeline.Tables;

namespace Pipeline.Stages.Evaluating;

/// <summary>The page to look at, which needs nothing beside it: neither scripts nor other files.</summary>
internal static class Page
{
    private const int MostMistakes = 25;
    private const int LongestSetting = 240;

    /// <summary>The page's text.</summary>
    public static string Of(Findings findings)
    {
        Evaluation first = findings.Parts[0];
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>Evaluation of {first.Split}: {Shown.Percent(first.All.Recordings.Accuracy)}</title>
            <style>
            {PageStyle.Css}
            </style>
            </head>
            <body>
            <main>
            <h1>How well genres are named</h1>
            <p class="sub">{Text(Subtitle(first))}</p>

            """);
        if (findings.Warnings.Count > 0)
        {
            page.Append("<div class=\"warning\" role=\"note\">\n");
            foreach (string warning in findings.Warnings)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p><strong>Warning:</strong> {Text(warning)}.</p>\n");
            }

            page.Append("</div>\n");
        }

        foreach (Evaluation part in findings.Parts)
        {
            AddPart(page, part, isOnly: findings.Parts.Count == 1);
        }

        string[] trainings = [.. TrainingCharts.Of(findings.Histories)];
        if (trainings.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>Training</h2>\n<div class=\"pair\">\n{string.Concat(trainings)}</div>\n");
        }

        AddNotes(page, findings.Notes);
        AddProvenance(page, findings.Provenance);
        page.Append("</main>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Text(string text) => Drawing.Escaped(text);

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    // Names may be written from right to left, which must not turn what stands beside them.
    private static string Name(string? text) => text is null ? "" : $"<bdi>{Text(text)}</bdi>";

    private static string Subtitle(Evaluation part)
    {
        string runs = part.Verdicts.Runs.Count > 1 ? $", {Shown.Of(part.Verdicts.Runs.Count, "run")}" : "";
        return $"{Shown.Of(part.Verdicts.ModelGenres, "genre")}{runs}; {Counted(part)}";
    }

    private static string Counted(Evaluation part) => part.All.AreSame
        ? $"{part.Split}: {Shown.Of(part.All.Recordings.Count, "recording")}"
        : $"{part.Split}: {Shown.Of(part.All.Recordings.Count, "recording")} in {Shown.Of(part.All.Windows.Count, "window")}";

    private static void AddPart(StringBuilder page, Evaluation part, bool isOnly)
    {
        if (!isOnly)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(Counted(part))}</h2>\n");
        }

        if (part.All.Recordings.Count == 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>There is nothing in {part.Split} to judge.</p>\n");
            return;
        }

        if (part.Extra is { } extra)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Text(Capital(Shown.Extra(extra, part)))}.</p>\n");
        }

        AddLead(page, part);
        AddFigures(page, part);
        AddRuns(page, part);
        page.Append(CultureInfo.InvariantCulture, $"<h3>Confusion</h3>\n{PartCharts.Confusion(part)}");
        AddGenres(page, part);
        page.Append(CultureInfo.InvariantCulture, $"<h3>Probabilities</h3>\n<div class=\"pair\">\n{PartCharts.Reliability(part)}{PartCharts.TopK(part)}</div>\n");
        AddSources(page, part);
        AddImportance(page, part);
        AddMistakes(page, part);
    }

    private static void AddLead(StringBuilder page, Evaluation part)
    {
        string interval = part.RecordingAccuracy is { } sure ? $"95 % interval {Shown.Points(sure.Low)} to {Shown.Points(sure.High)} %" : "too little for an interval";
        string runs = Shown.Runs(part) is { } sentence ? $"<p class=\"sub\">{Text(Capital(sentence))}.</p>" : "";
        page.Append(CultureInfo.InvariantCulture, $"""
            <div class="lead">
            <div>
            <p class="big">{Shown.Points(part.All.Recordings.Accuracy!.Value)} <small>%</small></p>
            <p>of the recordings of {part.Split} are named right.<br><span class="sub">{interval}</span></p>
            {runs}
            </div>
            {PartCharts.Accuracy(part)}</div>

            """);
    }

    private static void AddFigures(StringBuilder page, Evaluation part)
    {
        var columns = (part.All.AreSame ? part.All.Both.Take(1) : part.All.Both).Select(l => (l.Name, l.Scores)).ToList();
        if (part.Neighbours is { } neighbours)
        {
            columns.Add(("nearest neighbour", neighbours.Scores.Recordings));
        }

        page.Append("<h3>Figures</h3>\n");
        AddTable(page, ["", .. columns.Select(c => c.Name)], Evaluation.Headline.Select(h => (string[])
            [h.Name, .. columns.Select(c => Shown.Figure(h.Key, h.Of(c.Scores)))]));
    }

    private static void AddRuns(StringBuilder page, Evaluation part)
    {
        if (part.Runs.Count == 0)
        {
            return;
        }

        page.Append("<h3>Runs</h3>\n");
        IEnumerable<string[]> rows = part.Runs.Select((r, i) => (string[])
            [part.Verdicts.Runs[i], .. Evaluation.Headline.Select(h => Shown.Figure(h.Key, h.Of(r.Recordings)))]);
        AddTable(page, ["run", .. Evaluation.Headline.Select(h => h.Name)],
            rows.Append(["mean", .. Over((key, o) => Shown.Figure(key, o.Mean))])
                .Append(["standard deviation", .. Over((key, o) => Shown.Figure(key, o.Deviation))]));

        IEnumerable<string> Over(Func<string, (double Mean, double? Deviation, double Least, double Most), string> shown) =>
            Evaluation.Headline.Select(h => part.OverRuns(l => l.Recordings, h.Of) is { } over ? shown(h.Key, over) : Shown.Nothing);
    }

    private static void AddGenres(StringBuilder page, Evaluation part)
    {
        Scores scores = part.All.Recordings;
        page.Append("<h3>Genres</h3>\n");
        BeginTable(page, ["genre", "precision", "recall", "F1", "support"], numbers: 4);
        for (int g = 0; g < part.Genres.Count; g++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\" class=\"long\">{Name(part.Genres[g])}</th>{Bar(scores.Precision(g), 'a')}")
                .Append(CultureInfo.InvariantCulture, $"{Bar(scores.Recall(g), 'b')}{Bar(scores.F1(g), 'c')}<td class=\"n\">{Shown.Count(scores.Support(g))}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");

        static string Bar(double? share, char colour) => string.Create(
            CultureInfo.InvariantCulture, $"<td class=\"bar\">{Shown.Percent(share)}<i style=\"--of:var(--{colour});--w:{100 * (share ?? 0):0.#}%\"></i></td>");
    }

    private static void AddSources(StringBuilder page, Evaluation part)
    {
        page.Append("<h3>Sources</h3>\n");
        AddTable(page, ["source", "recordings", .. Evaluation.Headline.Select(h => h.Name)], part.BySource.Select(s => (string[])
            [s.Source, Shown.Count(s.Scores.Recordings.Count), .. Evaluation.Headline.Select(h => Shown.Figure(h.Key, h.Of(s.Scores.Recordings)))]));
        foreach (string probe in part.Probes.Select(Shown.Probe))
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"sub\">{Text(Capital(probe))}. What tells the source may be taken for a genre.</p>\n");
        }
    }

    private static void AddImportance(StringBuilder page, Evaluation part)
    {
        if (part.Importance.Count > 0)
        {
            page.Append("<h3>What the model goes by</h3>\n<p class=\"sub\">Accuracy on windows that is lost where these channels are taken from other windows.</p>\n");
            AddTable(page, ["channels", "loss", "standard deviation"], part.Importance.Select(i => (string[])
                [i.Group, Shown.Percent(i.Loss), Shown.Percent(i.Deviation)]));
        }
    }

    private static void AddMistakes(StringBuilder page, Evaluation part)
    {
        page.Append("<h3>Most confident mistakes</h3>\n");
        if (part.Mistakes.Count == 0)
        {
            page.Append("<p>There are none.</p>\n");
            return;
        }

        BeginTable(page, ["recording", "is", "named", "probability"], numbers: 3);
        foreach (Mistake mistake in part.Mistakes.Take(MostMistakes))
        {
            string title = string.Join(", ", new[] { mistake.Name.Title, mistake.Name.Artist }.Where(t => !string.IsNullOrEmpty(t)).Select(Name));
            string recording = title.Length > 0 ? $"{title}<span class=\"sub\">{Name(mistake.RecordingId)}</span>" : Name(mistake.RecordingId);
            page.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"long\">{recording}</td><td>{Name(mistake.Truth)}</td><td>{Name(mistake.Verdict)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Shown.Percent(mistake.Probability)}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void AddNotes(StringBuilder page, IReadOnlyList<string> notes)
    {
        page.Append("<h2>Notes</h2>\n<ul class=\"notes\">\n");
        foreach (string note in notes)
        {
            page.Append(CultureInfo.InvariantCulture, $"<li>{Text(Capital(note))}.</li>\n");
        }

        page.Append("""
            <li>Figures are of recordings unless they say otherwise: the probabilities of a recording are the mean over its windows.</li>
            <li>Balanced accuracy is the mean recall of the genres, macro-F1 their mean F1. The Brier score adds the squared differences over the genres (0 to 2, 0 is best).
            The log loss is that of the true genre, in nats. The calibration error is the mean distance of probability and share of right verdicts over 15 bins.</li>
            </ul>

            """);
    }

    private static void AddProvenance(StringBuilder page, Provenance provenance)
    {
        page.Append("<h2>How it was made</h2>\n<ol class=\"notes\">\n");
        foreach (ProvenanceEntry entry in provenance.Entries)
        {
            string settings = string.Join(", ", entry.Settings.Select(s => $"{Text(s.Key)} <code>{Text(Ellipsis.Inside(s.Value, LongestSetting))}</code>"));
            page.Append(CultureInfo.InvariantCulture, $"<li><strong>{Text(entry.Stage)}</strong> {Text(entry.Version)}{(settings.Length > 0 ? ": " + settings : "")}</li>\n");
        }

        page.Append("</ol>\n");
    }

    // The first column names the row.
    private static void AddTable(StringBuilder page, string[] headings, IEnumerable<string[]> rows)
    {
        BeginTable(page, headings, numbers: 1);
        foreach (string[] row in rows)
        {
            page.Append("<tr>").AppendJoin("", row.Select((cell, i) => i == 0 ? $"<th scope=\"row\">{Name(cell)}</th>" : $"<td class=\"n\">{cell}</td>")).Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    // Columns from one on hold numbers.
    private static void BeginTable(StringBuilder page, string[] headings, int numbers)
    {
        page.Append("<div class=\"scroll\"><table>\n<thead><tr>");
        page.AppendJoin("", headings.Select((h, i) => $"<th scope=\"col\"{(i < numbers ? "" : " class=\"n\"")}>{Text(h)}</th>"));
        page.Append("</tr></thead>\n<tbody>\n");
    }
}
