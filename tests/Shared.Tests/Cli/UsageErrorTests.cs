using System.CommandLine;
using Pipeline.Cli;
using Xunit;

namespace Pipeline.Tests.Cli;

public sealed class UsageErrorTests
{
    [Theory]
    [InlineData("--head abc", "--head needs a whole number, not 'abc'")]
    [InlineData("--head 99999999999", "--head needs a whole number of at most 2147483647, not '99999999999'")]
    [InlineData("--gain loud", "--gain needs a number, not 'loud'")]
    [InlineData("--seed -1", "--seed needs a whole number of at least 0, not '-1'")]
    [InlineData("--mode sideways", "--mode needs one of fast, slow, not 'sideways'")]
    [InlineData("--day Foo", "--day needs one of Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, not 'Foo'")]
    [InlineData("--haed 3", "there is no option '--haed' (did you mean '--head'?)")]
    [InlineData("--haed=3", "there is no option '--haed' (did you mean '--head'?)")]
    [InlineData("--name --haed", "there is no option '--haed' (did you mean '--head'?)")]
    [InlineData("--xylophone", "there is no option '--xylophone'")]
    [InlineData("-z", "there is no option '-z'")]
    [InlineData("--head", "--head needs a value")]
    [InlineData("--name --quiet", "--name needs a value")]
    [InlineData("--into ", "--into needs the name of a folder")]
    [InlineData("--list a --list ", "--list needs the name of a file")]
    [InlineData("--head 1 --head 2", "--head is given more than once")]
    [InlineData("--threads 0", "--threads needs at least 1, not '0'")]
    [InlineData("--threads two", "--threads needs a whole number, not 'two'")]
    [InlineData("--max-failed 1.5", "--max-failed is a share from 0 to 1, not '1.5'")]
    [InlineData("--max-failed NaN", "--max-failed is a share from 0 to 1, not 'NaN'")]
    [InlineData("--shard 4/4", "--shard: parts are counted from 0, so the last of 4 is 3/4, not '4/4'")]
    [InlineData("--shard one", "--shard: a part is written I/N, such as 0/4, not 'one'")]
    [InlineData("--table nowhere.parquet", "--table: no file or folder 'nowhere.parquet'")]
    public void Each_mistake_has_its_sentence(string typed, string sentence) =>
        Assert.Equal(sentence, Error("given --needed x " + typed));

    [Theory]
    [InlineData("given", "the option --needed is required")]
    [InlineData("--needed x", "the argument FILE is missing")]
    [InlineData("given more --needed x", "'more' is one argument too many")]
    [InlineData("--haed 3", "there is no option '--haed' (did you mean '--head'?)")]
    [InlineData("--head abc", "--head needs a whole number, not 'abc'")]
    public void What_was_typed_wrong_is_said_before_what_is_missing(string typed, string sentence) =>
        Assert.Equal(sentence, Error(typed));

    [Theory]
    [InlineData("given --needed x")]
    [InlineData("given --needed x --head 3 --gain -2.5 --mode fast --day Monday --quiet")]
    [InlineData("given --needed x --shard 3/4 --threads 2 --max-failed 0 --seed 18446744073709551615")]
    [InlineData("given --needed=--quiet")]
    [InlineData("given --needed x --name ")]
    [InlineData("--needed x -- --haed")]
    [InlineData("@given --needed x")]
    [InlineData("- --needed x")]
    [InlineData("--help --haed")]
    [InlineData("--version --head abc")]
    public void What_is_right_has_none(string typed) => Assert.Null(Error(typed));

    [Fact]
    public void The_common_options_have_their_defaults()
    {
        Option<ulong> seed = CommonOptions.Seed();
        Option<int> threads = CommonOptions.Threads();
        Option<double> maxFailed = CommonOptions.MaxFailed();
        Option<Shard> shard = CommonOptions.Shard();
        ParseResult parse = new RootCommand { seed, threads, maxFailed, shard }.Parse([]);
        Assert.Equal(0ul, parse.GetValue(seed));
        Assert.Equal(Environment.ProcessorCount, parse.GetValue(threads));
        Assert.Equal(0.01, parse.GetValue(maxFailed));
        Assert.Equal(Shard.All, parse.GetValue(shard));
    }

    private static string? Error(string typed)
    {
        var command = new RootCommand
        {
            new Argument<string>("file"),
            new Option<string>("--needed") { Required = true },
            new Option<string>("--name"),
            new Option<string[]>("--list") { HelpName = "FILE" },
            new Option<string>("--into") { HelpName = "DIR" },
            new Option<int>("--head") { DefaultValueFactory = _ => 10 },
            new Option<double>("--gain"),
            new Option<string>("--mode").AcceptOnlyFromAmong("fast", "slow"),
            new Option<DayOfWeek?>("--day"),
            new Option<FileInfo>("--table").AcceptExistingOnly(),
            CommonOptions.Quiet(),
            CommonOptions.Threads(),
            CommonOptions.Seed(),
            CommonOptions.Shard(),
            CommonOptions.MaxFailed(),
        };
        command.SetAction(_ => { });
        return StageCommandLine.Parse(command, typed.Split(' ')).Error;
    }
}
