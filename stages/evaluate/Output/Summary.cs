using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>What people are told at once.</summary>
internal static class Summary
{
    /// <summary>The report.</summary>
    public static Report Of(Findings findings)
    {
        var report = new Report();
        for (int i = 0; i < findings.Warnings.Count; i++)
        {
            report.Fact(Numbered("warning", i), findings.Warnings[i], $"warning: {findings.Warnings[i]}");
        }

        foreach (Evaluation part in findings.Parts)
        {
            report.Fact($"{part.Split}_accuracy", part.All.Recordings.Accuracy ?? double.NaN, Shown.Headline(part));
            if (Shown.Runs(part) is { } runs)
            {
                report.Fact($"{part.Split}_runs", part.Runs.Count, runs);
            }
        }

        for (int i = 0; i < findings.Notes.Count; i++)
        {
            report.Fact(Numbered("note", i), findings.Notes[i], findings.Notes[i]);
        }

        foreach (Evaluation part in findings.Parts.Where(p => p.All.Recordings.Count > 0))
        {
            AddFigures(report, part);
        }

        return report;
    }

    private static string Numbered(string key, int index) => index == 0 ? key : $"{key}_{index + 1}";

    private static void AddFigures(Report report, Evaluation part)
    {
        report.Table($"{part.Split}_figures", $"Figures of {part.Split}", ["of", "count", .. Evaluation.Headline.Select(h => h.Key)],
            from level in part.All.AreSame ? part.All.Both.Take(1) : part.All.Both
            select (object?[])[level.Name, level.Scores.Count, .. Evaluation.Headline.Select(h => (object?)h.Of(level.Scores))]);
        report.Table($"{part.Split}_genres", $"Genres of {part.Split}, by recordings", ["genre", "precision", "recall", "f1", "support"],
            Enumerable.Range(0, part.Genres.Count).Select(g => new object?[]
            {
                part.Genres[g], part.All.Recordings.Precision(g), part.All.Recordings.Recall(g), part.All.Recordings.F1(g), part.All.Recordings.Support(g),
            }));
        if (part.BySource.Count > 1)
        {
            report.Table($"{part.Split}_sources", $"Sources of {part.Split}, by recordings", ["source", "recordings", "accuracy", "macro_f1"],
                part.BySource.Select(s => new object?[] { s.Source, s.Scores.Recordings.Count, s.Scores.Recordings.Accuracy, s.Scores.Recordings.MacroF1 }));
        }

        foreach (SourceProbe probe in part.Probes)
        {
            report.Fact($"{part.Split}_source_by_{probe.Of}", probe.Accuracy, Shown.Probe(probe));
        }

        if (part.Importance.Count > 0)
        {
            report.Table($"{part.Split}_importance", $"Accuracy on windows of {part.Split} that is lost where channels are mixed up", ["channels", "loss", "deviation"],
                part.Importance.Select(i => new object?[] { i.Group, i.Loss, i.Deviation }));
        }

        report.Detail($"{part.Split}_mistakes", $"The most confident mistakes in {part.Split}", ["recording", "title", "artist", "truth", "verdict", "probability"],
            part.Mistakes.Take(20).Select(m => new object?[] { m.RecordingId, m.Name.Title, m.Name.Artist, m.Truth, m.Verdict, m.Probability }));
    }
}
