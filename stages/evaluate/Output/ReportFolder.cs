using Pipeline.Cli;

namespace Pipeline.Stages.Evaluating;

/// <summary>The folder of all that the stage writes.</summary>
internal static class ReportFolder
{
    private const string Marker = "report.json";

    /// <summary>Prepares it.</summary>
    /// <exception cref="StageException">The place is taken by something that the stage did not write.</exception>
    public static OutputFolder Prepare(string path) => new(path, Marker, ["report.html", "summary.txt", "predictions.parquet", .. CsvFiles.Names]);

    /// <summary>Fills it and gives it its name.</summary>
    public static Report Write(OutputFolder folder, Findings findings, CancellationToken cancel)
    {
        Report summary = Summary.Of(findings);
        File.WriteAllText(folder[Marker], JsonFile.Of(findings));
        File.WriteAllText(folder["report.html"], Page.Of(findings));
        CsvFiles.Write(folder, findings);
        MeanPredictions.Write(folder["predictions.parquet"], findings, cancel);
        summary.Write(folder["summary.txt"]);
        cancel.ThrowIfCancellationRequested();
        folder.Commit();
        return summary;
    }
}
