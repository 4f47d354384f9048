namespace Pipeline.Cli;

/// <summary>What a stage's exit code says to make, to a scheduler and to scripts.</summary>
public static class ExitCode
{
    /// <summary>Done; what was to be written is complete.</summary>
    public const int Done = 0;

    /// <summary>Failed; one sentence on stderr says what, where, and what to do.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; nothing was started.</summary>
    public const int Usage = 2;

    /// <summary>A native library is missing; the sentence on stderr says how to install it.</summary>
    public const int MissingLibrary = 3;

    /// <summary>Interrupted by Ctrl-C or SIGTERM; no half file is left.</summary>
    public const int Interrupted = 130;
}
