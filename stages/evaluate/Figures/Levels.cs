namespace Pipeline.Stages.Evaluating;

/// <summary>The figures of some verdicts, counted in two ways.</summary>
/// <param name="genres">How many genres there are.</param>
internal sealed class Levels(int genres)
{
    /// <summary>Of recordings: probabilities are the mean over a recording's windows.</summary>
    public Scores Recordings { get; } = new(genres);

    /// <summary>Of windows, each for itself.</summary>
    public Scores Windows { get; } = new(genres);

    /// <summary>Whether each recording is one window, so that both are the same.</summary>
    public bool AreSame => Recordings.Count == Windows.Count;

    /// <summary>Both, with their names for programs.</summary>
    public IEnumerable<(string Name, Scores Scores)> Both => [("recordings", Recordings), ("windows", Windows)];
}
