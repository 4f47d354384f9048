using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>The folder of all that the stage writes.</summary>
internal static class ReportFolder
{
    private const string Marker = "report.json";
    private const string Predictions = "predictions.parquet";
    private const string ExtraPredictions = "predictions-extra.parquet"; // by themselves: tables of predictions have no such part

    /// <summary>Prepares it.</summary>
    /// <exception cref="StageException">The place is taken by something that the stage did not write.</exception>
    public static OutputFolder Prepare(string path) => new(path, Marker, ["report.html", "summary.txt", Predictions, ExtraPredictions, .. CsvFiles.Names]);

    /// <summary>Fills it and gives it its name.</summary>
    public static Report Write(OutputFolder folder, Findings findings, CancellationToken cancel)
    {
        Report summary = Summary.Of(findings);
        File.WriteAllText(folder[Marker], JsonFile.Of(findings));
        File.WriteAllText(folder["report.html"], Page.Of(findings));
        CsvFiles.Write(folder, findings);
        foreach (IGrouping<string, Evaluation> parts in findings.Parts.GroupBy(p => p.Extra is null ? Predictions : ExtraPredictions))
        {
            MeanPredictions.Write(folder[parts.Key], parts, findings.Provenance, cancel);
        }

        summary.Write(folder["summary.txt"]);
        cancel.ThrowIfCancellationRequested();
        folder.Commit();
        return summary;
    }
}
