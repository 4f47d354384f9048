namespace Pipeline.Stages.Evaluating;

/// <summary>What naming the most frequent genre always comes to.</summary>
/// <param name="Genre">That genre.</param>
/// <param name="IsOfTrain">Whether it is that of the train part, and not that of the evaluated part itself.</param>
/// <param name="Recordings">Accuracy of recordings.</param>
/// <param name="Windows">Accuracy of windows.</param>
internal sealed record Majority(string Genre, bool IsOfTrain, double? Recordings, double? Windows)
{
    /// <summary>The baseline of a part.</summary>
    /// <param name="evaluation">The part's figures.</param>
    /// <param name="ofTrain">The most frequent genre of train's recordings; null where that is not known.</param>
    public static Majority? Of(Evaluation evaluation, string? ofTrain)
    {
        Levels all = evaluation.All;
        if (all.Recordings.Count == 0)
        {
            return null;
        }

        string genre = ofTrain ?? evaluation.Genres[all.Recordings.MostFrequent];
        int index = evaluation.Genres.ToList().IndexOf(genre);
        return new Majority(genre, ofTrain is not null, Share(all.Recordings), Share(all.Windows));

        double? Share(Scores scores) => index < 0 ? 0 : (double)scores.Support(index) / scores.Count;
    }
}
