using System.Text.Json;
using Xunit;

namespace Pipeline.Tests;

/// <summary>inspect as its users run it: a process, its output, its exit code.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_overview_tells_table_rows_columns_and_history()
    {
        string output = Succeed(SampleTables.Features(folder)).Output;
        Assert.StartsWith("features.parquet: table 'features', version 1\neach row is the features of a window of an example\n6 rows, 12 columns, 1 row group, ", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^values +list<float> +zstd +split ", output);
        Assert.Matches(@"(?m)^genre +string +0 +zstd ", output);
        Assert.Matches(@"(?m)^    unify-labels 0\.1\.0\n       --policy agree\n  -> extract-features 0\.1\.0\n       --recipe top-n --seed 0\n       read labels, sha256 [0-9a-f]{12}\.\.\.$", output);
    }

    [Fact]
    public void The_overview_fits_80_columns() =>
        Assert.All(Succeed(SampleTables.Features(folder)).Lines, line => Assert.True(line.Length <= 80, line));

    [Fact]
    public void The_overview_as_JSON_holds_the_same()
    {
        using JsonDocument json = JsonDocument.Parse(Succeed(SampleTables.Features(folder), "--json").Output);
        Assert.Equal("features", json.RootElement.GetProperty("table").GetString());
        Assert.Equal(6, json.RootElement.GetProperty("rows").GetInt64());
        Assert.Equal(12, json.RootElement.GetProperty("columns").GetArrayLength());
        Assert.Equal("extract-features", json.RootElement.GetProperty("provenance")[1].GetProperty("stage").GetString());
    }

    [Fact]
    public void Rows_that_fit_come_as_a_table() =>
        Assert.Equal(
            ["genre  frames  values", "jazz      650  [-80, -79.99, -79.98, ... 1300]"],
            Succeed(SampleTables.Features(folder), "--head", "1", "--columns", "genre,frames,values").Lines);

    [Fact]
    public void Rows_that_do_not_fit_come_one_by_one()
    {
        string output = Succeed(SampleTables.Features(folder), "--head", "2").Output;
        Assert.Contains("row 0\n  example_id      toy/0#0\n", output, StringComparison.Ordinal);
        Assert.Contains("\n\nrow 1\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("row 2", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("genre=jazz", 3)]
    [InlineData("genre != jazz", 3)]
    [InlineData("frames>=654", 2)]
    [InlineData("frames<650.5", 1)]
    [InlineData("genre~AZ", 3)]
    [InlineData("genre<jazz", 1)]
    public void Conditions_choose_rows(string condition, int rows) =>
        Assert.Equal(rows, Succeed(SampleTables.Features(folder), "--where", condition, "--json").Lines.Length);

    [Fact]
    public void Several_conditions_must_all_hold() =>
        Assert.Single(Succeed(SampleTables.Features(folder), "--where", "genre=jazz", "--where", "split=test", "--json").Lines);

    [Theory]
    [InlineData("name=null", 1)]
    [InlineData("name!=null", 3)]
    [InlineData("name!=plain", 3)]
    [InlineData("x=null", 1)]
    [InlineData("x>0", 2)]
    [InlineData("n=-4", 1)]
    [InlineData("n==-4", 1)]
    [InlineData("n<>-4", 3)]
    [InlineData("x=NaN", 1)]
    [InlineData("x!=NaN", 3)]
    public void Nulls_and_NaN_compare_as_one_expects(string condition, int rows) =>
        Assert.Equal(rows, Succeed(SampleTables.Foreign(folder), "--where", condition, "--json").Lines.Length);

    [Fact]
    public void Counts_come_with_shares_and_bars() =>
        Assert.Equal(
            [
                "genre  rows   share",
                "jazz      3  50.0 %  ████████████████████████",
                "rock      2  33.3 %  ████████████████",
                "blues     1  16.7 %  ████████",
                "3 values, 6 rows",
            ],
            Succeed(SampleTables.Features(folder), "--count-by", "genre").Lines);

    [Fact]
    public void Counts_honour_conditions() =>
        Assert.Equal("""{"genre":"jazz","rows":2,"share":1}""", Succeed(SampleTables.Features(folder), "--count-by", "genre", "--where", "split=train", "--where", "genre=jazz", "--json").Output.Trim());

    [Fact]
    public void Figures_are_those_of_the_values()
    {
        string output = Succeed(SampleTables.Features(folder), "--stats").Output;
        Assert.Matches(@"(?m)^frames +6 +0 +650 +652\.5 +655 +1\.70783$", output);
        Assert.Matches(@"(?m)^values +7,830 +0 +-80 +-73\.48 +-66\.91 +3\.76729 +1,300 to 1,310$", output);
        Assert.Matches(@"(?m)^genre +6 +0 +3 +blues +rock$", output);
    }

    [Fact]
    public void Figures_leave_out_what_is_not_finite_and_say_so()
    {
        string output = Succeed(SampleTables.Foreign(folder), "--stats").Output;
        Assert.Matches(@"(?m)^x +1 +1 +0\.5 +0\.5 +0\.5 +0$", output);
        Assert.Contains("2 NaN or infinite values, left out above: x 2", output, StringComparison.Ordinal);
    }

    [Fact]
    public void CSV_quotes_what_needs_it() =>
        Assert.Equal(
            "name,n,x\nplain,1,0.5\n\"comma, \"\"quote\"\"\",20,NaN\n\"line\nbreak \u001b[31m\",300,\n,-4,Infinity\n",
            Succeed(SampleTables.Foreign(folder), "--csv").Output);

    [Fact]
    public void Text_for_people_cannot_steer_their_terminal() =>
        Assert.DoesNotContain('\u001b', Succeed(SampleTables.Foreign(folder), "--head", "9").Output);

    [Fact]
    public void JSON_rows_come_one_on_a_line() =>
        Assert.Equal(
            """{"name":"comma, \"quote\"","n":20,"x":"NaN"}""",
            Succeed(SampleTables.Foreign(folder), "--all", "--json").Lines[1]);

    [Fact]
    public void A_kept_contract_is_confirmed() =>
        Assert.Equal("keeps the contract 'features' version 1: 6 rows checked\n", Succeed(SampleTables.Features(folder), "--contract", "features").Output);

    [Fact]
    public void A_broken_contract_is_told_in_full_and_fails()
    {
        string path = SampleTables.Foreign(folder);
        CommandResult result = Command.Stage("inspect", path, "--contract", "splits");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            [
                "column 'recording_id' is missing (string was expected)", "column 'group' is missing (string was expected)",
                "column 'split' is missing (string was expected)", "column 'fold' is missing (int32 was expected)",
                "the rows were not checked: first the columns have to be right",
                "further columns, which no stage reads: name, n, x",
            ],
            result.Lines);
        Assert.Equal($"inspect: {path} does not keep the contract 'splits': 4 findings\n", result.Errors);
    }

    [Fact]
    public void A_key_that_occurs_twice_breaks_a_contract()
    {
        string labels = SampleTables.Labels(folder);
        Directory.CreateDirectory(folder["twice"]);
        File.Copy(labels, folder["twice/a.parquet"]);
        File.Copy(labels, folder["twice/b.parquet"]);
        CommandResult result = Command.Stage("inspect", folder["twice"], "--contract", "labels");
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("b.parquet, row 0: column 'recording_id' is 'toy/0', as in an earlier row: no two may have the same", result.Lines[0]);
    }

    [Fact]
    public void Dates_times_and_flags_compare_as_what_they_are()
    {
        string? file = Repository.Data("parquet-testing", "data", "alltypes_tiny_pages_plain.parquet");
        Assert.SkipWhen(file is null, "'../shared/data/parquet-testing' is not there: it is not part of the repository");
        string[] Rows(string condition) => Succeed(file!, "--columns", "timestamp_col,bool_col", "--where", condition, "--json").Lines;
        string[] early = Rows("timestamp_col<2009-01-01 00:30:00");
        Assert.Equal(early, Rows("timestamp_col<2009-01-01T00:30:00Z"));
        Assert.Equal(early, Rows("timestamp_col<2009-01-01T02:30:00+02:00"));
        Assert.All(early, row => Assert.True(row.Contains("2008-12-31", StringComparison.Ordinal) || row.Contains("2009-01-01T00:", StringComparison.Ordinal), row));
        Assert.NotEmpty(early);
        Assert.Equal(7300, Rows("bool_col=true").Length + Rows("bool_col=false").Length);
        CommandResult wrong = Command.Stage("inspect", file!, "--where", "timestamp_col<yesterday");
        Assert.EndsWith("column 'timestamp_col' is int96? and is compared with a time such as 2020-01-31T12:30:00, not 'yesterday'\n", wrong.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_of_parts_is_one_table()
    {
        string labels = SampleTables.Labels(folder);
        Directory.CreateDirectory(folder["parts"]);
        File.Copy(labels, folder["parts/part-00000-of-00002.parquet"]);
        File.Copy(labels, folder["parts/part-00001-of-00002.parquet"]);
        Assert.Contains("4 rows, 9 columns, 2 row groups, 2 files,", Succeed(folder["parts"]).Output, StringComparison.Ordinal);
        Assert.Equal(2, Succeed(folder["parts"], "--where", "genre=jazz", "--json").Lines.Length);
    }

    [Theory]
    [InlineData("--hed", "there is no option '--hed' (did you mean '--head'?)")]
    [InlineData("--head=ten", "--head needs a whole number, not 'ten'")]
    [InlineData("--head=-1", "--head needs 0 or more, not '-1'")]
    [InlineData("--where=genre", "--where 'genre' is no comparison such as genre=jazz; the operators are = != < <= > >= ~")]
    [InlineData("--columns=,", "--columns needs names of columns, separated by commas")]
    [InlineData("--contract=label", "there is no contract 'label'; there are recordings, segments, labels, splits, examples, features, predictions, verdicts, msd")]
    public void Wrong_usage_is_one_sentence_and_2(string option, string sentence)
    {
        CommandResult result = Command.Stage("inspect", SampleTables.Labels(folder), option);
        Assert.Equal(2, result.ExitCode);
        Assert.Equal($"inspect: {sentence}\ntry 'inspect --help'\n", result.Errors);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("--columns", "genre,gener", "there is no column 'gener'; there are: recording_id, genre, ")]
    [InlineData("--count-by", "gnre", "there is no column 'gnre'")]
    public void A_wrong_name_is_one_sentence_and_1(string option, string value, string sentence)
    {
        CommandResult result = Command.Stage("inspect", SampleTables.Labels(folder), option, value);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("inspect: " + sentence, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_file_cut_short_is_one_sentence_and_1()
    {
        string path = SampleTables.Labels(folder);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(file.Length / 2);
        }

        CommandResult result = Command.Stage("inspect", path);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"inspect: {path}: the file is cut short: it starts like a Parquet file and does not end like one\n", result.Errors);
    }

    [Fact]
    public void A_reader_that_leaves_early_is_no_failure()
    {
        string path = SampleTables.Features(folder);
        CommandResult result = Command.Run("/bin/bash", ["-c", $"'{Repository.Find("bin", "inspect")}' '{path}' --all | head -n 1; echo ${{PIPESTATUS[0]}}"]);
        Assert.Equal(["row 0", "0"], result.Lines);
        Assert.Empty(result.Errors);
    }

    private static CommandResult Succeed(params string[] arguments)
    {
        CommandResult result = Command.Stage("inspect", arguments);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result;
    }
}
