namespace Pipeline.Stages.Prediction;

/// <summary>Genres by their probability.</summary>
internal static class Ranking
{
    /// <summary>Numbers of the genres, the most probable first; of equal ones the first comes first.</summary>
    public static int[] Of(float[] probabilities) => [.. Enumerable.Range(0, probabilities.Length).OrderByDescending(g => probabilities[g])];
}
