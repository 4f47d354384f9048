namespace Pipeline.Listening;

/// <summary>What a model makes of a window.</summary>
/// <param name="StartS">Where the window begins in the piece, in seconds.</param>
/// <param name="LengthS">Seconds that it covers.</param>
/// <param name="Probabilities">Probability of each of the model's genres; together 1.</param>
public sealed record WindowVerdict(double StartS, double LengthS, float[] Probabilities);
