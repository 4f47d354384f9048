namespace Pipeline.Cli;

/// <summary>
/// The work cannot go on for a reason the user can act on. The message is one sentence without the stage's name
/// and without a full stop: what, where, what to do.
/// </summary>
public sealed class StageException : Exception
{
    /// <summary>Says what, where, and what to do.</summary>
    public StageException(string message)
        : base(message)
    {
    }

    /// <summary>Says what, where, and what to do; the cause's own reason is appended when the sentence is printed.</summary>
    public StageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
