using System.Reflection;
using System.Text;

namespace Pipeline.Cli;

/// <summary>Maps what a stage threw to an exit code and one sentence for the user.</summary>
internal static class Failure
{
    private const int ReasonsShown = 3;

    /// <summary>The exit code, and what to print after the stage's name; null for nothing.</summary>
    public static (int Code, string? Sentence) Describe(Exception thrown, bool interrupted)
    {
        Exception[] causes = Unwrap(thrown).ToArray();
        if (Array.Exists(causes, cause => cause is BrokenPipeException))
        {
            return (ExitCode.Done, null);
        }
        // Loops that were told to stop end in cancelled tasks; anything else they threw is worth saying.
        Exception[] reasons = interrupted ? Array.FindAll(causes, cause => cause is not OperationCanceledException) : causes;
        if (reasons.Length == 0)
        {
            return (ExitCode.Interrupted, "interrupted");
        }
        if (Array.Find(reasons, cause => cause is DllNotFoundException) is { } missing)
        {
            return (ExitCode.MissingLibrary, Reason(missing));
        }
        if (Array.Find(reasons, cause => !IsUsersToSolve(cause)) is { } bug)
        {
            return (ExitCode.Failed, $"internal error: {bug.GetType().Name}: {Reason(bug)} (set PIPELINE_DEBUG=1 for the stack trace)");
        }
        string[] sentences = reasons.Select(Reason).Distinct().ToArray();
        string rest = sentences.Length > ReasonsShown ? $"; and {sentences.Length - ReasonsShown} more" : "";
        return (ExitCode.Failed, string.Join("; ", sentences.Take(ReasonsShown)) + rest);
    }

    /// <summary>One line: control characters in a file's name must not break it, nor reach the terminal.</summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (!char.IsControl(c))
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }
        return line.ToString().TrimEnd();
    }

    private static bool IsUsersToSolve(Exception e) => e is
        StageException or IOException or InvalidDataException or UnauthorizedAccessException;

    // Parallel loops, static constructors and reflection wrap what was thrown and say nothing of their own.
    private static IEnumerable<Exception> Unwrap(Exception e) => e switch
    {
        AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.SelectMany(Unwrap),
        TypeInitializationException { InnerException: { } inner } => Unwrap(inner),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        _ => [e],
    };

    // The message, and after it whatever its causes add.
    private static string Reason(Exception e)
    {
        string sentence = Sentence(e);
        // A library's sentence is complete, and what .NET says below it is a paragraph on debugging the loader.
        if (e is not DllNotFoundException && e.InnerException is not null)
        {
            foreach (Exception inner in Unwrap(e.InnerException))
            {
                string cause = Reason(inner);
                if (!sentence.Contains(cause, StringComparison.Ordinal))
                {
                    sentence += ": " + cause;
                }
            }
        }
        return sentence;
    }

    private static string Sentence(Exception e)
    {
        string message = OneLine(e.Message);
        message = message.EndsWith('.') && !message.EndsWith("..", StringComparison.Ordinal) ? message[..^1] : message;
        return e switch
        {
            FileNotFoundException { FileName: { Length: > 0 } file } => $"no file '{file}'",
            DirectoryNotFoundException => $"no file or folder{Place(message, " ")}",
            IOException full when IoError.IsNoSpaceLeft(full) => $"no space left on the disk{Place(message, " for ")}: free some, or write to another one",
            _ => message,
        };
    }

    // .NET ends such messages with the path: No space left on device : '/data/features.parquet'
    private static string Place(string message, string before)
    {
        int quote = message.IndexOf('\'');
        return quote < 0 ? "" : before + message[quote..];
    }
}
