using Xunit;

namespace Pipeline.Tests;

/// <summary>inspect on files of other writers: it shows them, or says in one sentence why it cannot.</summary>
public sealed class InspectCorpusTests
{
    private const string Absent = "'../shared/data/parquet-testing' is not there: it is not part of the repository";

    public static TheoryData<string> Files
    {
        get
        {
            string? corpus = Repository.Data("parquet-testing");
            if (corpus is null)
            {
                return [Absent];
            }

            // Two keys of a gigabyte each take their time; the library's own tests read them.
            return
            [
                .. Directory.GetFiles(corpus, "*.parquet", SearchOption.AllDirectories)
                    .Select(f => Path.GetRelativePath(corpus, f))
                    .Where(f => !f.Contains("large_string_map", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_foreign_file_is_shown_or_refused_in_a_sentence(string file)
    {
        Assert.SkipWhen(file == Absent, Absent);
        string path = Repository.Data("parquet-testing", file)!;
        foreach (string[] mode in (string[][])[[], ["--head", "3"], ["--stats"], ["--all", "--json"]])
        {
            CommandResult result = Command.Stage("inspect", [path, .. mode]);
            string[] errors = result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (result.ExitCode == 0)
            {
                Assert.True(result.Output.Length > 0 || result.Errors.Length > 0 || mode.Contains("--json"), "nothing was said");
                Assert.DoesNotContain(result.Lines, l => l.Length > 80 && !mode.Contains("--json"));
            }
            else
            {
                Assert.Equal(1, result.ExitCode);
                Assert.StartsWith($"inspect: {path}: ", errors[^1], StringComparison.Ordinal);
                Assert.DoesNotContain("internal error", result.Errors, StringComparison.Ordinal);
            }
        }
    }
}
