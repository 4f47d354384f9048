using System.CommandLine;
using System.CommandLine.Invocation;

namespace Pipeline.Cli;

/// <summary>Actions for a stage whose work is a plain loop, with the token that Ctrl-C and SIGTERM cancel.</summary>
public static class StageActions
{
    /// <summary>Runs <paramref name="action"/> when the command line is right. It must look at its token in every loop.</summary>
    public static void SetAction(this Command command, Action<ParseResult, CancellationToken> action) =>
        command.Action = new LoopAction((options, cancel) =>
        {
            action(options, cancel);
            return ExitCode.Done;
        });

    /// <summary>As the other, for a stage whose answer is an exit code of its own.</summary>
    public static void SetAction(this Command command, Func<ParseResult, CancellationToken, int> action) =>
        command.Action = new LoopAction(action);

    private sealed class LoopAction(Func<ParseResult, CancellationToken, int> action) : AsynchronousCommandLineAction
    {
        public override Task<int> InvokeAsync(ParseResult options, CancellationToken cancel) => Task.FromResult(action(options, cancel));
    }
}
