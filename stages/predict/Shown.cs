namespace Pipeline.Stages.Prediction;

/// <summary>Names as they are shown to people.</summary>
internal static class Shown
{
    /// <summary>A name in which nothing moves the cursor or breaks the line: ? stands for control characters, as ls has it.</summary>
    public static string Of(string name) => name.Any(char.IsControl) ? string.Concat(name.Select(c => char.IsControl(c) ? '?' : c)) : name;
}
