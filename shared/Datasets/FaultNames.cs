namespace Pipeline.Datasets;

/// <summary>The names of what can be wrong with a recording, as they stand in the column <c>fault</c>.</summary>
public static class FaultNames
{
    /// <summary>Nothing could be had of it.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Samples are NaN or infinite.</summary>
    public const string NotFinite = "not-finite";

    /// <summary>There are fewer samples than the header says.</summary>
    public const string Truncated = "truncated";

    /// <summary>Parts could not be decoded and were left out.</summary>
    public const string Damaged = "damaged";

    /// <summary>Nothing is to be heard.</summary>
    public const string Silent = "silent";

    /// <summary>Nothing is to be seen: all pixels are the same.</summary>
    public const string Blank = "blank";

    /// <summary>It is shorter than asked for.</summary>
    public const string TooShort = "too-short";

    /// <summary>It is not the file that the manifest names.</summary>
    public const string ChecksumMismatch = "checksum-mismatch";

    /// <summary>Its bytes are those of another file.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>By the manifest, its class is wrong.</summary>
    public const string Mislabelled = "mislabelled";

    /// <summary>By the manifest, it holds what another clip holds.</summary>
    public const string Repetition = "repetition";

    /// <summary>By the manifest, it is another passage of another clip's recording.</summary>
    public const string SameRecording = "same-recording";

    /// <summary>By the manifest, its sound is spoilt.</summary>
    public const string Distorted = "distorted";

    /// <summary>Waves are cut off at full scale for a good part of it.</summary>
    public const string Clipped = "clipped";

    // The gravest comes first; names that only a manifest knows come after all of these.
    private static readonly string[] Order =
        [Unreadable, NotFinite, Truncated, Damaged, Silent, Blank, TooShort, ChecksumMismatch, Duplicate, Mislabelled, Repetition, SameRecording, Distorted, Clipped];

    /// <summary>How grave a fault is: 0 is the gravest.</summary>
    public static int Rank(string fault) => Array.IndexOf(Order, fault) is >= 0 and int rank ? rank : Order.Length;
}
