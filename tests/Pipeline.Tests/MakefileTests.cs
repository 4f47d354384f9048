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
        Assert.Contains("attempt 3 of 3", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stage_that_writes_at_the_second_attempt_is_a_success()
    {
        folder.Write("second.sh", "#!/bin/bash\n[ -e tried ] && { for last; do :; done; echo b > \"$last\"; }\ntouch tried\n");
        CommandResult result = Run();
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("attempt 1 of 3", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("attempt 2 of 3", result.Errors, StringComparison.Ordinal);
        Assert.Equal("b\n", File.ReadAllText(folder["data/b.txt"]));
    }

    [Theory]
    [InlineData("exit 1")]
    [InlineData("for last; do :; done; echo half > \"$last\"; exit 1")]
    [InlineData("for last; do :; done; echo half > \"$last\"; kill -TERM $PPID; sleep 1")]
    [InlineData("exit 0")]
    public void A_stage_that_fails_leaves_the_table_of_the_last_run(string body)
    {
        Make();
        string before = File.ReadAllText(folder["data/b.txt"]);
        string script = File.ReadAllText(folder["second.sh"]);
        folder.Write("second.sh", $"#!/bin/bash\n{body}\n");
        Touch("second.sh");
        Assert.NotEqual(0, Run().ExitCode);
        Assert.Equal(before, File.ReadAllText(folder["data/b.txt"]));
        folder.Write("second.sh", script);
        Touch("second.sh", -60);
        Assert.Empty(Make());
        Assert.Empty(Directory.GetFiles(folder["data"], "*.kept"));
    }

    [Fact]
    public async Task Two_makes_do_not_make_one_table_at_the_same_time()
    {
        Make();
        folder.Write("slow.sh", "#!/bin/bash\ntouch begun\nsleep 2\nfor last; do :; done\necho slow > \"$last\"\n");
        Task<CommandResult> first = Task.Run(() => Run("SECOND_STAGE=bash slow.sh"), TestContext.Current.CancellationToken);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(folder["begun"]), TimeSpan.FromSeconds(20)));
        CommandResult second = Run("SECOND_STAGE=bash slow.sh");
        Assert.NotEqual(0, second.ExitCode);
        Assert.Contains("another make is making data/b.txt: wait for it", second.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await first).ExitCode);
        Assert.Equal("slow\n", File.ReadAllText(folder["data/b.txt"]));
    }

    [Fact]
    public void What_cannot_be_run_is_named()
    {
        folder.Write("plain.sh", "#!/bin/bash\n");
        Assert.Contains("make: SECOND_STAGE: './plain.sh' may not be run: chmod +x ./plain.sh", Run("SECOND_STAGE=./plain.sh").Errors, StringComparison.Ordinal);
        Assert.Contains("make: LAUNCH: there is no program 'nicee'", Run("LAUNCH=nicee -n 5").Errors, StringComparison.Ordinal);
        Assert.Contains("DATA=in.txt is a file: name a folder", Run("DATA=in.txt", "in.txt/b.txt").Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Further_options_go_behind_the_stages_own()
    {
        Make();
        Assert.Contains("./first.sh --gain 1 --out data/a.txt --more 2", Run("-n", "FIRST_STAGE_OPTIONS=--more 2").Lines);
    }

    [Fact]
    public void A_dry_run_reads_like_the_graph() =>
        Assert.Equal(
            ["./first.sh --gain 1 --out data/a.txt", "./second.sh --note 'hello' --out data/b.txt"],
            Run("-n").Lines.Where(l => !l.Contains("dotnet", StringComparison.Ordinal)));

    [Fact]
    public void With_shards_a_stage_runs_in_parts_that_are_merged()
    {
        string whole = MakeSharded("SHARDS=1");
        Assert.Equal("a of 0/1\nc of 0/1\n", whole);
        string merged = MakeSharded("SHARDS=3", "-j4");
        Assert.Equal("a of 0/3\na of 1/3\na of 2/3\nc of 0/3\nc of 1/3\nc of 2/3\n", merged);
        Assert.Equal(6, File.ReadLines(folder["log"]).Count()); // the whole, three parts, two merged tables: each once
    }

    [Fact]
    public void A_part_that_is_there_is_not_made_again()
    {
        MakeSharded("SHARDS=3");
        string part = folder["data/.shards/c.txt/part-00001-of-00003.parquet"];
        File.Delete(part);
        File.Delete(folder["log"]);
        MakeSharded("SHARDS=3");
        Assert.Equal(["1/3", "merge a", "merge c"], File.ReadLines(folder["log"]));
    }

    [Fact]
    public void Parts_may_be_thrown_away_when_they_are_merged()
    {
        MakeSharded("SHARDS=3");
        Directory.Delete(folder["data/.shards"], recursive: true);
        File.Delete(folder["log"]);
        MakeSharded("SHARDS=3");
        Assert.False(File.Exists(folder["log"]));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("four")]
    [InlineData("")]
    public void A_number_of_shards_that_is_none_is_refused(string shards) =>
        Assert.Contains($"SHARDS is a whole number of at least 1, not '{shards}'", Run($"SHARDS={shards}").Errors, StringComparison.Ordinal);

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

    // A stage of two tables, which are merged by a program of the user's; what stands in both in the end.
    private string MakeSharded(params string[] arguments)
    {
        folder.Write("Makefile", """
            include $(REPOSITORY)/Makefile
            $(eval $(call sharded,first-stage,$(DATA)/a.txt $(DATA)/c.txt,in.txt,--out $(DATA)/a.txt --also $(DATA)/c.txt))
            $(eval $(call stage,second-stage,$(DATA)/b.txt,$(DATA)/a.txt $(DATA)/c.txt,--out $(DATA)/b.txt))
            """);
        folder.Write("first.sh", "#!/bin/bash\npart=${6:-0/1}; echo $part >> log\necho \"a of $part\" > $2; echo \"c of $part\" > $4\n");
        folder.Write("merge.sh", "#!/bin/bash\nname=${2##*/}; echo merge ${name%.txt} >> log\nout=$2; shift 2; [ $1 != --recordings ] || shift 2; cat \"$@\" > $out\n");
        folder.Write("second.sh", "#!/bin/bash\ncat data/a.txt data/c.txt > $2\n");
        foreach (string script in (string[])["first.sh", "merge.sh", "second.sh"])
        {
            Touch(script, -60);
        }

        CommandResult result = Run(["FIRST_STAGE=bash first.sh", "MERGE=bash merge.sh", "SECOND_STAGE=bash second.sh", .. arguments]);
        Assert.True(result.ExitCode == 0, result.Errors);
        return File.ReadAllText(folder["data/b.txt"]);
    }

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
        string[] first = arguments.Any(a => a.StartsWith("FIRST_STAGE=", StringComparison.Ordinal)) ? [] : ["FIRST_STAGE=./first.sh"];
        return Command.Run(
            "make",
            ["--no-print-directory", $"REPOSITORY={Repository.Root}", .. first, .. programs, .. arguments, .. target],
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
