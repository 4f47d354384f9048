using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class ExitCodeTests
{
    [Fact]
    public void Work_that_ends_well_exits_with_0_and_says_nothing()
    {
        using var probe = ProbeRun.Start("");
        Assert.Equal(0, probe.ExitCode());
        Assert.Equal("", probe.Errors);
        Assert.Equal("", probe.Output);
    }

    [Theory]
    [InlineData("stage", "probe: table.parquet has no column genre: run unify-labels again")]
    [InlineData("stage-with-cause", "probe: cannot read table.parquet: the footer is cut short")]
    [InlineData("io", "probe: no file or folder '/nowhere/table.parquet'")]
    [InlineData("data", "probe: clip.wav ends after 17 of 44 bytes")]
    [InlineData("parallel", "probe: one of the workers failed")]
    [InlineData("other-pipe", "probe: Broken pipe")]
    [InlineData("bug", "probe: internal error: InvalidOperationException: Sequence contains no elements (set PIPELINE_DEBUG=1 for the stack trace)")]
    [InlineData("thread", "probe: internal error: InvalidOperationException: on a thread of its own (set PIPELINE_DEBUG=1 for the stack trace)")]
    [InlineData("cancelled-by-nobody", "probe: internal error: OperationCanceledException: a token of somebody else's (set PIPELINE_DEBUG=1 for the stack trace)")]
    public void A_failure_exits_with_1_and_one_sentence(string way, string sentence)
    {
        using var probe = ProbeRun.Start("--fail " + way);
        Assert.Equal(1, probe.ExitCode());
        Assert.Equal(sentence, probe.Errors);
    }

    [Fact]
    public void A_full_disk_is_a_sentence_of_its_own()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full on this system");
        using var probe = ProbeRun.Start("--fail full");
        Assert.Equal(1, probe.ExitCode());
        Assert.Equal("probe: no space left on the disk for '/dev/full': free some, or write to another one", probe.Errors);
    }

    [Fact]
    public void Stack_traces_are_printed_when_asked_for()
    {
        using var probe = ProbeRun.Start("--fail bug", ("PIPELINE_DEBUG", "1"));
        Assert.Equal(1, probe.ExitCode());
        Assert.Contains("   at Program.", probe.Errors);
    }

    [Fact]
    public void A_missing_native_library_exits_with_3()
    {
        using var probe = ProbeRun.Start("--fail library", ("PIPELINE_ZSTD", "/nowhere/libzstd.so.1"));
        Assert.Equal(3, probe.ExitCode());
        Assert.StartsWith("probe: PIPELINE_ZSTD is '/nowhere/libzstd.so.1', where there is no file", probe.Errors);
    }

    [Fact]
    public void A_wrong_command_line_exits_with_2_and_points_to_the_help()
    {
        using var probe = ProbeRun.Start("--lines abc");
        Assert.Equal(2, probe.ExitCode());
        Assert.Equal(["probe: --lines needs a whole number, not 'abc'", "try 'probe --help'"], probe.Errors.Split(Environment.NewLine));
        Assert.Equal("", probe.Output);
    }

    [Fact]
    public void The_version_is_one_line_on_stdout()
    {
        using var probe = ProbeRun.Start("--version");
        Assert.Equal(0, probe.ExitCode());
        Assert.Matches(@"^probe \d+\.\d+\.\d+\n$", probe.Output);
    }

    [Fact]
    public void Help_is_given_even_beside_a_mistake_and_fits_80_columns()
    {
        using var probe = ProbeRun.Start("--help --lines abc");
        Assert.Equal(0, probe.ExitCode());
        Assert.StartsWith("probe: does whatever a test asks for", probe.Output);
        Assert.Contains("  --mode fast|slow          One of a few words.\n", probe.Output);
        Assert.All(probe.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }
}
