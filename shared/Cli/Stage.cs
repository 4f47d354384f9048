using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics;
using System.Reflection;
using System.Text;

namespace Pipeline.Cli;

/// <summary>
/// The shell around a stage's command: usage errors in words, exit codes, Ctrl-C, broken pipes, and one sentence for a failure.
/// </summary>
public static class Stage
{
    /// <summary>The stage's name, as its messages and tables carry it.</summary>
    public static string Name { get; private set; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) ?? "stage";

    /// <summary>The version of this build, the same for every stage.</summary>
    public static string Version =>
        typeof(Stage).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    private static bool ShowsStackTraces => Environment.GetEnvironmentVariable("PIPELINE_DEBUG") == "1";

    /// <summary>
    /// Parses, runs and maps the outcome to one of the <see cref="ExitCode"/>s; what Main returns.
    /// Stdout is buffered while the command runs and flushed before this returns. When the one who reads it leaves early
    /// the work ends there, as a success: print after the work's files are committed, not before.
    /// </summary>
    /// <param name="name">The stage's name, which is its folder's and its executable's.</param>
    /// <param name="command">
    /// Options, arguments and an action. An action that takes a <see cref="CancellationToken"/> must look at it:
    /// that is how a signal reaches its loops. One that takes none is ended at once by the first signal.
    /// </param>
    /// <param name="args">Main's arguments.</param>
    public static int Run(string name, RootCommand command, string[] args)
    {
        Name = name;
        // Wide enough that a message is one write: lines of stages that run side by side stay whole.
        Console.SetError(new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false), 4096) { AutoFlush = true });
        Console.SetOut(StandardOutput.Open());
        AppDomain.CurrentDomain.UnhandledException += (_, thrown) => EndFromOtherThread((Exception)thrown.ExceptionObject);

        bool interrupted = false;
        try
        {
            int code = ParseAndRun(command, args, ref interrupted);
            Progress.EndActive();
            LiveLine.EndActive();
            Console.Out.Flush();
            return code;
        }
        catch (Exception e)
        {
            Progress.EndActive();
            LiveLine.EndActive();
            FlushWhatThereIs();
            return Report(e, interrupted);
        }
    }

    private static int ParseAndRun(RootCommand command, string[] args, ref bool interrupted)
    {
        StageCommandLine line = StageCommandLine.Parse(command, args);
        if (line.WantsHelp)
        {
            HelpText.Write(Name, line.Result.CommandResult.Command, Math.Min(Terminal.Width, 100), Console.Out);
            return ExitCode.Done;
        }
        if (line.WantsVersion)
        {
            Console.Out.WriteLine($"{Name} {Version}");
            return ExitCode.Done;
        }
        if (line.Error is { } error)
        {
            Console.Error.WriteLine($"{Name}: {Failure.OneLine(error)}");
            Console.Error.WriteLine($"try '{Name} --help'");
            return ExitCode.Usage;
        }

        using var interruption = new Interruption(atOnce: line.Result.Action is SynchronousCommandLineAction);
        try
        {
            // The action itself, not ParseResult.Invoke: that one prints stack traces, and handles signals only
            // once the action has returned its task, which is after a synchronous loop's end.
            int code = line.Result.Action switch
            {
                SynchronousCommandLineAction action => action.Invoke(line.Result),
                AsynchronousCommandLineAction action => action.InvokeAsync(line.Result, interruption.Token).GetAwaiter().GetResult(),
                _ => throw new InvalidOperationException("the command has no action"),
            };
            // A loop that sees the token and merely stops has not finished its work.
            interruption.Token.ThrowIfCancellationRequested();
            return code;
        }
        finally
        {
            interrupted = interruption.Token.IsCancellationRequested;
        }
    }

    private static int Report(Exception e, bool interrupted)
    {
        (int code, string? sentence) = Failure.Describe(e, interrupted);
        if (sentence is not null)
        {
            Terminal.Message(sentence);
        }
        if (sentence is not null && ShowsStackTraces)
        {
            Console.Error.WriteLine(e);
        }
        return code;
    }

    // Nothing catches what a thread of its own throws; without this the runtime prints a stack trace and aborts.
    private static void EndFromOtherThread(Exception e)
    {
        if (Debugger.IsAttached)
        {
            return;
        }
        Terminal.Restore();
        Environment.Exit(Report(e, interrupted: false));
    }

    private static void FlushWhatThereIs()
    {
        try
        {
            Console.Out.Flush();
        }
        catch (IOException)
        {
            // the failure that is about to be reported came first
        }
    }
}
