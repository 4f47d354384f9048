namespace Pipeline.Native;

/// <summary>
/// A native library the work needs is absent or does not load.
/// The message is one sentence for the user: what was tried and how to install it.
/// </summary>
public sealed class MissingLibraryException : DllNotFoundException
{
    /// <summary>Says what was tried and what to do about it.</summary>
    public MissingLibraryException(string message)
        : base(message)
    {
    }

    /// <summary>Says what was tried and what to do about it, and keeps the loader's own words.</summary>
    public MissingLibraryException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
