namespace Pipeline.Stages.Splitting;

/// <summary>The names of the parts.</summary>
internal static class Parts
{
    /// <summary>The three, in the order in which they are shown.</summary>
    public static IReadOnlyList<Part> All { get; } = [Part.Train, Part.Valid, Part.Test];

    /// <summary>As it stands in tables.</summary>
    public static string Name(Part part) => part switch
    {
        Part.Train => "train",
        Part.Valid => "valid",
        Part.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    /// <summary>The part that a word stands for, or none.</summary>
    public static Part Of(string word) => word.ToLowerInvariant() switch
    {
        "train" or "training" => Part.Train,
        "valid" or "validation" or "validate" or "val" or "dev" => Part.Valid,
        "test" or "testing" or "eval" or "evaluation" => Part.Test,
        _ => Part.None,
    };

    /// <summary>The part that the name of a file tells; none where it tells two, or nothing.</summary>
    public static Part OfFile(string path)
    {
        string name = Path.GetFileName(path).ToLowerInvariant();
        bool isTest = name.Contains("test", StringComparison.Ordinal) || name.Contains("eval", StringComparison.Ordinal);
        name = name.Replace("eval", "", StringComparison.Ordinal); // which has 'val' in it
        bool isTrain = name.Contains("train", StringComparison.Ordinal);
        bool isValid = name.Contains("val", StringComparison.Ordinal) || name.Contains("dev", StringComparison.Ordinal);
        return (isTrain, isValid, isTest) switch
        {
            (true, false, false) => Part.Train,
            (false, true, false) => Part.Valid,
            (false, false, true) => Part.Test,
            _ => Part.None,
        };
    }
}
