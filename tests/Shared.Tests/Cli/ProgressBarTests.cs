using Xunit;

namespace Pipeline.Tests.Cli;

/// <summary>The bar is drawn on terminals only: script(1) gives the probe one.</summary>
public sealed class ProgressBarTests
{
    private const string HideCursor = "\u001b[?25l";
    private const string ShowCursor = "\u001b[?25h";

    public ProgressBarTests() =>
        Assert.SkipUnless(File.Exists("/usr/bin/script") && OperatingSystem.IsLinux(), "needs script(1) of util-linux for a pseudo-terminal");

    [Fact]
    public void A_terminal_gets_a_bar_with_items_rate_and_time_left()
    {
        using var probe = OnTerminal("--work 200 --delay 5");
        Assert.Equal(0, probe.ExitCode());
        Assert.Matches(@"items .*━.* \d+/200 \(\d+ %\) \d+/s, \d+ s left", probe.Output);
        Assert.Contains("200/200 (100 %)", probe.Output);
        AssertClean(probe.Output);
    }

    [Fact]
    public void A_message_is_printed_whole_above_the_bar()
    {
        using var probe = OnTerminal("--work 200 --delay 15 --message half-way");
        Assert.Equal(0, probe.ExitCode());
        // From the first column of the bar's first line, which the cursor was taken up to; the bar is drawn anew below.
        Assert.Matches(@"\u001b\[\d+Aprobe: half-way\s*\r?\n", probe.Output);
    }

    [Fact]
    public void A_bar_of_unknown_length_counts()
    {
        using var probe = OnTerminal("--work 200 --delay 5 --unknown-total");
        Assert.Equal(0, probe.ExitCode());
        Assert.Matches(@" 200 \d+/s, \d+ s in all", probe.Output);
        AssertClean(probe.Output);
    }

    [Theory]
    [InlineData("--work 100000 --delay 5", 1)]
    [InlineData("--work 100000 --delay 100000", 2)]
    public void Ctrl_C_leaves_the_cursor_visible_and_no_half_line(string work, int times)
    {
        Assert.SkipWhen(ProbeRun.IgnoresInterrupt, "the tests were started with Ctrl-C ignored");
        // Typed on the terminal, as a person would. Twice where the loop sleeps: the second ends it without unwinding.
        string type = string.Concat(Enumerable.Repeat("printf '\\003'; sleep 0.5; ", times));
        using var probe = ProbeRun.Shell($"(sleep 2; {type}) | script -qefc \"$PROBE {work}\" /dev/null");
        Assert.Equal(130, probe.ExitCode());
        AssertClean(probe.Output);
    }

    [Fact]
    public void Quiet_work_draws_nothing_on_a_terminal()
    {
        using var probe = OnTerminal("--work 200 --delay 5 --quiet");
        Assert.Equal(0, probe.ExitCode());
        Assert.DoesNotContain("items", probe.Output);
    }

    [Theory]
    [InlineData("--work 10", false)]
    [InlineData("--work 200 --delay 5 --quiet", false)]
    [InlineData("--work 200 --delay 5", true)]
    public void Spectre_is_loaded_only_where_a_bar_is_drawn(string work, bool loaded)
    {
        using var probe = OnTerminal(work + " --assemblies");
        Assert.Equal(0, probe.ExitCode());
        Assert.Contains("System.CommandLine", probe.Output);
        Assert.Equal(loaded, probe.Output.Contains("Spectre.Console"));
    }

    [Fact]
    public void Spectre_is_not_loaded_away_from_a_terminal()
    {
        using var probe = ProbeRun.Start("--work 300 --delay 5 --assemblies");
        Assert.Equal(0, probe.ExitCode());
        Assert.Contains("300/300", probe.Errors);
        Assert.Contains("System.CommandLine", probe.Output);
        Assert.DoesNotContain("Spectre.Console", probe.Output);
    }

    private static ProbeRun OnTerminal(string arguments) => ProbeRun.Shell($"script -qefc \"$PROBE {arguments}\" /dev/null < /dev/null");

    private static void AssertClean(string output)
    {
        Assert.Contains(HideCursor, output);
        Assert.True(output.LastIndexOf(ShowCursor, StringComparison.Ordinal) > output.LastIndexOf(HideCursor, StringComparison.Ordinal), "the cursor stays hidden");
        Assert.EndsWith("\n", output.Replace(ShowCursor, "", StringComparison.Ordinal));
    }
}
