using System.Text.RegularExpressions;
using Xunit;

namespace Pipeline.Tests;

/// <summary>What a person at a terminal sees of a training: script(1) gives train one.</summary>
public class TrainTerminalTests
{
    private const string Clear = "\r\u001b[K";

    public TrainTerminalTests() =>
        Assert.SkipUnless(File.Exists("/usr/bin/script") && OperatingSystem.IsLinux(), "needs script(1) of util-linux for a pseudo-terminal");

    [Theory]
    [InlineData(80)]
    [InlineData(40)]
    public void A_table_grows_above_a_line_that_never_wraps(int columns)
    {
        using var sample = new TrainSample();
        sample.Features();
        sample.Recipe(training: """{ "epochs": 40, "batch": 2, "optimiser": { "rate": 0.002 } }""");
        string line = string.Join(' ', sample.Line("model").Where(o => o != "--quiet").Select(o => $"'{o}'"));
        string script = $"stty cols {columns}; exec '{Repository.Find("bin", "train")}' {line}";
        CommandResult run = Command.Run("/usr/bin/script", ["-qefc", script, "/dev/null"], null, ("TERM", "xterm"), ("SHELL", "/bin/sh"));
        Assert.True(run.ExitCode == 0, run.Output);
        Assert.DoesNotContain("\u001b[?25l", run.Output, StringComparison.Ordinal); // the cursor is never hidden
        string[] lines = run.Output.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');

        // What was drawn at the bottom is gone when a line is put above it.
        Assert.All(lines.SelectMany(l => l.Split(Clear)).Where(l => l.Contains('━') || l.Contains('·')), l => Assert.InRange(l.Length, 1, columns - 1));
        string[] table = [.. lines.Select(l => l.Split(Clear)[^1])];
        int heading = Array.FindIndex(table, l => l.Contains("loss train", StringComparison.Ordinal));
        Assert.InRange(table[heading].Length, 1, 79);
        Assert.Equal(Enumerable.Range(1, 40), table[(heading + 1)..(heading + 41)].Select(l => int.Parse(l[2..7], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.StartsWith("train: 40 epochs in ", table[heading + 41], StringComparison.Ordinal);

        // Figures end where the words above them do.
        IEnumerable<int> edges = Regex.Matches(table[heading], @"\S+( train)?(?=  | [A-Z]| v|$)").Take(7).Select(m => m.Index + m.Length);
        Assert.All(table[(heading + 1)..(heading + 41)], l => Assert.Equal(edges, Regex.Matches(l[1..], @"[\d.E+-]+( %)?").Take(7).Select(m => m.Index + m.Length + 1)));
        Assert.StartsWith("*", table[heading + 1], StringComparison.Ordinal);
    }
}
