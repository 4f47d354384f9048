using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>Stages of the sources, as the tests run them.</summary>
internal static class StageRun
{
    /// <summary>Runs a stage that has to end well and to leave stdout alone.</summary>
    public static CommandResult Succeed(string stage, params IReadOnlyList<string> arguments)
    {
        CommandResult result = Command.Stage(stage, arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Empty(result.Output);
        return result;
    }

    /// <summary>Runs a stage that has to fail with a sentence, which is its last line.</summary>
    public static CommandResult Fail(int code, string sentence, string stage, params IReadOnlyList<string> arguments)
    {
        CommandResult result = Command.Stage(stage, arguments);
        Assert.True(result.ExitCode == code, $"{result.ExitCode}: {result.Errors}");
        string[] lines = [.. result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith("try '", StringComparison.Ordinal))];
        Assert.Contains(sentence, lines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", result.Errors, StringComparison.Ordinal);
        return result;
    }

    /// <summary>Starts a stage, interrupts it once it has begun to write, and gives its exit code.</summary>
    public static CommandResult Interrupt(string stage, string partial, params IReadOnlyList<string> arguments)
    {
        // Job control, so that the stage does not start with Ctrl-C ignored as background jobs do.
        string line = $"set -m; \"$0\" \"$@\" & for i in $(seq 400); do [ -e '{partial}' ] && break; sleep 0.02; done; sleep 0.1; kill -INT $!; wait $!";
        return Command.Run("/bin/bash", ["-c", line, Repository.Find("bin", stage), .. arguments]);
    }

    /// <summary>The rows of a table.</summary>
    public static T[] Rows<T>(string path) where T : ITableRow<T> => [.. TableReader<T>.Open(path).Read(CancellationToken.None)];
}
