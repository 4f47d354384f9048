using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pipeline.Parquet;
using Pipeline.Tables;
using Xunit;

namespace Pipeline.Tests;

/// <summary>
/// The README is true: its tables are those of the record types, its transcripts are what the programs print.
/// <c>make readme</c> runs this with PIPELINE_UPDATE=1, which writes instead of comparing.
/// </summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Find("README.md");
    private static readonly bool IsUpdate = Environment.GetEnvironmentVariable("PIPELINE_UPDATE") == "1";

    [Fact]
    public void The_table_reference_is_that_of_the_record_types() => Check("tables", TableReference());

    [Fact]
    public void The_graph_is_that_of_make_help()
    {
        string help = Command.Run("make", ["-C", Repository.Root, "--no-print-directory", "help"], null, ("MAKEFLAGS", null)).Output;
        string graph = help[help.IndexOf("make-corpus   --", StringComparison.Ordinal)..].TrimEnd();
        Check("graph", $"```\n{graph}\n```\n");
    }

    [Fact]
    public void The_transcripts_are_what_the_programs_print()
    {
        string readme = File.ReadAllText(Readme);
        string run = Transcript().Replace(readme, m => $"```console\n$ {m.Groups[1].Value}\n{Print(m.Groups[1].Value)}```");
        CompareOrWrite(run, readme);
    }

    [Fact]
    public void Every_target_that_is_named_exists()
    {
        string makefile = File.ReadAllText(Repository.Find("Makefile"));
        Assert.All(
            MakeTarget().Matches(File.ReadAllText(Readme)).Select(m => m.Groups[1].Value),
            target => Assert.Matches($"(?m)^{target}:", makefile));
    }

    [Fact]
    public void Links_lead_somewhere() =>
        Assert.All(Link().Matches(File.ReadAllText(Readme)).Select(m => m.Groups[1].Value), l => Assert.True(Path.Exists(Repository.Find(l)), l));

    private static void Check(string section, string expected)
    {
        string readme = File.ReadAllText(Readme), start = $"<!-- {section} -->\n", end = $"<!-- /{section} -->";
        int from = readme.IndexOf(start, StringComparison.Ordinal) + start.Length, to = readme.IndexOf(end, StringComparison.Ordinal);
        CompareOrWrite(readme[..from] + expected + readme[to..], readme);
    }

    private static void CompareOrWrite(string expected, string readme)
    {
        if (IsUpdate)
        {
            File.WriteAllText(Readme, expected);
        }
        else
        {
            Assert.True(expected == readme, "README.md is stale: make readme");
        }
    }

    private static string TableReference()
    {
        var text = new StringBuilder();
        var docs = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Pipeline.Tables.xml"));
        foreach (TableContract contract in Contracts.All)
        {
            XElement type = docs.Descendants("member").Single(m => m.Attribute("name")!.Value == $"T:{contract.RowType.FullName}");
            string[] meanings = [.. type.Elements("param").Select(Plain)];
            Assert.Equal(contract.Columns.Count, meanings.Length);
            text.Append($"### {contract.Name}\n\n{Plain(type.Element("summary")!)}\n\n| column | type | meaning |\n|---|---|---|\n");
            foreach ((ParquetColumn column, string meaning) in contract.Columns.Zip(meanings))
            {
                text.Append($"| `{column.Name}` | {column.TypeName.Replace("<", "\\<", StringComparison.Ordinal)} | {meaning} |\n");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A doc comment as Markdown.</summary>
    private static string Plain(XElement comment)
    {
        var text = new StringBuilder();
        foreach (XNode node in comment.Nodes())
        {
            text.Append(node switch
            {
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement { Name.LocalName: "see" } see => $"`{see.Attribute("cref")!.Value.Split('.')[^1].ToLowerInvariant()}`",
                _ => node.ToString(),
            });
        }

        return Blanks().Replace(text.ToString(), " ").Trim();
    }

    private static string Print(string command)
    {
        CommandResult result = Command.Run("/bin/bash", ["-c", command], Repository.Root);
        Assert.True(result.ExitCode == 0, result.Errors);
        return result.Output;
    }

    [GeneratedRegex(@"```console\n\$ (.+)\n[\s\S]*?```")]
    private static partial Regex Transcript();

    [GeneratedRegex(@"(?m)(?:`|^)make ([a-z]+)")]
    private static partial Regex MakeTarget();

    [GeneratedRegex(@"\]\((?!http)([^)#]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
