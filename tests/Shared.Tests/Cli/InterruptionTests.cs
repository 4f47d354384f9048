using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class InterruptionTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public InterruptionTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends signals");
        Assert.SkipWhen(ProbeRun.IgnoresInterrupt, "the tests were started with Ctrl-C ignored");
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(ProbeRun.Interrupt)]
    [InlineData(ProbeRun.Terminate)]
    public void A_signal_unwinds_a_synchronous_loop_and_its_half_file_is_gone(int signal)
    {
        using var probe = Hold("");
        Assert.Single(folder.GetFiles("*.part"));
        probe.Signal(signal);
        Assert.Equal(130, probe.ExitCode());
        Assert.Empty(folder.GetFiles());
        Assert.Equal("probe: interrupted", probe.Errors.Split(Environment.NewLine)[^1]);
    }

    [Fact]
    public void A_loop_that_merely_stops_was_interrupted_too()
    {
        using var probe = Hold("--polite");
        probe.Signal(ProbeRun.Interrupt);
        Assert.Equal(130, probe.ExitCode());
        Assert.Empty(folder.GetFiles());
    }

    [Fact]
    public void The_second_signal_ends_at_once_what_does_not_listen_to_the_first()
    {
        using var probe = Hold("--deaf");
        probe.Signal(ProbeRun.Interrupt);
        Thread.Sleep(300);
        probe.Signal(ProbeRun.Interrupt);
        Assert.Equal(130, probe.ExitCode());
    }

    [Fact]
    public void An_action_that_takes_no_token_ends_at_the_first_signal()
    {
        using var probe = ProbeRun.Start("", ("PROBE_WITHOUT_TOKEN", "1"));
        probe.WaitForError("holding");
        probe.Signal(ProbeRun.Terminate);
        Assert.Equal(130, probe.ExitCode());
    }

    private ProbeRun Hold(string how)
    {
        var probe = ProbeRun.Start($"--hold {Path.Combine(folder.FullName, "table")} {how}");
        probe.WaitForError("holding");
        return probe;
    }
}
