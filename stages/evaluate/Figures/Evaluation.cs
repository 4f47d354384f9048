namespace Pipeline.Stages.Evaluating;

/// <summary>The figures of a part.</summary>
/// <param name="Verdicts">What they are made of.</param>
/// <param name="All">Those of all runs together: probabilities are the mean over the runs.</param>
/// <param name="RecordingAccuracy">Where the accuracy of recordings lies.</param>
/// <param name="WindowAccuracy">Where that of windows lies.</param>
/// <param name="Groups">How many groups the intervals were drawn from.</param>
/// <param name="Runs">Those of each run; empty for one run.</param>
/// <param name="RunsOverlap">Whether several runs judge the same windows, as seeds do and folds do not.</param>
/// <param name="BySource">Those of each dataset, in alphabetical order.</param>
/// <param name="Mistakes">The most confident wrong verdicts on recordings, the most confident first.</param>
internal sealed record Evaluation(
    VerdictSet Verdicts,
    Levels All,
    Interval? RecordingAccuracy,
    Interval? WindowAccuracy,
    int Groups,
    IReadOnlyList<Levels> Runs,
    bool RunsOverlap,
    IReadOnlyList<(string Source, Levels Scores)> BySource,
    IReadOnlyList<Mistake> Mistakes)
{
    /// <summary>Figures of a baseline that names the most frequent genre; null where there is nothing.</summary>
    public Majority? Majority { get; init; }

    /// <summary>Figures of a baseline that names the genre of the nearest window of train; null where there are no features.</summary>
    public Neighbours? Neighbours { get; init; }

    /// <summary>How far the datasets can be told apart; empty where that was not looked into.</summary>
    public IReadOnlyList<SourceProbe> Probes { get; init; } = [];

    /// <summary>What groups of channels are worth to the model; empty where that was not asked for.</summary>
    public IReadOnlyList<Importance> Importance { get; init; } = [];

    /// <summary>The songs that the part is of; null for a part of tables.</summary>
    public ExtraSet? Extra { get; init; }

    /// <summary>The part.</summary>
    public string Split => Verdicts.Split;

    /// <summary>Names of the genres.</summary>
    public IReadOnlyList<string> Genres => Verdicts.Genres;

    /// <summary>The figures that stand for a run, or all, with their names for programs and for people.</summary>
    public static IReadOnlyList<(string Key, string Name, Func<Scores, double?> Of)> Headline { get; } =
    [
        ("accuracy", "accuracy", s => s.Accuracy),
        ("balanced_accuracy", "balanced accuracy", s => s.BalancedAccuracy),
        ("macro_f1", "macro-F1", s => s.MacroF1),
        ("log_loss", "log loss", s => s.LogLoss),
        ("brier", "Brier score", s => s.Brier),
        ("calibration_error", "calibration error", s => s.CalibrationError),
    ];

    /// <summary>Mean, standard deviation (of a sample), least and most of a figure over the runs; null where it is nowhere defined.</summary>
    /// <param name="level">Which of a run's figures.</param>
    /// <param name="figure">The figure.</param>
    public (double Mean, double? Deviation, double Least, double Most)? OverRuns(Func<Levels, Scores> level, Func<Scores, double?> figure)
    {
        double[] values = [.. Runs.Select(r => figure(level(r))).OfType<double>()];
        if (values.Length == 0)
        {
            return null;
        }

        double mean = values.Average();
        double? deviation = values.Length < 2 ? null : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
        return (mean, deviation, values.Min(), values.Max());
    }
}
