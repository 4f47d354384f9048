using System.Globalization;

namespace Pipeline.Stages.Evaluating;

/// <summary>Figures as people read them.</summary>
internal static class Shown
{
    /// <summary>What stands for a figure that is not defined.</summary>
    public const string Nothing = "–";

    /// <summary>A share: <c>71.3 %</c>.</summary>
    public static string Percent(double? share) => share is { } s ? Points(s) + " %" : Nothing;

    /// <summary>A share without its sign: <c>71.3</c>.</summary>
    public static string Points(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A number to three places.</summary>
    public static string Number(double? number) => number is { } n ? n.ToString("0.000", CultureInfo.InvariantCulture) : Nothing;

    /// <summary>A count with its thousands apart.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun: <c>1,200 recordings</c>.</summary>
    public static string Of(long count, string noun) => $"{Count(count)} {(count == 1 ? noun : noun + "s")}";

    /// <summary>A headline figure: those that are shares of verdicts in percent.</summary>
    public static string Figure(string key, double? value) => key is "log_loss" or "brier" or "calibration_error" ? Number(value) : Percent(value);

    /// <summary>What a part's accuracy is, how sure that is, and what it is to be held against.</summary>
    public static string Headline(Evaluation part)
    {
        if (part.All.Recordings.Count == 0)
        {
            return $"there is nothing in {part.Split} to judge";
        }

        string sentence = $"{Percent(part.All.Recordings.Accuracy)} of {Of(part.All.Recordings.Count, "recording")} of {part.Split} named right";
        sentence += part.RecordingAccuracy is { } interval ? $" (95 % interval {Points(interval.Low)} to {Points(interval.High)} %)" : "";
        sentence += part.Neighbours is { } neighbours && neighbours.Scores.Recordings.Count == part.All.Recordings.Count ? $", {Percent(neighbours.Scores.Recordings.Accuracy)} by the nearest neighbour" : "";
        return sentence + (part.Majority is { } majority ? $", {Percent(majority.Recordings)} by naming {majority.Genre} always" : "");
    }

    /// <summary>What the songs of the part <c>extra</c> are.</summary>
    public static string Extra(ExtraSet extra, Evaluation part) =>
        $"the part {ExtraFolder.Part} is one's own songs: {Of(part.All.Recordings.Count, "recording")} out of the folder '{extra.Folder.Name}', each of the genre that its class folder is named after";

    /// <summary>How the runs of a part differ; null for one run.</summary>
    public static string? Runs(Evaluation part) =>
        part.OverRuns(r => r.Recordings, s => s.Accuracy) is var (mean, deviation, least, most)
            ? $"accuracy of each of {Of(part.Runs.Count, "run")}: {Percent(mean)} on average"
              + (deviation is { } d ? $", standard deviation {Points(d)}, " : ", ")
              + $"from {Points(least)} to {Percent(most)}; "
              + (part.RunsOverlap ? "all other figures are of the mean of their probabilities" : "each judges recordings of its own, and the other figures are of all together")
            : null;

    /// <summary>How far the datasets can be told apart.</summary>
    public static string Probe(SourceProbe probe) =>
        $"by {(probe.Of == "network" ? "what the network makes of them" : "the mean and the deviation of their features")}, "
        + $"{Percent(probe.Accuracy)} of {Of(probe.Recordings, "recording")} are given to the source that they are of "
        + $"({Percent(probe.MajorityShare)} by naming {probe.Majority} always)";
}
