namespace Pipeline.Pictures;

/// <summary>
/// A file that holds no readable picture: damaged anywhere, of a kind that is not read, larger than allowed, or not to be opened.
/// The message is one sentence: the path and the reason.
/// </summary>
public sealed class PictureException : IOException
{
    /// <summary>Creates the exception; <paramref name="reason"/> says what is wrong, without the path.</summary>
    public PictureException(string path, string reason, Exception? cause = null)
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
