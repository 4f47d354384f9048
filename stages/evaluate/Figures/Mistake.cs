namespace Pipeline.Stages.Evaluating;

/// <summary>A recording whose verdict is wrong.</summary>
/// <param name="RecordingId">Key of the recording.</param>
/// <param name="Source">Its dataset.</param>
/// <param name="Truth">True genre.</param>
/// <param name="Verdict">The genre that is taken for it.</param>
/// <param name="Probability">Probability of the verdict.</param>
/// <param name="TruthProbability">Probability of the true genre.</param>
internal sealed record Mistake(string RecordingId, string Source, string Truth, string Verdict, double Probability, double TruthProbability)
{
    /// <summary>Title and artist, where they are known.</summary>
    public (string? Title, string? Artist) Name { get; init; }
}
