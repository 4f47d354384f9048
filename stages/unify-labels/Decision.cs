namespace Pipeline.Stages.LabelUnification;

/// <summary>What became of a recording.</summary>
/// <param name="Genre">Its genre in the set; below 0 where it has none.</param>
/// <param name="Agreement">How those who speak stand to each other.</param>
/// <param name="Rule">The rule that decided; where there is no genre, one of <see cref="Losses"/>.</param>
internal readonly record struct Decision(int Genre, string Agreement, string Rule)
{
    /// <summary>Whether there is no genre.</summary>
    public bool IsLost => Genre < 0;

    /// <summary>No genre, for a reason.</summary>
    public static Decision Lost(string reason) => new(-1, "", reason);
}
