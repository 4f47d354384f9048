namespace Pipeline.Listening;

/// <summary>What a model makes of a piece.</summary>
/// <param name="Probabilities">Probability of each of the model's genres, the mean over the windows; together 1.</param>
/// <param name="Windows">What it makes of each window.</param>
public sealed record PieceVerdict(float[] Probabilities, IReadOnlyList<WindowVerdict> Windows);
