namespace Pipeline.Audio;

/// <summary>
/// A file that holds no readable sound: garbage, damaged before the first sample, of a kind that is not read, or not to be opened.
/// The message is one sentence: the path and the reason.
/// </summary>
public sealed class AudioException : IOException
{
    /// <summary>Creates the exception; <paramref name="reason"/> says what is wrong, without the path.</summary>
    public AudioException(string path, string reason, Exception? cause = null)
        : base($"{path}: {reason}", cause)
    {
        Path = path;
        Reason = reason;
    }

    /// <summary>The file's path, as given.</summary>
    public string Path { get; }

    /// <summary>What is wrong, without the path.</summary>
    public string Reason { get; }
}
