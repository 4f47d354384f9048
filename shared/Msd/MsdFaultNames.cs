namespace Pipeline.Msd;

/// <summary>The names of what can be wrong with a song, as they stand in the column <c>fault</c> of recordings, gravest first.</summary>
public static class MsdFaultNames
{
    /// <summary>The file is damaged, or no song file.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>A table or an array is missing.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>There are no segments, as in a summary of many songs.</summary>
    public const string NoSegments = "no-segments";

    /// <summary>Arrays that belong together have different lengths.</summary>
    public const string UnequalLengths = "unequal-lengths";

    /// <summary>A value is NaN or infinite.</summary>
    public const string NotFinite = "not-finite";

    /// <summary>A value cannot be true: a negative length, a confidence of 3, a segment that begins after the end.</summary>
    public const string Absurd = "absurd";

    /// <summary>Whether nothing could be had of the song at all.</summary>
    public static bool IsFailure(string fault) => fault is Unreadable or Incomplete;
}
