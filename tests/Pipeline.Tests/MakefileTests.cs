using Xunit;

namespace Pipeline.Tests;

/// <summary>The Makefile's rule of a stage: what changes rebuilds what follows from it, and nothing else.</summary>
public sealed class MakefileTests : IDisposable
{
    // Two stages in a row, made of shell scripts that log their runs.
    private const string Graph = """
        GAIN ?= 1
        NOTE ?= hello
        include $(REPOSITORY)/Makefile
        $(eval $(call stage,first-stage,$(DATA)/a.txt,in.txt,--gain $(GAIN) --out $(DATA)/a.txt))
        $(eval $(call stage,second-stage,$(DATA)/b.txt,$(DATA)/a.txt,--note '$(NOTE)' --out $(DATA)/b.txt))
        """;

    private const string Script = """
        #!/bin/bash
        echo "$(basename "$0") $*" >> log
        for last; do :; done
        echo "$(basename "$0") $*" > "$last"
        """;

    private readonly TemporaryFolder folder = new();

    public MakefileTests()
    {
        folder.Write("Makefile", Graph);
        folder.Write("in.txt", "in");
        WriteScript("first.sh");
        WriteScript("second.sh");
        WriteScript("other.sh");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_first_run_makes_everything_in_order() =>
        Assert.Equal(["first.sh --gain 1 --out data/a.txt", "second.sh --note hello --out data/b.txt"], Make());

    [Fact]
    public void A_second_run_makes_nothing()
    {
        Make();
        Assert.Empty(Make());
    }

    [Fact]
    public void A_changed_option_rebuilds_what_follows()
    {
        Make();
        Assert.Equal(["first.sh --gain 2 --out data/a.txt", "second.sh --note hello --out data/b.txt"], Make("GAIN=2"));
        Assert.Empty(Make("GAIN=2"));
        Assert.Equal(2, Make("GAIN=1").Length);
    }

    [Fact]
    public void A_changed_option_rebuilds_nothing_before_it()
    {
        Make();
        Assert.Equal(["second.sh --note a, b = 'c'; $d --out data/b.txt"], Make("NOTE=a, b = '\\''c'\\''; $$d"));
    }

    [Fact]
    public void A_swapped_program_rebuilds_what_follows_even_if_it_is_old()
    {
        Make();
        File.SetLastWriteTimeUtc(folder["other.sh"], new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(["other.sh --note hello --out data/b.txt"], Make("SECOND_STAGE=./other.sh"));
        Assert.Empty(Make("SECOND_STAGE=./other.sh"));
        Assert.Equal(["second.sh --note hello --out data/b.txt"], Make());
    }

    [Fact]
    public void A_changed_program_rebuilds_what_follows()
    {
        Make();
        Touch("second.sh");
        Assert.Equal(["second.sh --note hello --out data/b.txt"], Make());
    }

    [Fact]
    public void A_program_behind_an_interpreter_is_followed_too()
    {
        Make("SECOND_STAGE=bash other.sh");
        Touch("other.sh");
        Assert.Equal(["other.sh --note hello --out data/b.txt"], Make("SECOND_STAGE=bash other.sh"));
    }

    [Fact]
    public void Looking_changes_nothing()
    {
        Make("GAIN=2");
        Assert.Contains("./first.sh --gain 7 --out data/a.txt", Run("-n", "GAIN=7").Lines);
        Run("help", "GAIN=7");
        Assert.Empty(Make("GAIN=2"));
    }

    [Fact]
    public void A_program_that_is_not_there_is_named_and_the_old_table_stays()
    {
        Make();
        CommandResult result = Run("SECOND_STAGE=./secnod.sh");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("make: SECOND_STAGE: there is no program './secnod.sh': set SECOND_STAGE to a program of yours", result.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(folder["data/b.txt"]));
        Assert.Empty(Make());
    }

    [Fact]
    public void A_stage_that_this_version_does_not_have_is_named()
    {
        folder.Write("Makefile", Graph.Replace("second-stage", "third-stage", StringComparison.Ordinal));
        CommandResult result = Run();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("/bin/third-stage': set THIRD_STAGE to a program of yours", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_with_a_space_is_refused_in_a_sentence()
    {
        folder.Write("a b/Makefile", "include $(REPOSITORY)/Makefile\n");
        CommandResult result = Command.Run("make", [$"REPOSITORY={Repository.Root}"], folder["a b"], ("MAKEFLAGS", null), ("MAKELEVEL", null));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("has a space in it, which make cannot handle", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_input_rebuilds_everything()
    {
        Make();
        Touch("in.txt");
        Assert.Equal(2, Make().Length);
    }

    [Fact]
    public void How_a_stage_is_launched_rebuilds_nothing()
    {
        Make("LAUNCH=nice");
        Assert.Empty(Make("LAUNCH="));
    }

    [Fact]
    public void A_stage_that_fails_leaves_no_target_and_runs_again()
    {
        folder.Write("second.sh", "#!/bin/bash\nfor last; do :; done\necho half > \"$last\"\nexit 1\n");
        CommandResult result = Run();
        Assert.NotEqual(0, result.ExitCode);
        Assert.False(File.Exists(folder["data/b.txt"]));
        WriteScript("second.sh");
        Assert.Equal(["second.sh --note hello --out data/b.txt"], Make());
    }

    [Fact]
    public void A_stage_that_writes_nothing_is_a_failure()
    {
        folder.Write("second.sh", "#!/bin/bash\nexit 0\n");
        CommandResult result = Run();
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("second-stage ended well and did not write data/b.txt", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dry_run_reads_like_the_graph() =>
        Assert.Equal(
            ["./first.sh --gain 1 --out data/a.txt", "./second.sh --note 'hello' --out data/b.txt"],
            Run("-n").Lines.Where(l => l.StartsWith("./", StringComparison.Ordinal)));

    [Fact]
    public void Tables_can_go_elsewhere()
    {
        Assert.Equal(2, Make("DATA=elsewhere/tables", "elsewhere/tables/b.txt").Length);
        Assert.False(Directory.Exists(folder["data"]));
    }

    [Fact]
    public void Make_alone_explains_itself()
    {
        CommandResult help = Command.Run("make", ["-C", Repository.Root, "--no-print-directory"], null, ("MAKEFLAGS", null));
        Assert.Equal(0, help.ExitCode);
        foreach (string target in (string[])["build", "test", "bench", "interop", "clean"])
        {
            Assert.Matches($@"(?m)^  {target} +[A-Z].*\.$", help.Output);
        }

        Assert.Contains("extract-features", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_fits_80_columns() =>
        Assert.All(
            Command.Run("make", ["-C", Repository.Root, "--no-print-directory", "help"], null, ("MAKEFLAGS", null)).Lines,
            line => Assert.True(line.Length <= 80, line));

    private string[] Make(params string[] arguments)
    {
        File.Delete(folder["log"]);
        CommandResult result = Run(arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return File.Exists(folder["log"]) ? File.ReadAllLines(folder["log"]) : [];
    }

    private CommandResult Run(params string[] arguments)
    {
        string[] target = arguments.Any(a => a == "help" || a.EndsWith("b.txt", StringComparison.Ordinal)) ? [] : ["data/b.txt"];
        string[] programs = arguments.Any(a => a.StartsWith("SECOND_STAGE", StringComparison.Ordinal)) ? [] : ["SECOND_STAGE=./second.sh"];
        return Command.Run(
            "make",
            ["--no-print-directory", $"REPOSITORY={Repository.Root}", "FIRST_STAGE=./first.sh", .. programs, .. arguments, .. target],
            folder.Path,
            ("MAKEFLAGS", null), ("MAKELEVEL", null));
    }

    private void WriteScript(string name)
    {
        string path = folder.Write(name, Script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Touch(name, -60);
    }

    // Makes the file newer than all targets, whatever the resolution of the file system's clock.
    private void Touch(string name, int seconds = 2) => File.SetLastWriteTimeUtc(folder[name], DateTime.UtcNow.AddSeconds(seconds));
}
