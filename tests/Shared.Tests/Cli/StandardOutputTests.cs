using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class StandardOutputTests
{
    public StandardOutputTests() => Assert.SkipUnless(File.Exists("/bin/bash"), "needs a shell");

    [Fact]
    public void A_reader_that_leaves_early_ends_the_work_as_a_success()
    {
        using var probe = ProbeRun.Shell("$PROBE --lines 100000000 | head -1; echo ${PIPESTATUS[0]}");
        probe.ExitCode();
        Assert.Equal(["line 0 of 100000000, long enough that a pipe's buffer fills before long", "0", ""], probe.Output.Split('\n'));
        Assert.Equal("", probe.Errors);
    }

    [Fact]
    public void Stages_that_share_a_file_write_one_after_the_other()
    {
        using var probe = ProbeRun.Shell("f=$(mktemp); { $PROBE --lines 2; $PROBE --lines 3; } > $f; wc -l < $f; rm $f");
        probe.ExitCode();
        Assert.Equal("5", probe.Output.Trim());
    }

    [Fact]
    public void Output_that_does_not_fit_is_a_failure()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full on this system");
        using var probe = ProbeRun.Shell("$PROBE --lines 3 > /dev/full");
        Assert.Equal(1, probe.ExitCode());
        Assert.Contains("probe: no space left on the disk", probe.Errors);
    }

    [Fact]
    public void What_was_printed_before_a_failure_is_not_lost()
    {
        using var probe = ProbeRun.Start("--lines 2 --fail stage");
        Assert.Equal(1, probe.ExitCode());
        Assert.Equal(3, probe.Output.Split('\n').Length);
    }
}
